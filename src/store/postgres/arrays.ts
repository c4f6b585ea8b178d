/** Types of members, as the engine numbers them. @see https://www.postgresql.org/docs/current/catalog-pg-type.html */
const TEXT = 25
const BIGINT = 20

/** Dimensions, whether there are nulls, type of the members, count, first index: 32 bits each. */
const HEAD_BYTES = 20
const LENGTH_BYTES = 4
const BIGINT_BYTES = 8

/** No value. */
const NULL = -1

/**
 * A `text[]` in the engine's own bytes: as text, every quote of every document would be escaped here and unescaped there.
 * What no text can hold becomes a character that nobody uses.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  const texts = values.map((value) => (value?.includes('\0') ? value.replaceAll('\0', '\uffff') : value))
  const lengths = texts.map((text) => (text === null ? NULL : Buffer.byteLength(text)))
  const bytes = lengths.reduce((sum, length) => sum + LENGTH_BYTES + Math.max(length, 0), HEAD_BYTES)
  const array = headed(bytes, TEXT, values.length, texts.includes(null))
  let at = HEAD_BYTES
  for (const [index, text] of texts.entries()) {
    at = array.writeInt32BE(lengths[index] ?? NULL, at)
    if (text !== null) at += array.write(text, at)
  }
  return array
}

/** A `bigint[]` of whole numbers that are exact here. */
export function numberArray(values: readonly (number | null)[]): Buffer {
  const bytes = values.reduce<number>(
    (sum, value) => sum + LENGTH_BYTES + (value === null ? 0 : BIGINT_BYTES),
    HEAD_BYTES,
  )
  const array = headed(bytes, BIGINT, values.length, values.includes(null))
  let at = HEAD_BYTES
  for (const value of values) {
    at = array.writeInt32BE(value === null ? NULL : BIGINT_BYTES, at)
    if (value !== null) at = array.writeBigInt64BE(BigInt(value), at)
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
