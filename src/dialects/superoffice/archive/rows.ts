import type { TableRight } from '../wire/carriers.ts'
import type { Column } from './column.ts'
import type { Options } from './options.ts'

/** What an archive says of a row besides its columns. */
export interface Provider<Row> {
  readonly entity: string
  readonly keyOf: (row: Row) => number
  readonly rightsOf: (row: Row) => TableRight
}

/** How rows are written. */
export type RowFormat<Row> = Pick<Options<Row>, 'columns' | 'mode' | 'isDisplay' | 'isJsonSafe'>

/** A row as JSON. @see specs/superoffice.md 4.2 */
export function rowJson<Row>(row: Row, provider: Provider<Row>, format: RowFormat<Row>): object {
  const { entity, keyOf } = provider
  const key = keyOf(row)
  if (format.mode === 'slim') {
    return { PrimaryKey: String(key), EntityName: entity, ...slimCells(row, format) }
  }
  const { Mask, Reason } = provider.rightsOf(row)
  const hints = {
    StyleHint: '',
    LinkHint: `nav=${entity}&${entity}_id=${key}`,
    TableRight: { Mask: maskNumber(Mask), Reason },
  }
  if (format.mode === 'wide') {
    return { PrimaryKey: String(key), EntityName: entity, ...hints, ...slimCells(row, format) }
  }
  return { PrimaryKey: key, EntityName: entity, ...hints, Column: fullCells(row, provider, format) }
}

/** What a column shows in a slim row. */
export function slimCell<Row>(row: Row, column: Column<Row>, isDisplay: boolean): string | number | boolean {
  const { shown } = column.cell(row)
  return isDisplay && typeof shown === 'boolean' ? iconHint(column.name, shown) : shown
}

/** What a name becomes where only letters, digits and underscores are safe. */
export function safeName(name: string): string {
  return name.replace(/\W/g, '_')
}

function slimCells<Row>(row: Row, { columns, isDisplay, isJsonSafe }: RowFormat<Row>) {
  return Object.fromEntries(
    columns.map((column) => [
      isJsonSafe ? safeName(column.name) : column.name,
      slimCell(row, column, isDisplay),
    ]),
  )
}

function fullCells<Row>(row: Row, { entity, keyOf }: Provider<Row>, { columns, isJsonSafe }: RowFormat<Row>) {
  const TooltipHint = `{${entity}_id=${keyOf(row)}}`
  return Object.fromEntries(
    columns.map((column) => {
      const { shown, raw = shown } = column.cell(row)
      const display = typeof shown === 'boolean' ? iconHint(column.name, shown) : String(shown)
      const cell = { RawValue: raw, DisplayValue: display, LinkHint: '', TooltipHint }
      return [isJsonSafe ? safeName(column.name) : column.name, cell]
    }),
  )
}

/** A mark is an icon named after its column, or none. Choice 27 */
function iconHint(name: string, isSet: boolean): string {
  return isSet ? name : ''
}

/** @see specs/superoffice.md 1.9 */
const MASKS: Readonly<Record<string, number>> = { Select: 1, Update: 2, Insert: 4, Delete: 8 }

function maskNumber(names: string): number {
  return names.split(', ').reduce((mask, name) => mask | (MASKS[name] ?? 0), 0)
}
