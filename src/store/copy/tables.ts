/** What a cell holds: a text or a whole number, or with `?` nothing. */
export type CellKind = 'text' | 'text?' | 'number'

export interface Table {
  /** In the order of the cells. */
  readonly columns: Readonly<Record<string, CellKind>>
  /** Columns that tell rows apart and by which both engines order alike. */
  readonly key: readonly string[]
}

/**
 * All that a directory is, whatever the engine: what an engine adds for itself (row ids, digests of long keys) is left out.
 * Records go by number, which is the order in which they came.
 */
export const TABLES = {
  settings_version: { columns: { version: 'number' }, key: ['version'] },
  settings: {
    columns: { kind: 'text', tenant: 'text', id: 'text', version: 'number', document: 'text?' },
    key: ['kind', 'tenant', 'id'],
  },
  sequences: { columns: { tenant: 'text', name: 'text', last: 'number' }, key: ['tenant', 'name'] },
  organizations: {
    columns: {
      tenant: 'text',
      id: 'text',
      number: 'number',
      version: 'number',
      state: 'text',
      created_at: 'text',
      shown_at: 'number',
      people_count: 'number',
      people_at: 'text',
      people_shown_at: 'number',
      document: 'text',
    },
    key: ['tenant', 'number'],
  },
  people: {
    columns: {
      tenant: 'text',
      id: 'text',
      number: 'number',
      version: 'number',
      state: 'text',
      organization: 'text',
      document: 'text',
    },
    key: ['tenant', 'number'],
  },
  index_rows: {
    columns: { tenant: 'text', kind: 'text', search_key: 'text', organization: 'text', part: 'text' },
    key: ['tenant', 'kind', 'search_key', 'organization'],
  },
  objects: {
    columns: {
      tenant: 'text',
      kind: 'text',
      id: 'text',
      about: 'text',
      document: 'text',
      expires_at: 'text?',
    },
    key: ['tenant', 'kind', 'id'],
  },
  events: {
    columns: { seq: 'number', tenant: 'text', record: 'text', version: 'number', document: 'text' },
    key: ['seq'],
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof TABLES

/** In the order in which they are copied. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

export const tableOf = (name: TableName): Table => TABLES[name]

export const columnsOf = (name: TableName): readonly string[] => Object.keys(TABLES[name].columns)

/** A row, in the order of the columns. */
export type Cells = readonly (string | number | null)[]

/** The cells of a row that its table is ordered by. */
export function keyOf(name: TableName, row: Cells): Cells {
  const columns = columnsOf(name)
  return TABLES[name].key.map((column) => row[columns.indexOf(column)] ?? null)
}
