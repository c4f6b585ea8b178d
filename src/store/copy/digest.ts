import { hash } from 'node:crypto'
import type { Rows } from './port.ts'
import type { Cells, TableName } from './tables.ts'
import { keyOf } from './tables.ts'

/** How many rows there are, and a digest of what is in them, in whatever order they come. */
export interface Digest {
  readonly count: number
  readonly digest: string
}

/** Words of 32 bits in a SHA-256. */
const WORDS = 8

/** Reads a whole table. @param tell is told how many rows have been read */
export async function digestOf(side: Rows, table: TableName, tell: (read: number) => void): Promise<Digest> {
  const sum = new Uint32Array(WORDS)
  let count = 0
  let after: Cells | undefined
  for (;;) {
    const rows = await side.rows(table, after)
    const last = rows.at(-1)
    if (last === undefined) return { count, digest: Buffer.from(sum.buffer).toString('hex') }
    for (const row of rows) add(sum, row)
    count += rows.length
    after = keyOf(table, last)
    tell(count)
  }
}

/** Sums the digests of rows, word by word: engines order long keys differently. */
function add(sum: Uint32Array, row: Cells): void {
  const digest = hash('sha256', JSON.stringify(row), 'buffer')
  for (let word = 0; word < WORDS; word += 1) sum[word] = (sum[word] ?? 0) + digest.readUInt32LE(word * 4)
}
