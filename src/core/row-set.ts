/** Organizations by the small whole numbers that an engine gave their rows: a bit for each. */
export type RowSet = Uint32Array

/** @param text numbers with commas between them, in any order, some maybe twice */
export function rowSetOf(text: string): RowSet {
  let set = new Uint32Array(64)
  eachRow(text, (row) => {
    const word = row >>> 5
    if (word >= set.length) {
      const longer = new Uint32Array(Math.max(word + 1, set.length * 2))
      longer.set(set)
      set = longer
    }
    set[word] = (set[word] as number) | (1 << (row & 31))
    return true
  })
  return set
}

const COMMA = 44
const ZERO = 48

/** @param take ends it by false */
export function eachRow(text: string, take: (row: number) => boolean): void {
  let row = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== COMMA) {
      row = row * 10 + code - ZERO
      continue
    }
    if (!take(row)) return
    row = 0
  }
  if (text !== '') take(row)
}

export function hasRow(set: RowSet, row: number): boolean {
  return ((set[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0
}

export function rowsIn(set: RowSet): number[] {
  const rows: number[] = []
  for (let word = 0; word < set.length; word += 1) {
    for (let bits = set[word] as number; bits !== 0; bits &= bits - 1)
      rows.push((word << 5) + 31 - Math.clz32(bits & -bits))
  }
  return rows
}

export function sizeOfSet(set: RowSet): number {
  let size = 0
  for (const word of set) {
    let bits = word - ((word >>> 1) & 0x55555555)
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    size += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
  }
  return size
}

/** What both have. */
export function common(left: RowSet, right: RowSet): RowSet {
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return short.map((word, at) => word & (long[at] as number))
}

/** What either has. */
export function together(left: RowSet, right: RowSet): RowSet {
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  const all = long.slice()
  for (let at = 0; at < short.length; at += 1) all[at] = (all[at] as number) | (short[at] as number)
  return all
}

/** What `left` alone has. */
export function without(left: RowSet, right: RowSet): RowSet {
  return left.map((word, at) => word & ~(right[at] ?? 0))
}

/** All but some rows. */
export function withoutRows(set: RowSet, rows: readonly number[]): RowSet {
  const rest = set.slice()
  for (const row of rows) {
    const word = row >>> 5
    if (word < rest.length) rest[word] = (rest[word] as number) & ~(1 << (row & 31))
  }
  return rest
}

export const NO_ROWS: RowSet = new Uint32Array(0)
