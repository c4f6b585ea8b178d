import { edited } from '../../../core/text.ts'
import { LIMITS } from '../wire.ts'

/** The first `limit` UTF-16 units of a text, less one where that would cut a character in two. @see specs/kare.md 2.2 */
export function clipUnits(text: string, limit: number): string {
  if (text.length <= limit) return text
  const isCut = (text.codePointAt(limit - 1) ?? 0) > 0xffff
  return text.slice(0, isCut ? limit - 1 : limit)
}

interface Noted {
  readonly note?: string
}

/** The note of a record as a comment. */
export function shownNote({ note }: Noted): string | undefined {
  return note === undefined ? undefined : clipUnits(note, LIMITS.comment)
}

/** The record with another comment, or none; one that was shown clipped and comes back so stays whole. */
export function withNote<R extends Noted>(record: R, comment: string | null): R {
  const note = edited(record.note, shownNote(record), comment ?? undefined)
  if (note === record.note) return record
  const { note: _, ...silent } = record
  return (note === undefined ? silent : { ...silent, note }) as R
}
