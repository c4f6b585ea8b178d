import type { Catalogue } from '../../../core/principal.ts'
import type { Condition, RowTest } from '../../../core/query.ts'
import { EVERYTHING, NOTHING } from '../../../core/query.ts'
import { phoneKey, textKey } from '../filter/keys.ts'
import type { Test, Value } from '../filter/test.ts'
import { passes } from '../filter/test.ts'
import type { Restriction, Search } from './column.ts'

/** Texts that have a row each, of one of these kinds; no row is a blank. */
export function byText<Row>(
  kinds: readonly string[],
  textsOf: (row: Row) => readonly string[],
  keyOf: (text: string) => string = textKey,
): Search<Row> {
  return {
    restriction: 'string',
    keyOf,
    valuesOf: (row) =>
      orBlank(
        textsOf(row)
          .filter((text) => text !== '')
          .map(keyOf),
        '',
      ),
    conditionOf(test) {
      const rowTest = rowTestOf(test)
      if (rowTest === undefined) return NOTHING
      const some: Condition = { any: kinds.map((kind) => ({ kind, test: rowTest })) }
      if (!passes(test, [''])) return some
      return { any: [some, { not: { any: kinds.map((kind) => ({ kind })) } }] }
    },
  }
}

export function byPhone<Row>(
  kinds: readonly string[],
  numbersOf: (row: Row) => readonly string[],
): Search<Row> {
  return byText(kinds, numbersOf, phoneKey)
}

/** Ids that have a row of `kind` each. @param blank what no row stands for */
export function byId<Row>(
  kind: string,
  restriction: Restriction,
  idsOf: (row: Row) => readonly number[],
  blank: (catalogue: Catalogue) => number = () => 0,
): Search<Row> {
  return {
    restriction,
    keyOf: textKey,
    valuesOf: idsOf,
    conditionOf(test, catalogue) {
      if (!('numbers' in test)) return NOTHING
      const row: Condition = { kind, test: { in: test.numbers.map(String) } }
      return orWithout(kind, row, test.numbers.includes(blank(catalogue)))
    },
  }
}

/** Has a row of `kind`, or has none. */
export function byFlag<Row>(kind: string, isSet: (row: Row) => boolean): Search<Row> {
  return {
    restriction: 'bool',
    keyOf: textKey,
    valuesOf: (row) => [isSet(row)],
    conditionOf: (test) => ('flag' in test && test.flag ? { kind } : { not: { kind } }),
  }
}

export function byNumber<Row>(numberOf: (row: Row) => number): Search<Row> {
  return {
    restriction: 'int',
    keyOf: textKey,
    valuesOf: (row) => [numberOf(row)],
    conditionOf(test) {
      if ('numbers' in test) return { column: 'number', in: test.numbers.map(String) }
      if (!('least' in test)) return NOTHING
      return { column: 'number', range: { from: String(test.least), to: String(test.most) } }
    },
  }
}

/** A time that is shown in whole seconds. @param timeOf milliseconds since 1970 */
export function byTime<Row>(column: 'createdAt' | 'shownAt', timeOf: (row: Row) => number): Search<Row> {
  return {
    restriction: 'date',
    keyOf: textKey,
    valuesOf: (row) => [Math.floor(timeOf(row) / 1000) * 1000],
    conditionOf(test) {
      if (!('until' in test)) return NOTHING
      const [from, until] = [test.from, test.until].map((time) => Math.ceil(time / 1000))
      const boundOf = (second = 0) =>
        column === 'shownAt' ? String(second) : new Date(second * 1000).toISOString()
      return { column, range: { from: boundOf(from), to: boundOf(until), excludes: 'to' } }
    },
  }
}

/** What is the same of every row. */
export function byConstant<Row>(restriction: Restriction, value: Value): Search<Row> {
  return {
    restriction,
    keyOf: textKey,
    valuesOf: () => [value],
    conditionOf: (test) => (passes(test, [value]) ? EVERYTHING : NOTHING),
  }
}

/** What only rows that are read already can be found by. */
export function inMemory<Row>(
  restriction: Restriction,
  valuesOf: (row: Row) => readonly Value[],
  keyOf: (text: string) => string = textKey,
): Search<Row> {
  return { restriction, keyOf, valuesOf, conditionOf: () => NOTHING }
}

export function orBlank<T>(values: readonly T[], blank: T): readonly T[] {
  return values.length === 0 ? [blank] : values
}

/** The condition, or the lack of any row. */
export function orWithout(kind: string, condition: Condition, isBlankFound: boolean): Condition {
  return isBlankFound ? { any: [condition, { not: { kind } }] } : condition
}

/** How the key of a row passes; undefined for what is asked of no text. */
function rowTestOf(test: Test): RowTest | undefined {
  if ('is' in test || 'contains' in test || 'in' in test || 'range' in test) return test
  if ('begins' in test) return { startsWith: test.begins }
  return 'ends' in test ? { endsWith: test.ends } : undefined
}
