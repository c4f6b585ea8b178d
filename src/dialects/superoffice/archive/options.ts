import type { Filter } from '../filter/filter.ts'
import type { Moment } from '../filter/operators.ts'
import { parseFilter } from '../filter/parse.ts'
import { flagOption, integerOption, optionIn } from '../query.ts'
import type { Column, Columns, Order } from './column.ts'
import { badOption, tooMuch } from './faults.ts'

/** What a list is asked for. @see specs/superoffice.md 4.1 */
export interface Options<Row> {
  readonly columns: readonly Column<Row>[]
  readonly filter: Filter<Row>
  readonly orders: readonly Ordered<Row>[]
  readonly skip: number
  readonly top: number
  readonly mode: 'slim' | 'wide' | 'full'
  /** Marks as icon hints. */
  readonly isDisplay: boolean
  readonly isJsonSafe: boolean
  readonly isTotalled: boolean
  /** Whether the entity of the archive is among those that are asked for. */
  readonly isEntityAsked: boolean
}

export interface Ordered<Row> {
  readonly order: Order<Row>
  readonly descending: boolean
}

/** How much one answer may hold; what lies beyond is on its next page. Choice 26 */
export const LIMITS = { standardPage: 1_000, largestPage: 5_000, columns: 200, orders: 8 } as const

/** @param entity name of the archive's entity. @throws Problem refused (option-invalid, parameter-malformed) */
export function readOptions<Row>(
  query: string,
  columns: Columns<Row>,
  entity: string,
  moment: Moment,
): Options<Row> {
  const filter = optionIn(query, '$filter')?.trim() ?? ''
  const entities = namesIn(optionIn(query, '$entities') ?? '')
  return {
    columns: selectedColumns(optionIn(query, '$select'), columns),
    filter: filter === '' ? { all: [] } : parseFilter(filter, columns, moment),
    orders: ordersIn(optionIn(query, '$orderby') ?? '', columns),
    skip: countOf(query, '$skip', 0),
    top: Math.min(countOf(query, '$top', LIMITS.standardPage), LIMITS.largestPage),
    mode: oneOf('$mode', optionIn(query, '$mode'), ['slim', 'wide', 'full']),
    isDisplay: oneOf('$output', optionIn(query, '$output'), ['logical', 'display']) === 'display',
    isJsonSafe: flagOption(query, '$jsonsafe') ?? false,
    isTotalled: /\bgrandtotal\s*=\s*true\b/i.test(optionIn(query, '$options') ?? ''),
    isEntityAsked: entities.length === 0 || entities.some((name) => name.toLowerCase() === entity),
  }
}

/** Columns that there are not are left out: samples of the vendor's name some. Choice 25 */
function selectedColumns<Row>(value: string | undefined, columns: Columns<Row>): readonly Column<Row>[] {
  const names = namesIn(value ?? '')
  if (names.length === 0) return columns.standard
  if (names.length > LIMITS.columns) throw tooMuch('$select', `more than ${LIMITS.columns} columns`)
  const found = names.map((name) => columns.find(name)).filter((column) => column !== undefined)
  return [...new Map(found.map((column) => [column.name, column])).values()]
}

const ORDER = /^(\S+)(?:\s+(asc|desc))?$/i

function ordersIn<Row>(value: string, columns: Columns<Row>): readonly Ordered<Row>[] {
  const items = namesIn(value)
  if (items.length > LIMITS.orders) throw tooMuch('$orderBy', `more than ${LIMITS.orders} columns`)
  return items.map((item) => {
    const [, name = '', direction = 'asc'] = ORDER.exec(item) ?? []
    if (name === '') throw badOption('$orderBy', `'${item}' is no column with asc or desc`)
    const column = columns.find(name)
    if (column === undefined) throw badOption('$orderBy', `there is no column '${name}'`)
    if (column.order === undefined)
      throw badOption('$orderBy', `the column '${column.name}' cannot be sorted`)
    return { order: column.order, descending: direction.toLowerCase() === 'desc' }
  })
}

function namesIn(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function countOf(query: string, name: string, standard: number): number {
  const count = integerOption(query, name) ?? standard
  if (count < 0) throw badOption(name, 'it must not be negative')
  return count
}

/** The first is what an absent option means. */
function oneOf<const T extends string>(
  option: string,
  value: string | undefined,
  names: readonly [T, ...T[]],
): T {
  const asked = value?.trim().toLowerCase() ?? ''
  if (asked === '') return names[0]
  const name = names.find((candidate) => candidate === asked)
  if (name === undefined) throw badOption(option, `'${value}' is none of ${names.join(', ')}`)
  return name
}
