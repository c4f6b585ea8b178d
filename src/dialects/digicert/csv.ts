import type { OrganizationRow } from './wire.ts'

/** The columns of a list as CSV: a member of a row by its path. */
export const CSV_COLUMNS = [
  'id',
  'status',
  'name',
  'assumed_name',
  'display_name',
  'is_active',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'telephone',
  'container.id',
  'container.name',
] as const

/** The list with a line of names above. Values stand as they are, whatever a spreadsheet makes of them. @see RFC 4180 */
export function csvOf(rows: readonly OrganizationRow[]): string {
  const lines = rows.map((row) => CSV_COLUMNS.map((column) => cellOf(valueAt(row, column))))
  return [CSV_COLUMNS, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function valueAt(row: OrganizationRow, column: (typeof CSV_COLUMNS)[number]): unknown {
  if (column === 'container.id') return row.container.id
  return column === 'container.name' ? row.container.name : row[column]
}

function cellOf(value: unknown): string {
  const text = value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
