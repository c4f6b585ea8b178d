import { addAll } from './adding.ts'
import { urlKey } from './keys.ts'
import { nameKey } from './name-key.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'
import type { Person } from './person.ts'

/** One searchable value of an organization. */
export interface IndexRow {
  /** What it is: `name`, `nameKey`, `website`, or a kind that a dialect names `DIALECT.…`. */
  readonly kind: string
  /** As text that compares as it shall sort; at most 255 UTF-16 units are kept, of a website all. */
  readonly key: string
  /** The part it comes from, so that a search is limited to what the reader may read. */
  readonly part: string
}

/**
 * Some of what organizations are searched by. Pure; depends on nothing but the organization, and there on `parts` alone:
 * the fewer they are, the fewer writes compute its rows. No two indexers make the same row: where several make rows of one
 * kind, their keys tell them apart.
 */
export interface Indexer {
  /** A change of any of these may change its rows. */
  readonly parts: readonly string[]
  rows(organization: Organization): readonly IndexRow[]
  /** Of the kinds of its rows, those because of which writes are refused: a load of many records never leaves them for later. */
  readonly refusesBy?: readonly string[]
  /** What each of its people adds. */
  readonly ofPeople?: PersonIndexer
}

/**
 * What an organization is found by because of one of its people, none of whom is deleted: rows of the part `people`, which
 * the core marks as this person's, so that a change of one person is no matter of the others. Kinds are its own.
 */
export interface PersonIndexer {
  /** A change of any of these parts of the person may change its rows. */
  readonly parts: readonly string[]
  rows(person: Person): readonly Omit<IndexRow, 'part'>[]
}

/** What a write does to the rows of an organization. */
export interface IndexChange {
  readonly removed: readonly IndexRow[]
  readonly added: readonly IndexRow[]
}

/** What a write does to the rows of a person. */
export interface PersonIndexChange extends IndexChange {
  /** Id of the organization that has had the removed ones. */
  readonly from: string
}

/** Longest index key, in UTF-16 units; longer values are found by their beginning. */
const KEY_LIMIT = 255

/** Part of all that an organization is found by because of its people. */
const PEOPLE = 'people'

/** Between a key and the person whose it is: sorts before all that a key can go on with. */
export const PERSON_MARK = '\u0001'

/** Raised whenever the core's indexers make other rows of the same record. */
export const CORE_INDEX_FORM = 2

/** What the core itself needs. Deleted organizations keep their rows: a website stays reserved. */
export const CORE_INDEXERS: readonly Indexer[] = [
  {
    parts: ['name', 'language'],
    rows(organization) {
      const name = mainName(organization)
      return [
        { kind: 'name', key: folded(name), part: 'name' },
        { kind: 'nameKey', key: nameKey(name), part: 'name' },
      ]
    },
  },
  {
    parts: ['public'],
    rows: (organization) =>
      organization.public === true ? [{ kind: 'public', key: '1', part: 'public' }] : [],
  },
  {
    parts: ['links'],
    refusesBy: ['website'],
    rows(organization) {
      const website = organization.links.find(({ kind }) => kind === 'website')
      return website === undefined ? [] : [{ kind: 'website', key: urlKey(website.uri), part: 'links' }]
    },
  },
]

/** Every row of an organization, each once. */
export function rowsOf(indexers: readonly Indexer[], organization: Organization): readonly IndexRow[] {
  const all: IndexRow[] = []
  for (const indexer of indexers) addAll(all, distinct(indexer.rows(organization)))
  return all
}

/** What of the rows changes with the parts that differ; undefined when nothing does. */
export function indexChange(
  indexers: readonly Indexer[],
  before: Organization,
  after: Organization,
  differs: (part: string) => boolean,
): IndexChange | undefined {
  const removed: IndexRow[] = []
  const added: IndexRow[] = []
  const madeBefore = rowsMade.get(before)
  const made = new Map<Indexer, readonly IndexRow[]>()
  rowsMade.set(after, made)
  for (const indexer of indexers) {
    if (!indexer.parts.some(differs)) continue
    const old = madeBefore?.get(indexer) ?? distinct(indexer.rows(before))
    const current = distinct(indexer.rows(after))
    made.set(indexer, current)
    addAll(removed, without(old, current))
    addAll(added, without(current, old))
  }
  return removed.length + added.length === 0 ? undefined : { removed, added }
}

