import type { Found } from '../../../core/command.ts'
import { cutKey } from '../../../core/index-rows.ts'
import { labelKey } from '../../../core/known.ts'
import type { OrganizationState, RoleName } from '../../../core/organization.ts'
import type { Condition } from '../../../core/query.ts'
import type { SeekQuery } from '../../../core/seeking.ts'
import type { RequestHead } from '../../dialect.ts'
import { lastShownChange, SHOWN_PARTS } from '../lens/shown-parts.ts'
import { integerIn, invalidQuery, readQuery } from '../query.ts'
import { ROLE_RELATIONS } from '../wire.ts'
import { readCursor } from './cursors.ts'
import type { Lack } from './indexers.ts'
import { KIND, LACKS } from './indexers.ts'
import { codeOf } from './terms.ts'
import { PIECES_LIMIT, piecesOf, wordsCondition } from './words.ts'

export const PARAMETERS = [
  'q',
  'label',
  'country',
  'postalCode',
  'state',
  'role',
  'missing',
  'updatedAfter',
  'createdAfter',
  'sort',
  'limit',
  'cursor',
  'count',
] as const

export type Parameters = Readonly<Partial<Record<(typeof PARAMETERS)[number], string>>>

/** Organizations of a page, where none are asked for, and at most. */
export const PAGE = { standard: 50, most: 200 }

/** Characters of `q`, and of any other text. */
const TEXT_LIMIT = 200

/** A search, and what its cursors are bound to. */
export interface ListQuery extends SeekQuery {
  readonly sent: Parameters
}

/** @throws Problem refused (query-invalid) */
export function readSearch(head: RequestHead): ListQuery {
  const sent = readQuery(head, PARAMETERS)
  for (const [name, text] of Object.entries(sent)) {
    if (name !== 'q' && text.trim() === '') throw invalidQuery(`${name} is blank.`)
    if (name !== 'cursor' && text.length > TEXT_LIMIT)
      throw invalidQuery(`${name} has more than ${TEXT_LIMIT} characters.`)
    if (text.includes('\0')) throw invalidQuery(`${name} has a character that no text has.`)
  }
  const states = statesIn(sent.state)
  const along = orderIn(sent.sort)
  const after = sent.cursor === undefined ? undefined : readCursor(sent.cursor, sent, along.by)
  const since = sent.updatedAfter === undefined ? undefined : timeIn('updatedAfter', sent.updatedAfter)
  return {
    sent,
    states,
    along,
    where: { all: Object.entries(FILTERS).flatMap(([name, filter]) => filterOf(sent, name, filter)) },
    limit: sent.limit === undefined ? PAGE.standard : integerIn('limit', sent.limit, 1, PAGE.most),
    ...(after !== undefined && { after }),
    ...(since !== undefined && { also: (found: Found) => updatedAt(found) > since }),
    // Of those who may not read all, nobody shall learn when the rest was changed.
    ...(along.by === 'shownAt' && {
      keyOf: (found: Found) => String(Math.floor(Date.parse(updatedAt(found)) / 1000)),
    }),
    times: { parts: SHOWN_PARTS, ...(since !== undefined && { after: Date.parse(since) }) },
    ...(isCounted(sent.count) && { isCounted: true }),
  }
}

/** As the Card tells it. */
function updatedAt({ dossier, context }: Found): string {
  return lastShownChange(dossier.organization, context.grant).at
}

type Filter = (text: string) => Condition

const FILTERS: Readonly<Record<string, Filter>> = {
  q: (text) => {
    const pieces = piecesOf(text.normalize('NFKC'))
    if (pieces.length > PIECES_LIMIT) throw invalidQuery(`q has more than ${PIECES_LIMIT} words.`)
    return wordsCondition(pieces)
  },
  label: (text) => has(KIND.label, cutKey(labelKey(text)), 'labels'),
  country: (text) => has(KIND.country, codeOf(text), 'addresses'),
  postalCode: (text) => has(KIND.postalCode, codeOf(text), 'addresses'),
  role: (text) => has(KIND.role, among('role', Object.keys(ROLE_RELATIONS) as RoleName[], text), 'roles'),
  missing: (text) => ({
    all: listed(text).map((what) => {
      const lack = among('missing', Object.keys(LACKS) as Lack[], what)
      return has(KIND.lacks, lack, LACKS[lack])
    }),
  }),
  // An index leads to those that are not active; which of them are asked for is told by their states.
  state: (text) => {
    const states = statesIn(text)
    return states.includes('active') ? { all: [] } : { kind: KIND.state, test: { in: states } }
  },
  updatedAfter: (text) => {
    const seconds = Math.floor(Date.parse(timeIn('updatedAfter', text)) / 1000)
    return { column: 'shownAt', range: { from: String(seconds) } }
  },
  createdAfter: (text) => ({
    column: 'createdAt',
    range: { from: timeIn('createdAfter', text), excludes: 'from' },
  }),
}

function filterOf(sent: Parameters, name: string, filter: Filter): readonly Condition[] {
  const text = sent[name as keyof Parameters]
  return text === undefined || text.trim() === '' ? [] : [filter(text)]
}

function has(kind: string, key: string, part: string): Condition {
  return { kind, test: { is: key }, part }
}

const STATES: readonly OrganizationState[] = ['active', 'inactive', 'deleted']

function statesIn(text = 'active,inactive'): readonly OrganizationState[] {
  return listed(text).map((state) => among('state', STATES, state))
}

const ORDERS: Readonly<Record<string, SeekQuery['along']['by']>> = {
  name: 'name',
  number: 'number',
  created: 'createdAt',
  updated: 'shownAt',
}

function orderIn(text = 'name'): SeekQuery['along'] {
  const descending = text.startsWith('-')
  const name = among('sort', Object.keys(ORDERS), descending ? text.slice(1) : text)
  return { by: ORDERS[name] ?? 'name', descending }
}

function isCounted(text = 'false'): boolean {
  return among('count', ['true', 'false'], text) === 'true'
}

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** @see RFC 3339 §5.6 */
function timeIn(name: string, text: string): string {
  const at = UTC.test(text) ? Date.parse(text) : Number.NaN
  const time = Number.isNaN(at) ? '' : new Date(at).toISOString()
  if (time.slice(0, 19) === text.slice(0, 19)) return time
  throw invalidQuery(`${name} must be a time in UTC, like 2026-01-31T12:00:00Z.`)
}

function listed(text: string): readonly string[] {
  return [...new Set(text.split(',').map((one) => one.trim()))]
}

function among<Name extends string>(parameter: string, names: readonly Name[], text: string): Name {
  if (names.includes(text as Name)) return text as Name
  throw invalidQuery(`${parameter} must be one of ${names.join(', ')}.`)
}
