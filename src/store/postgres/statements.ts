import { createHash } from 'node:crypto'

/** A statement as the server is to keep it prepared, on each connection that has used it. */
export interface Kept {
  /** Undefined where connections do not keep what is prepared on them. */
  readonly name?: string
  readonly text: string
}

const kept = new Map<string, Kept>()
let isKeeping = true

/** From now on, every statement is prepared anew: a pooler stands before the server that knows nothing of prepared ones. */
export function stopKeeping(): void {
  isKeeping = false
}

/** For our own texts, of which there are some dozens. The name is made of the text: nodes that share connections share it. */
export function keptStatement(text: string): Kept {
  if (!isKeeping) return { text }
  let found = kept.get(text)
  if (found === undefined) {
    found = { name: createHash('sha256').update(text).digest('hex').slice(0, 24), text }
    kept.set(text, found)
  }
  return found
}

/** The text with `$1`, `$2`… for its question marks, none of which stand within quotes. */
export function numberedText(text: string): string {
  let count = 0
  return text.replace(/\?/g, () => {
    count += 1
    return `$${count}`
  })
}

/**
 * A value as the engine takes it. Its texts cannot hold U+0000, which no stored text has either: what asks for one is given
 * a character that nobody uses, and finds nothing.
 */
export function boundValue(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uffff') : value
  return Array.isArray(value) ? value.map(boundValue) : value
}
