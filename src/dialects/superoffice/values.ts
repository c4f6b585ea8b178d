import { problem, refused } from '../../core/problem.ts'
import { lengthOf } from '../../core/text.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject } from '../kit/json.ts'
import { readDate } from './wire/dates.ts'

/** Where a value stands in the body. */
export type Path = readonly (string | number)[]

/** What a value means; null and absent are told apart by nobody. @throws Problem body-invalid, refused */
export type ReadValue<T> = (value: Json, path: Path) => T

/** @param limit code points */
export function text(limit: number): ReadValue<string> {
  return (value, path) => {
    const read = anyText(value, path)
    if (read.length > limit && lengthOf(read) > limit) {
      throw refused('too-long', { property: path.join('.'), limit })
    }
    return read
  }
}

/** Numbers and booleans are text too. @see specs/superoffice.md 1.1 */
export const anyText: ReadValue<string> = (value, path) => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  throw misfit(path, 'String')
}

const INTEGER = /^[+-]?\d{1,10}$/

/** A whole number, or a text that is one. */
export function integer(least: number, most: number, name: string): ReadValue<number> {
  return (value, path) => {
    const number = typeof value === 'string' && INTEGER.test(value.trim()) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number)) throw misfit(path, name)
    if (number < least || number > most) throw misfit(path, name)
    return number + 0
  }
}

export const int16 = integer(-32_768, 32_767, 'Int16')
export const int32 = integer(-2_147_483_648, 2_147_483_647, 'Int32')
export const id = integer(0, 2_147_483_647, 'Int32')

const DECIMAL = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/

/** Degrees between `-most` and `most`. */
export function degrees(most: number): ReadValue<number> {
  return (value, path) => {
    const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value
    if (typeof number !== 'number') throw misfit(path, 'Double')
    if (Math.abs(number) > most) throw refused('out-of-range', { property: path.join('.') })
    return number + 0
  }
}

export const flag: ReadValue<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value
  if (value === 0 || value === 1) return value === 1
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw misfit(path, 'Boolean')
}

export const date: ReadValue<string> = (value, path) => {
  const read = typeof value === 'string' ? readDate(value) : undefined
  if (read === undefined) throw misfit(path, 'DateTime')
  return read
}

/** The members of an array that mean something to `read`; null ones mean nothing. */
export function list<T>(read: ReadValue<T | undefined>): ReadValue<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw misfit(path, 'Array')
    const items: T[] = []
    value.forEach((member: Json, at) => {
      const item = member === null ? undefined : read(member, [...path, at])
      if (item !== undefined) items.push(item)
    })
    return items
  }
}

export function object(value: Json, path: Path): JsonObject {
  if (!isJsonObject(value)) throw misfit(path, 'Object')
  return value
}

/** The member of a carrier with this name, whatever its case; the last one counts. Null is absent. */
export function memberOf(carrier: JsonObject, name: string): Json | undefined {
  const exact = carrier[name]
  if (exact !== undefined && exact !== null) return exact
  const asked = name.toLowerCase()
  let found: Json | undefined
  for (const key in carrier) {
    if (key.length === asked.length && key.toLowerCase() === asked) found = carrier[key] ?? undefined
  }
  return found
}

export function misfit(path: Path, expected: string) {
  return problem('body-invalid', { violations: [{ path, keyword: 'type', params: { expected } }] })
}
