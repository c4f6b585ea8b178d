import type { Condition, RowTest } from '../../core/query.ts'
import type { WalkOrder, WalkQuery } from '../../core/store.ts'
import type { Sql } from './search-conditions.ts'
import {
  COLUMNS,
  columnValue,
  hiddenFrom,
  isRare,
  joined,
  memberOf,
  numbersIn,
  rangeOf,
  testOf,
} from './search-conditions.ts'

/** Lists of organizations that an index leads to, each with all that can match, the likely shortest first. */
export function sourcesIn(query: WalkQuery): readonly Sql[] {
  return conjunctsOf(query.where)
    .toSorted((left, right) => lengthOf(right) - lengthOf(left))
    .flatMap((condition) => {
      const sources = sourcesOf(condition, query)
      return sources === undefined ? [] : [joined(sources, ' union all ')]
    })
}

/** All of which must hold. */
export function conjunctsOf(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return []
  return 'all' in condition ? condition.all.flatMap(conjunctsOf) : [condition]
}

/** Whether a condition is where an order begins or ends. */
export function isBound(condition: Condition, by: WalkOrder['by']): boolean {
  return 'range' in condition && condition.column === by
}

/** Undefined where no index leads there. */
function sourcesOf(condition: Condition, query: WalkQuery): readonly Sql[] | undefined {
  if ('not' in condition) return undefined
  if ('any' in condition) {
    const sources = condition.any.map((one) => sourcesOf(one, query))
    return condition.any.length > 0 && sources.every((one) => one !== undefined) ? sources.flat() : undefined
  }
  if ('all' in condition) {
    const longest = condition.all.toSorted((left, right) => lengthOf(right) - lengthOf(left))
    for (const one of longest) {
      const sources = sourcesOf(one, query)
      if (sources !== undefined) return sources
    }
    return undefined
  }
  if ('kind' in condition) return rowsOf(condition, query)
  if (condition.column === 'state') return undefined
  const column = COLUMNS[condition.column] ?? ''
  const test: Sql =
    'range' in condition
      ? rangeOf(column, condition.range, columnValue(condition.column))
      : memberOf(column, condition.column === 'number' ? numbersIn(condition.in) : condition.in)
  return [
    {
      text: `select id from organizations where tenant = ? and ${test.text}`,
      values: [query.tenant, ...test.values],
    },
  ]
}

function rowsOf(
  { kind, test }: Extract<Condition, { kind: string }>,
  query: WalkQuery,
): readonly Sql[] | undefined {
  if (test === undefined || !isRare(test)) return undefined
  const rows: Sql = { text: 'tenant = ? and kind = ?', values: [query.tenant, kind] }
  const { text, values } = joined([rows, testOf(test), ...hiddenFrom(query)], ' and ')
  return [{ text: `select organization from index_rows where ${text}`, values }]
}

/** How much of a key is asked for: the more, the fewer have it. */
function lengthOf(condition: Condition): number {
  if ('not' in condition) return 0
  if ('all' in condition) return Math.max(0, ...condition.all.map(lengthOf))
  if ('any' in condition) return condition.any.length === 0 ? 0 : Math.min(...condition.any.map(lengthOf))
  if (!('kind' in condition)) return 'in' in condition && condition.column !== 'state' ? 100 : 0
  return condition.test === undefined ? 0 : textLength(condition.test)
}

function textLength(test: RowTest): number {
  if ('is' in test) return test.is.length + 1
  if ('startsWith' in test) return test.startsWith.length
  if ('all' in test) return Math.max(0, ...test.all.map(textLength))
  return 'in' in test ? 1 : 0
}
