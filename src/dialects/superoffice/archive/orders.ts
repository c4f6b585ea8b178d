import { compareKeys, textKey } from '../filter/keys.ts'
import type { Order, Reader } from './column.ts'
import { tooMuch } from './faults.ts'
import { orBlank } from './searches.ts'

/** By texts that have a row of `kind`: of several, by the one that comes first. */
export function orderByText<Row>(kind: string, textsOf: (row: Row) => readonly string[]): Order<Row> {
  return {
    keysOf: (row) => [
      firstOf(
        textsOf(row)
          .filter((text) => text !== '')
          .map(textKey),
      ),
    ],
    sortOf: () => [{ by: kind }],
  }
}

export function orderByColumn<Row>(
  column: 'number' | 'createdAt' | 'shownAt',
  keyOf: (row: Row) => number,
): Order<Row> {
  return { keysOf: (row) => [keyOf(row)], sortOf: () => [{ by: column }] }
}

/** Those without a row of `kind` first. */
export function orderByFlag<Row>(kind: string, isSet: (row: Row) => boolean): Order<Row> {
  const ranks = { of: new Map(), none: 0, others: 1 }
  return { keysOf: (row) => [isSet(row) ? 1 : 0], sortOf: () => [{ by: kind, ranks }] }
}

/** One after the other. */
export function orderByEach<Row>(...orders: readonly Order<Row>[]): Order<Row> {
  return {
    keysOf: (row) => orders.flatMap((order) => order.keysOf(row)),
    sortOf: (reader) => orders.flatMap((order) => order.sortOf(reader)),
  }
}

/** All are alike. */
export const UNORDERED: Order<unknown> = { keysOf: () => [], sortOf: () => [] }

/** What row keys stand for: a text that is shown, or a number. */
export interface Meanings {
  readonly of: ReadonlyMap<string, string | number>
  /** Of a key that is not in it, and of no row at all. */
  readonly others: string | number
  readonly none: string | number
}

/** By what the keys of rows stand for, which the tenant's lists know. */
export function orderByMeaning<Row>(
  kinds: readonly [first: string, orElse?: string],
  meaningOf: (row: Row) => string | number,
  meaningsIn: (reader: Reader) => Meanings,
): Order<Row> {
  const [by, orElseBy] = kinds
  return {
    keysOf: (row) => [comparable(meaningOf(row))],
    sortOf: (reader) => {
      const ranks = ranksOf(meaningsIn(reader))
      return [{ by, ranks, ...(orElseBy !== undefined && { orElseBy }) }]
    },
  }
}

/** Entries that an order may weigh: each is part of the question to the store. */
const MOST_RANKS = 1_000

function ranksOf({ of, others, none }: Meanings) {
  if (of.size > MOST_RANKS) throw tooMuch('$orderBy', `more than ${MOST_RANKS} entries to put in order`)
  const all = [...new Set([...of.values(), others, none].map(comparable))].sort(compareKeys)
  const places = new Map(all.map((meaning, place) => [meaning, place]))
  const placeOf = (meaning: string | number) => places.get(comparable(meaning)) ?? 0
  return {
    of: new Map([...of].map(([key, meaning]) => [key, placeOf(meaning)])),
    others: placeOf(others),
    none: placeOf(none),
  }
}

function comparable(meaning: string | number): string | number {
  return typeof meaning === 'number' ? meaning : textKey(meaning)
}

function firstOf(keys: readonly string[]): string {
  return orBlank(keys, '').toSorted(compareKeys)[0] ?? ''
}
