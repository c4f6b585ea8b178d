/** Texts that are kept: reads tell of the same instants again and again, and each text costs half a microsecond. */
const KEPT = 10_000

const texts = new Map<number, string>()

/** An instant as headers tell it. @param seconds whole, since 1970 @see RFC 9110 §5.6.7 */
export function httpDate(seconds: number): string {
  const kept = texts.get(seconds)
  if (kept !== undefined) return kept
  const text = new Date(seconds * 1000).toUTCString()
  if (texts.size >= KEPT) texts.clear()
  texts.set(seconds, text)
  return text
}
