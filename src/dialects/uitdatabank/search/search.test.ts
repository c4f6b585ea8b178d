import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { coreIndexer, folded, joinedIndexer } from '../../../core/index-rows.ts'
import { urlKey } from '../../../core/keys.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Store } from '../../../core/store.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { CREATED, uuid, viewContext } from '../../../core/testing/records.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import { organizer } from '../lens/organizer.ts'
import { facets } from '../testing/inputs.ts'
import { readQuery } from '../where.ts'
import type { OrganizerView } from '../wire.ts'
import { indexer } from './indexer.ts'
import { readSearch } from './parameters.ts'

/** An organization with what a search may look at, as plain values. */
interface Entry {
  readonly organization: Organization
  readonly view: OrganizerView
  readonly words: readonly string[]
}

let store: Store
before(() => {
  store = openSqlite(':memory:', true)
})
after(() => store.close())

let tenants = 0

/** What the parameters find among the entries, by number, as the engine answers. */
async function found(
  entries: readonly Entry[],
  queries: readonly string[],
): Promise<readonly (readonly number[])[]> {
  tenants += 1
  const tenant = `tenant-${tenants}`
  const { rows } = joinedIndexer([coreIndexer, indexer])
  await store.transact(async (transactor) => {
    for (const { organization } of entries) {
      const stored = { ...organization, tenant, id: `${tenants}-${organization.id}` }
      await transactor.save(saving([stored], rows(stored)))
    }
  })
  const pages = queries.map((query) =>
    store.read((reader) => reader.organizations({ tenant, ...readSearch(`${query}&limit=2000`) })),
  )
  return (await Promise.all(pages)).map(({ items }) => items.map(({ number }) => number))
}

function numbersOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ organization }) => organization.number)
}

/** Longer values are found by their beginning only; none here is as long. */
function shortened<T>(value: T): T {
  if (typeof value === 'string') return [...value].slice(0, 35).join('') as T
  if (Array.isArray(value)) return value.map(shortened) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shortened(member)])) as T
}

const entryLists: fc.Arbitrary<readonly Entry[]> = fc
  .array(
    fc.tuple(
      dossiers({ people: 'none', dialectFacets: { uitdatabank: facets } }),
      fc.constantFrom('ann', 'Bob', 'importer@clients'),
      fc.nat(50),
    ),
    { minLength: 3, maxLength: 6 },
  )
  .map((all) =>
    all.map(([{ organization }, by, day], at): Entry => {
      const created = { at: new Date(Date.parse(CREATED.at) + day * 86_400_000).toISOString(), by }
      const shownAt = organization.shownAt + ((day * 7) % 11)
      const own = {
        ...shortened(organization),
        id: uuid(at + 1),
        number: at + 1,
        version: 1,
        created,
        shownAt,
      }
      return entryOf(own)
    }),
  )

function entryOf(organization: Organization): Entry {
  const view = organizer.get({ organization, people: [] }, viewContext())
  const plain = (text: string) =>
    text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  const words = Object.values(view.name).flatMap((text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [])
  return { organization, view, words }
}

/** The document that a query is asked of, with words under no name for terms without a field. */
function documentOf({ organization, view, words }: Entry): unknown {
  const { labels = [], hiddenLabels = [] } = view
  return {
    ...view,
    id: organization.id,
    _type: 'organizer',
    labels: [...labels, ...hiddenLabels],
    contributors: organization.contributors,
    modified: momentOf(organization.shownAt),
    '': words,
  }
}

function momentOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00')
}

/** A parameter, and which entries it is for. */
interface Filter {
  readonly query: string
  readonly holds: (entry: Entry) => boolean
}

const parameter = (name: string, value: string) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
const same = (left: string, right: string) => folded(left) === folded(right)

