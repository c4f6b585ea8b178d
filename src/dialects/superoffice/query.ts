import { refused } from '../../core/problem.ts'

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

const INTEGER = /^[+-]?\d{1,9}$/

/** @throws Problem refused (parameter-malformed) when an option is there and no whole number */
export function integerOption(query: string, name: string): number | undefined {
  const text = optionIn(query, name)?.trim()
  if (text === undefined || text === '') return undefined
  if (!INTEGER.test(text)) throw refused('parameter-malformed', { name, expected: 'System.Int32' })
  return Number(text)
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** @throws Problem refused (parameter-malformed) when an option is there and neither true nor false */
export function flagOption(query: string, name: string): boolean | undefined {
  const text = optionIn(query, name)?.trim().toLowerCase()
  if (text === undefined || text === '') return undefined
  const flag = FLAGS.get(text)
  if (flag === undefined) throw refused('parameter-malformed', { name, expected: 'System.Boolean' })
  return flag
}

/** Text that is badly encoded stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
