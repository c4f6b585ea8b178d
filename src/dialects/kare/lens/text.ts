/** The first `limit` UTF-16 units of a text, less one where that would cut a character in two. @see specs/kare.md 2.2 */
export function clipUnits(text: string, limit: number): string {
  if (text.length <= limit) return text
  const isCut = (text.codePointAt(limit - 1) ?? 0) > 0xffff
  return text.slice(0, isCut ? limit - 1 : limit)
}