/** Every parameter but `q`, with values that some of the entries have. */
function filtersFor(entries: readonly Entry[]): fc.Arbitrary<Filter> {
  const values = (of: (entry: Entry) => readonly string[], ...others: string[]) => {
    const trimmed = entries.flatMap(of).filter((text) => text === text.trim() && text !== '')
    return fc.constantFrom(...trimmed, ...others)
  }
  const addresses = ({ view }: Entry) => Object.values(view.address ?? {})
  const labels = ({ view }: Entry) => [...(view.labels ?? []), ...(view.hiddenLabels ?? [])]
  const website = ({ organization }: Entry) =>
    organization.links.filter(({ kind }) => kind === 'website').map(({ uri }) => uri)
  const filter = (
    name: string,
    value: fc.Arbitrary<string>,
    holds: (entry: Entry, value: string) => boolean,
  ) => value.map((text) => ({ query: parameter(name, text), holds: (entry: Entry) => holds(entry, text) }))
  return fc.oneof(
    filter(
      'name',
      values(({ words }) => words.flatMap((word) => [word, [...word].slice(0, 2).join('')]), 'nobody'),
      (entry, word) => entry.words.some((other) => other.startsWith(word)),
    ),
    filter('website', values(website, 'https://nobody.example'), (entry, url) =>
      website(entry).some((uri) => urlKey(uri) === urlKey(url)),
    ),
    filter(
      'postalCode',
      values((entry) => addresses(entry).map(({ postalCode }) => postalCode), '0'),
      (entry, code) => addresses(entry).some(({ postalCode }) => same(postalCode, code)),
    ),
    filter(
      'addressCountry',
      values((entry) => addresses(entry).map(({ addressCountry }) => addressCountry), '*', 'be'),
      (entry, country) =>
        country === '*' || addresses(entry).some(({ addressCountry }) => same(addressCountry, country)),
    ),
    filter(
      'creator',
      values(({ view }) => [view.creator], 'BOB'),
      ({ view }, by) => same(view.creator, by),
    ),
    filter('labels[]', values(labels, 'no-label'), (entry, label) =>
      labels(entry).some((own) => same(own, label)),
    ),
    filter(
      'contributors',
      values(({ organization }) => organization.contributors, 'no@body.example'),
      ({ organization }, email) => organization.contributors.some((own) => same(own, email)),
    ),
    filter('hasImages', fc.constantFrom('true', 'false', '1', '0'), ({ view }, text) =>
      ['true', '1'].includes(text) ? view.images !== undefined : view.images === undefined,
    ),
  )
}

/** A document's status as the default hides it, or a parameter asks for it. */
const statuses: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { query: '', holds: ({ view }) => view.workflowStatus === 'ACTIVE' },
  { query: 'workflowStatus=*', holds: () => true },
  { query: 'workflowStatus=DELETED', holds: ({ view }) => view.workflowStatus === 'DELETED' },
  { query: 'workflowStatus=ACTIVE,DELETED', holds: () => true },
  { query: 'workflowStatus=DRAFT', holds: () => false },
  { query: 'disableDefaultFilters=true', holds: () => true },
  {
    query: 'disableDefaultFilters=true&workflowStatus=ACTIVE',
    holds: ({ view }) => view.workflowStatus === 'ACTIVE',
  },
)

/** A query with what it means, judged by the same evaluation that roles use, term by term. */
interface Asked {
  readonly text: string
  /** 0 for OR, 1 for AND, 2 for NOT, 3 for a term: what binds closer needs no parentheses. */
  readonly rank: number
  readonly holds: (document: unknown) => boolean
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const escaped = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '\\$&')

/** Fields with a value of an entry each, where texts may be cut. */
function valuesIn({
  organization,
  view,
  words,
}: Entry): readonly (readonly [field: string, value: string])[] {
  const addresses = Object.entries(view.address ?? {}).flatMap(([language, address]) =>
    Object.entries(address).flatMap(([field, value]): [string, string][] => [
      [`address.${language}.${field}`, value],
      [`address.\\*.${field}`, value],
    ]),
  )
  const names = Object.entries(view.name).flatMap(([language, value]): [string, string][] => [
    [`name.${language}`, value],
    ['name', value],
    ['name.\\*', value],
  ])
  const labels = [...(view.labels ?? []), ...(view.hiddenLabels ?? [])].map(
    (label) => ['labels', label] as const,
  )
  return [
    ...addresses,
    ...names,
    ...labels,
    ...words.map((word) => ['', word] as const),
    ...view.languages.map((language) => ['languages', language] as const),
    ...view.completedLanguages.map((language) => ['completedLanguages', language] as const),
    ['mainLanguage', view.mainLanguage],
    ['creator', view.creator],
    ['workflowStatus', view.workflowStatus],
    ['_type', 'organizer'],
    ['name.es', organization.name['es'] ?? 'x'],
  ]
}

