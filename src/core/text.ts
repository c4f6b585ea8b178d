/** The first `limit` code points of a text. Prose that is too long for a view is clipped, identifiers never. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  let end = 0
  for (let count = 0; count < limit && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  }
  return text.slice(0, end)
}

/** Length in code points. */
export function lengthOf(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    if ((text.codePointAt(at) ?? 0) > 0xffff) at += 1
    count += 1
  }
  return count
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}

/**
 * What a scalar becomes when `sent` arrives through a view that shows it as `shown`: the stored value stays
 * when what was read is written back, clipped or stood in for as it may be.
 */
export function edited<T>(stored: T, shown: unknown, sent: T): T {
  return shown === sent ? stored : sent
}
