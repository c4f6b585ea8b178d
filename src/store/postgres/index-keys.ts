import { createHash } from 'node:crypto'

/** Longest key that is compared whole, in UTF-16 units: an entry of an index holds no more than some 2700 bytes. */
const HEAD_LIMIT = 512

/** A key of an index row as it is stored: longer ones by their beginning, with a digest that tells them apart. */
export interface StoredKey {
  readonly head: string
  readonly digest: string
  readonly whole: string | null
}

export function storedKey(key: string): StoredKey {
  if (key.length <= HEAD_LIMIT) return { head: key, digest: '', whole: null }
  const cut = key.slice(0, HEAD_LIMIT)
  return {
    head: cut.isWellFormed() ? cut : cut.slice(0, -1),
    digest: createHash('sha256').update(key).digest('hex'),
    whole: key,
  }
}
