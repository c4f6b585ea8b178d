/**
 * The value of an option of a query; the last one counts. Names are compared whatever their case and encoding, and
 * end at the first `=`.
 * @see specs/superoffice.md 2, 4.4
 */
export function optionIn(query: string, name: string): string | undefined {
  if (query === '') return undefined
  let found: string | undefined
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    const key = decoded(at < 0 ? pair : pair.slice(0, at))
    if (key.toLowerCase() === name) found = at < 0 ? '' : decoded(pair.slice(at + 1))
  }
  return found
}

/** Text that is badly encoded stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