function termsFor(entries: readonly Entry[]): fc.Arbitrary<Asked> {
  const term = (text: string): Asked => ({ text, rank: 3, holds: readQuery(text) ?? assert.fail(text) })
  const texts = fc
    .tuple(
      fc.constantFrom(...entries.flatMap(valuesIn)),
      fc.constantFrom(...entries.flatMap(valuesIn)),
      fc.constantFrom(
        'is',
        'is',
        'start',
        'end',
        'middle',
        'one',
        'around',
        'all',
        'from',
        'to',
        'open',
        'both',
      ),
      fc.nat(5),
    )
    .map(([[field, value], [, other], form, at]) => {
      const points = [...value]
      const name = field === '' ? '' : `${field}:`
      const start = escaped(points.slice(0, at + 1).join(''))
      const end = escaped(points.slice(-at - 1).join(''))
      const [low, high] = [value, other].map(quoted)
      const isRanged = field !== ''
      const forms: Record<string, string> = {
        is: quoted(value),
        start: `${start}*`,
        end: `*${end}`,
        middle: `*${escaped(points.slice(at, at + 3).join('') || 'x')}*`,
        one: `${escaped(points.slice(0, at).join(''))}?${escaped(points.slice(at + 1).join(''))}`,
        around: `${start}*${end}`,
        all: '*',
        from: isRanged ? `[${low} TO *]` : quoted(value),
        to: isRanged ? `[* TO ${low}}` : quoted(value),
        open: isRanged ? `{${low} TO ${high}}` : quoted(value),
        both: isRanged ? `[${low} TO ${high}]` : quoted(value),
      }
      return `${name}${forms[form]}`
    })
  const seconds = fc.constantFrom(
    ...entries.flatMap(({ organization, view }) => [view.created, momentOf(organization.shownAt)]),
  )
  const times = fc
    .tuple(fc.constantFrom('created', 'modified'), seconds, seconds, fc.constantFrom('[]', '{}', '[}', '{]'))
    .map(([field, from, to, [open, close]]) => `${field}:${open}${from} TO ${to}${close}`)
  const numbers = fc
    .tuple(fc.nat(110), fc.nat(110), fc.constantFrom('[]', '{}', '[}', '{]'))
    .map(([from, to, [open, close]]) => `completeness:${open}${from} TO ${to}${close}`)
  const whole = fc.oneof(
    fc.constantFrom(...entries.map(({ view }) => `completeness:${view.completeness}`)),
    fc
      .constantFrom(...entries.flatMap(({ organization }) => organization.contributors), 'x@y.example')
      .map((email) => `contributors:${quoted(email.toUpperCase())}`),
    fc.constantFrom(
      '*:*',
      'id:*',
      'created:*',
      'name.xyz:x',
      'creator:(ann OR bob)',
      'labels:(public* -*visible)',
    ),
  )
  return fc.oneof({ weight: 8, arbitrary: texts }, { weight: 2, arbitrary: times }, numbers, whole).map(term)
}

