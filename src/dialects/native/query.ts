import { refused } from '../../core/problem.ts'
import type { RequestHead } from '../dialect.ts'
import type { Refusal } from './problems.ts'

/** The parameters of a query, each at most once. @throws Problem refused (query-invalid) for any other */
export function readQuery<Name extends string>(
  { query }: RequestHead,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const read: Partial<Record<Name, string>> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    if (!names.includes(name as Name))
      throw invalidQuery(
        `There is no parameter ${name}.${names.length === 0 ? '' : ` There are: ${names.join(', ')}.`}`,
      )
    if (Object.hasOwn(read, name)) throw invalidQuery(`${name} stands there twice.`)
    read[name as Name] = value
  }
  return read
}

/** A whole number from a query. @throws Problem refused (query-invalid) */
export function integerIn(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw invalidQuery(`${name} must be a whole number from ${least} to ${most}.`)
}

/** Where the next page is. @see RFC 8288 §3 */
export function linkTo(
  rel: string,
  path: string,
  parameters: Readonly<Record<string, unknown>> = {},
): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')
  return `<${path}${query === '' ? '' : `?${query}`}>; rel="${rel}"`
}

export function invalidQuery(detail: string) {
  return refused('query-invalid' satisfies Refusal, { detail })
}
