import type { Catalogue } from '../../../core/principal.ts'
import type { Condition } from '../../../core/query.ts'
import type { Column, Search } from '../archive/column.ts'
import { tooMuch } from '../archive/faults.ts'
import type { Test } from './test.ts'
import { passes } from './test.ts'

/** What a filter asks of a row. */
export type Filter<Row> =
  | { readonly all: readonly Filter<Row>[] }
  | { readonly any: readonly Filter<Row>[] }
  | { readonly not: Filter<Row> }
  | Term<Row>

export interface Term<Row> {
  readonly column: Column<Row>
  readonly search: Search<Row>
  readonly test: Test
}

/** Whether a row passes. The store answers the same to `conditionOf`. */
export function holds<Row>(filter: Filter<Row>, row: Row): boolean {
  if ('all' in filter) return filter.all.every((part) => holds(part, row))
  if ('any' in filter) return filter.any.some((part) => holds(part, row))
  if ('not' in filter) return !holds(filter.not, row)
  return passes(filter.test, filter.search.valuesOf(row))
}

/** Values that one question to the store may hold. */
const MOST_VALUES = 20_000

/** @throws Problem refused (option-invalid) when it asks for too much */
export function conditionOf<Row>(filter: Filter<Row>, catalogue: Catalogue): Condition {
  const condition = asCondition(filter, catalogue)
  if (sizeOf(condition) > MOST_VALUES) throw tooMuch('$filter', `more than ${MOST_VALUES} values`)
  return condition
}

function asCondition<Row>(filter: Filter<Row>, catalogue: Catalogue): Condition {
  if ('all' in filter) return { all: filter.all.map((part) => asCondition(part, catalogue)) }
  if ('any' in filter) return { any: filter.any.map((part) => asCondition(part, catalogue)) }
  if ('not' in filter) return { not: asCondition(filter.not, catalogue) }
  return filter.search.conditionOf(filter.test, catalogue)
}

/** Each kind, bound and member of a list is a value. */
function sizeOf(condition: Condition): number {
  if ('not' in condition) return sizeOf(condition.not)
  if ('all' in condition) return sumOf(condition.all)
  if ('any' in condition) return sumOf(condition.any)
  if ('in' in condition) return condition.in.length
  const among = 'test' in condition && condition.test && 'in' in condition.test ? condition.test.in.length : 2
  return 2 + among
}

function sumOf(conditions: readonly Condition[]): number {
  return conditions.reduce((sum, condition) => sum + sizeOf(condition), 0)
}