/** Terms joined with as few parentheses as the precedence of the operators allows. */
function queriesFor(entries: readonly Entry[]): fc.Arbitrary<Asked> {
  const inside = ({ text, rank }: Asked, least: number) => (rank < least ? `(${text})` : text)
  const { query } = fc.letrec<{ query: Asked }>((tie) => {
    const pairs = fc.tuple(tie('query'), tie('query'))
    return {
      query: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'query' },
        termsFor(entries),
        fc.tuple(tie('query'), fc.constantFrom('NOT ', '-', '!')).map(([one, not]) => ({
          text: `${not}${inside(one, 3)}`,
          rank: 2,
          holds: (document: unknown) => !one.holds(document),
        })),
        fc.tuple(pairs, fc.constantFrom(' AND ', ' && ', ' ')).map(([[left, right], and]) => ({
          text: `${inside(left, 1)}${and}${inside(right, 1)}`,
          rank: 1,
          holds: (document: unknown) => left.holds(document) && right.holds(document),
        })),
        fc.tuple(pairs, fc.constantFrom(' OR ', ' || ')).map(([[left, right], or]) => ({
          text: `${inside(left, 0)}${or}${inside(right, 0)}`,
          rank: 0,
          holds: (document: unknown) => left.holds(document) || right.holds(document),
        })),
      ),
    }
  })
  // More of them are refused: each looks at every value.
  return query.filter(({ text }) => (text.match(/(?:^|[\s:(])[*?]/g) ?? []).length <= 5)
}

const RUNS = 60

test('a query finds what its evaluation on the documents finds', async () => {
  const cases = entryLists.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.array(queriesFor(entries), { minLength: 12, maxLength: 12 })),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([entries, asked]) => {
      const answers = await found(
        entries,
        asked.map(({ text }) => `disableDefaultFilters=true&${parameter('q', text)}`),
      )
      for (const [at, { text, holds }] of asked.entries()) {
        const expected = numbersOf(entries.filter((entry) => holds(documentOf(entry))))
        assert.deepEqual(answers[at], expected, text)
        const whole = readQuery(text)
        const evaluated = numbersOf(entries.filter((entry) => whole?.(documentOf(entry))))
        assert.deepEqual(evaluated, expected, `precedence of ${text}`)
      }
    }),
    { numRuns: RUNS },
  )
})

test('parameters find what all of them are for', async () => {
  const cases = entryLists.chain((entries) => {
    const filters = fc.tuple(statuses, fc.array(filtersFor(entries), { minLength: 1, maxLength: 3 }))
    return fc.tuple(fc.constant(entries), fc.array(filters, { minLength: 12, maxLength: 12 }))
  })
  await fc.assert(
    fc.asyncProperty(cases, async ([entries, asked]) => {
      // Of a parameter that takes one value, only the last counts.
      const sets = asked.map(([status, filters]) => [
        status,
        ...new Map(filters.map((filter) => [filter.query.split('=')[0], filter])).values(),
      ])
      const answers = await found(
        entries,
        sets.map((filters) => filters.map(({ query }) => query).join('&')),
      )
      for (const [at, filters] of sets.entries()) {
        const expected = entries.filter((entry) => filters.every(({ holds }) => holds(entry)))
        assert.deepEqual(answers[at], numbersOf(expected), filters.map(({ query }) => query).join('&'))
      }
    }),
    { numRuns: RUNS },
  )
})

test('several orders apply one after the other, then the number', async () => {
  const orders: Readonly<Record<string, (entry: Entry) => number>> = {
    created: ({ organization }) => Date.parse(organization.created.at),
    modified: ({ organization }) => organization.shownAt,
    completeness: ({ view }) => view.completeness,
    score: () => 0,
  }
  const sorts = fc.array(fc.tuple(fc.constantFrom(...Object.keys(orders)), fc.constantFrom('asc', 'desc')), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(entryLists, sorts, async (entries, sort) => {
      const distinct = [...new Map(sort)]
      const query = distinct.map(([name, direction]) => parameter(`sort[${name}]`, direction)).join('&')
      const expected = entries.toSorted((left, right) => {
        const differences = distinct.map(([name, direction]) => {
          const [first, second] = [left, right].map((entry) => orders[name]?.(entry) ?? 0)
          return ((first ?? 0) - (second ?? 0)) * (direction === 'desc' ? -1 : 1)
        })
        return differences.find((difference) => difference !== 0) ?? 0
      })
      assert.deepEqual(await found(entries, [`workflowStatus=*&${query}`]), [numbersOf(expected)])
    }),
    { numRuns: RUNS },
  )
})
