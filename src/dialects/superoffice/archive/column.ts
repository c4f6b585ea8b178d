import type { ViewContext } from '../../../core/lens.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { Condition } from '../../../core/query.ts'
import type { SortOrder } from '../../../core/store.ts'
import type { Test, Value } from '../filter/test.ts'

/** How a column is restricted: which operators it takes. @see specs/superoffice.md 4.3, 4.4 */
export type Restriction = 'string' | 'int' | 'bool' | 'date' | 'list' | 'associate'

/** What a row shows in a column. */
export interface Cell {
  /** Text of a list's entry, initials of an associate. */
  readonly shown: string | number | boolean
  /** Id of what stands in a list, where that is not what is shown. */
  readonly raw?: number
}

/** A column of an archive. A row is whatever its provider reads. */
export interface Column<Row> {
  /** As the wire spells it. */
  readonly name: string
  readonly cell: (row: Row) => Cell
  /** How a filter finds by it; undefined when none can. */
  readonly search?: Search<Row>
  /** How it orders rows; undefined when it cannot. */
  readonly order?: Order<Row>
  /** It shows people, who have to be read first. */
  readonly showsPeople?: true
}

export interface Search<Row> {
  readonly restriction: Restriction
  /** The key of a text that a filter asks for. */
  readonly keyOf: (text: string) => string
  /** Never empty: what is blank is a value, too. */
  readonly valuesOf: (row: Row) => readonly Value[]
  /** The same for the store. It holds where one of the values passes. @throws Problem refused (option-invalid) */
  readonly conditionOf: (test: Test, catalogue: Catalogue) => Condition
}

/** Whose lists, in which language. */
export type Reader = Pick<ViewContext, 'catalogue' | 'language'>

export interface Order<Row> {
  readonly keysOf: (row: Row) => readonly (string | number)[]
  /** The same for the store. @throws Problem refused (option-invalid) */
  readonly sortOf: (reader: Reader) => readonly Omit<SortOrder, 'descending'>[]
}

/** The columns of an archive. */
export interface Columns<Row> {
  /** By name, whatever its case. */
  readonly find: (name: string) => Column<Row> | undefined
  readonly all: readonly Column<Row>[]
  /** What rows show when nothing is selected: all columns without a prefix. */
  readonly standard: readonly Column<Row>[]
}

/** @param dynamic columns that a tenant has of its own */
export function columnsOf<Row>(
  columns: readonly Column<Row>[],
  dynamic: (name: string) => Column<Row> | undefined = () => undefined,
): Columns<Row> {
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]))
  return {
    find: (name) => byName.get(name.toLowerCase()) ?? dynamic(name),
    all: columns,
    standard: columns.filter(({ name }) => !name.includes('/')),
  }
}
