import type { Range } from '../../../core/query.ts'
import { compareText } from './keys.ts'

/** What one term of a filter asks of a column's values. Texts are keys already, see `keys.ts`. */
export type Test =
  | { readonly is: string }
  | { readonly begins: string }
  | { readonly ends: string }
  | { readonly contains: string }
  | { readonly in: readonly string[] }
  | { readonly range: Range }
  /** One of these numbers. */
  | { readonly numbers: readonly number[] }
  /** Both bounds included. */
  | { readonly least: number; readonly most: number }
  | { readonly flag: boolean }
  /** Milliseconds since 1970; `until` is excluded. */
  | { readonly from: number; readonly until: number }

/** What a column holds for a filter: the key of a text, a number, a mark, a time. */
export type Value = string | number | boolean

/** Whether one of a column's values passes. */
export function passes(test: Test, values: readonly Value[]): boolean {
  return values.some((value) => passesOne(test, value))
}

function passesOne(test: Test, value: Value): boolean {
  if (typeof value === 'boolean') return 'flag' in test && test.flag === value
  if (typeof value === 'string') return passesText(test, value)
  if ('numbers' in test) return test.numbers.includes(value)
  if ('least' in test) return test.least <= value && value <= test.most
  return 'until' in test && test.from <= value && value < test.until
}

function passesText(test: Test, key: string): boolean {
  if ('is' in test) return key === test.is
  if ('begins' in test) return key.startsWith(test.begins)
  if ('ends' in test) return key.endsWith(test.ends)
  if ('contains' in test) return key.includes(test.contains)
  if ('in' in test) return test.in.includes(key)
  return 'range' in test && isWithin(test.range, key)
}

function isWithin({ from, to, excludes }: Range, key: string): boolean {
  const isOpen = (bound: 'from' | 'to') => excludes === bound || excludes === 'both'
  const afterFrom = from === undefined ? 1 : compareText(key, from)
  const beforeTo = to === undefined ? 1 : compareText(to, key)
  return (isOpen('from') ? afterFrom > 0 : afterFrom >= 0) && (isOpen('to') ? beforeTo > 0 : beforeTo >= 0)
}
