/** Contexts that are types. @see RFC 9555 §2.3.18 */
export const CONTEXTS: Readonly<Record<string, string>> = {
  work: 'work',
  home: 'private',
  billing: 'billing',
  delivery: 'delivery',
}