/** Rows that a write has made of what it saved: whoever writes the same parts of that next needs not make them again. */
const rowsMade = new WeakMap<Organization, Map<Indexer, readonly IndexRow[]>>()

/** Every row that an organization has because of one person, each once; none of a deleted one. */
export function rowsOfPerson(indexers: readonly Indexer[], person: Person): readonly IndexRow[] {
  return indexers.flatMap(({ ofPeople }) =>
    ofPeople === undefined ? [] : [...distinctPersonRows(ofPeople, person).values()],
  )
}

/** What of the rows changes with one person; undefined when nothing does. @param before undefined for a new one */
export function personIndexChange(
  indexers: readonly Indexer[],
  before: Person | undefined,
  after: Person,
  differs: (part: string) => boolean,
): PersonIndexChange | undefined {
  const removed: IndexRow[] = []
  const added: IndexRow[] = []
  const isWhole = before === undefined || differs('state') || differs('organization')
  for (const { ofPeople } of indexers) {
    if (ofPeople === undefined || !(isWhole || ofPeople.parts.some(differs))) continue
    const old = before === undefined ? new Map() : distinctPersonRows(ofPeople, before)
    const isMoved = before?.organization !== after.organization
    for (const [key, row] of distinctPersonRows(ofPeople, after)) {
      if (isMoved || !old.delete(key)) added.push(row)
    }
    addAll(removed, [...old.values()])
  }
  if (removed.length + added.length === 0) return undefined
  return { from: before?.organization ?? after.organization, removed, added }
}

/** As many rows are compared with one another, each with each: most indexers make a few. */
const FEW = 8

/** Each once: of one kind and key, an organization has one row. */
function distinct(all: readonly IndexRow[]): readonly IndexRow[] {
  const rows = all.map(cutRow)
  if (rows.length <= FEW)
    return rows.filter((row, at) => rows.findIndex((other) => isNamedAs(row, other)) === at)
  const byName = new Map<string, IndexRow>()
  for (const row of rows) {
    const name = `${row.kind}\n${row.key}`
    if (!byName.has(name)) byName.set(name, row)
  }
  return [...byName.values()]
}

/** Those that are not among `others`. */
function without(rows: readonly IndexRow[], others: readonly IndexRow[]): readonly IndexRow[] {
  if (rows.length <= FEW && others.length <= FEW) {
    return rows.filter((row) => !others.some((other) => isNamedAs(row, other) && row.part === other.part))
  }
  const names = new Set(others.map(({ kind, key, part }) => `${kind}\n${key}\n${part}`))
  return rows.filter(({ kind, key, part }) => !names.has(`${kind}\n${key}\n${part}`))
}

function isNamedAs(row: IndexRow, other: IndexRow): boolean {
  return row.key === other.key && row.kind === other.kind
}

function cutRow(row: IndexRow): IndexRow {
  // A website is compared whole: two that differ late are two.
  const key = row.kind === 'website' ? row.key : cutKey(row.key)
  return key === row.key ? row : { ...row, key }
}

function distinctPersonRows(indexer: PersonIndexer, person: Person): Map<string, IndexRow> {
  const rows = new Map<string, IndexRow>()
  if (person.state === 'deleted') return rows
  const mark = `${PERSON_MARK}${person.id}`
  for (const { kind, key } of indexer.rows(person)) {
    const marked = `${cutKey(key, KEY_LIMIT - mark.length)}${mark}`
    rows.set(`${kind}\n${marked}`, { kind, key: marked, part: PEOPLE })
  }
  return rows
}

/** The beginning of a key that is kept; half a character is none. */
export function cutKey(key: string, limit = KEY_LIMIT): string {
  if (key.length <= limit) return key
  const cut = key.slice(0, limit)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/** Text as it is compared and sorted: NFKC, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
