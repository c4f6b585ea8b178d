/** Types of members, as the engine numbers them. @see https://www.postgresql.org/docs/current/catalog-pg-type.html */
const TEXT = 25
const BIGINT = 20

/** Dimensions, whether there are nulls, type of the members, count, first index: 32 bits each. */
const HEAD_BYTES = 20
const LENGTH_BYTES = 4
const BIGINT_BYTES = 8

/** Most bytes that UTF-8 makes of one UTF-16 unit. */
const UNIT_BYTES = 3

/** No value. */
const NULL = -1

/** Texts up to so many units are written one by one here: to ask for it takes longer. */
const SHORT = 48

/** 2³² */
const HIGH = 4_294_967_296

/**
 * A `text[]` in the engine's own bytes: as text, every quote of every document would be escaped here and unescaped there.
 * What no text can hold becomes a character that nobody uses.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  let most = HEAD_BYTES
  let hasNulls = false
  for (const value of values) {
    most += LENGTH_BYTES + (value === null ? 0 : value.length * UNIT_BYTES)
    hasNulls ||= value === null
  }
  const array = headed(most, TEXT, values.length, hasNulls)
  let at = HEAD_BYTES
  for (const value of values) {
    const start = at + LENGTH_BYTES
    const length = value === null ? NULL : written(array, value, start)
    array.writeInt32BE(length, at)
    at = start + Math.max(length, 0)
  }
  return array.subarray(0, at)
}

/** Gives how many bytes it took. */
function written(array: Buffer, text: string, start: number): number {
  if (text.length > SHORT) return array.write(text.includes('\0') ? storable(text) : text, start)
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0 || unit > 127) return array.write(storable(text), start)
    array[start + at] = unit
  }
  return text.length
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uffff')
}

/** A `bigint[]` of whole numbers that are exact here. */
export function numberArray(values: readonly (number | null)[]): Buffer {
  const nulls = values.reduce<number>((count, value) => count + (value === null ? 1 : 0), 0)
  const bytes = HEAD_BYTES + values.length * LENGTH_BYTES + (values.length - nulls) * BIGINT_BYTES
  const array = headed(bytes, BIGINT, values.length, nulls > 0)
  let at = HEAD_BYTES
  for (const value of values) {
    at = array.writeInt32BE(value === null ? NULL : BIGINT_BYTES, at)
    if (value === null) continue
    at = array.writeInt32BE(Math.floor(value / HIGH), at)
    at = array.writeUInt32BE(value >>> 0, at)
  }
  return array
}

function headed(bytes: number, type: number, count: number, hasNulls: boolean): Buffer {
  const array = Buffer.allocUnsafe(bytes)
  array.writeInt32BE(1, 0)
  array.writeInt32BE(hasNulls ? 1 : 0, 4)
  array.writeInt32BE(type, 8)
  array.writeInt32BE(count, 12)
  array.writeInt32BE(1, 16)
  return array
}
