import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Directory } from '../../../core/directory.ts'
import { createDirectory } from '../../../core/directory.ts'
import { CORE_INDEXERS, rowsOf, rowsOfPerson } from '../../../core/index-rows.ts'
import { createKnown } from '../../../core/known.ts'
import type { Principal, Role } from '../../../core/principal.ts'
import { Problem } from '../../../core/problem.ts'
import type { SettingsEntry } from '../../../core/settings.ts'
import type { Store } from '../../../core/store.ts'
import { NOW, principal, TENANT } from '../../../core/testing/records.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import type { Asked } from '../testing/plain-search.ts'
import { searches, updatedOf } from '../testing/plain-search.ts'
import type { Entry } from '../testing/random-directories.ts'
import { directories } from '../testing/random-directories.ts'
import { cursorFor } from './cursors.ts'
import { indexers } from './indexers.ts'
import { readSearch } from './parameters.ts'

const ALL = [...CORE_INDEXERS, ...indexers]
const RUNS = 100

let store: Store
let directory: Directory
const known = createKnown()
before(() => {
  store = openSqlite(':memory:', true)
  // A role for some of them is one for those with an even number.
  const matches = (_where: string, { number }: { number: number }) => number % 2 === 0
  const ports = { store, known, matches, indexers: ALL, heritable: {}, now: () => NOW, newId: () => '' }
  directory = createDirectory(ports)
})
after(() => store.close())

const ROLES: Readonly<Record<string, Omit<Role, 'id' | 'tenant'>>> = {
  whole: { permissions: ['organizations.read', 'people.read'] },
  shut: { permissions: ['organizations.read'] },
  masked: {
    permissions: ['organizations.read', 'people.read'],
    parts: { emails: 'none', phones: 'none', note: 'none', labels: 'none', people: 'none' },
  },
  narrow: { permissions: ['organizations.read'], parts: { '*': 'none', links: 'read', addresses: 'read' } },
  some: { permissions: ['organizations.read', 'people.read'], where: 'x', parts: { emails: 'none' } },
}

const READERS = ['root', ...Object.keys(ROLES), 'ann'] as const

function readerOf(name: string, tenant: string): Principal {
  return principal({
    id: name === 'ann' ? 'ann' : `${tenant}-${name}`,
    tenant,
    superuser: name === 'root',
    roles: name in ROLES ? [name] : [],
  })
}

/** The entry as a reader sees it, and which parts they see; undefined where they may not read it. */
function seenBy(name: string, entry: Entry): { entry: Entry; sees: (part: string) => boolean } | undefined {
  const alive = { ...entry, people: entry.people.filter(({ state }) => state === 'active') }
  const ALWAYS = ['state', 'language', 'name', 'number']
  const role = ROLES[name]
  if (name === 'root') return { entry: alive, sees: () => true }
  if (name === 'ann') {
    if (entry.organization.created.by !== 'ann') return undefined
    const changed = entry.organization.changed
    const isTheirs = (part: string) => (changed[part]?.by ?? 'ann') === 'ann'
    const PUBLIC = ['emails', 'phones', 'links', 'addresses', 'description', 'labels', 'images']
    const sees = (part: string) => ALWAYS.includes(part) || PUBLIC.includes(part) || isTheirs(part)
    return masked({ ...alive, people: alive.people.filter(({ created }) => created.by === 'ann') }, sees)
  }
  if (role === undefined || (role.where !== undefined && entry.organization.number % 2 === 1))
    return undefined
  const sees = (part: string) => {
    const most = role.parts?.[part] ?? role.parts?.['*'] ?? 'write'
    const needs = part === 'people' ? 'people.read' : 'organizations.read'
    return ALWAYS.includes(part) || (most !== 'none' && role.permissions.includes(needs))
  }
  return masked(sees('people') ? alive : { ...alive, people: [] }, sees)
}

function masked(entry: Entry, sees: (part: string) => boolean) {
  const { department, ...rest } = entry.organization
  const of = <T>(part: string, value: T, empty: T): T => (sees(part) ? value : empty)
  const organization = {
    ...rest,
    ...(department !== undefined && sees('department') && { department }),
    emails: of('emails', rest.emails, []),
    phones: of('phones', rest.phones, []),
    links: of('links', rest.links, []),
    labels: of('labels', rest.labels, []),
    identifiers: of('identifiers', rest.identifiers, []),
    addresses: of('addresses', rest.addresses, {}),
    description: of('description', rest.description, {}),
    roles: of('roles', rest.roles, {}),
  }
  return { entry: { ...entry, organization }, sees }
}

let tenants = 0

/** A tenant of its own with the entries. */
async function tenantWith(entries: readonly Entry[]): Promise<string> {
  tenants += 1
  const tenant = `tenant-${tenants}`
  const roles = Object.entries(ROLES).map(
    ([id, role]): SettingsEntry => ({ kind: 'role', tenant, id, value: { ...role, id, tenant } }),
  )
  const settings: SettingsEntry[] = [
    { kind: 'tenant', tenant: '', id: tenant, value: { ...TENANT, id: tenant, public: 'none' } },
    ...roles,
  ]
  await store.transact(async (transactor) => {
    await transactor.saveSettings(settings)
    for (const { organization, people } of entries) {
      const stored = { ...organization, tenant }
      const own = people.map((person) => ({ ...person, tenant }))
      const base = saving([{ ...stored, version: 1 }], { removed: [], added: rowsOf(ALL, stored) })
      const [first] = base.organization === undefined ? [] : [base.organization]
      await transactor.save({
        ...base,
        ...(first && { organization: { ...first, after: stored, before: 0 } }),
        people: own.map((after) => ({
          after,
          before: 0,
          index: { from: stored.id, removed: [], added: rowsOfPerson(ALL, after) },
        })),
      })
    }
  })
  await store.read((reader) => known.follow(reader))
  return tenant
}

const head = (query: string) => ({ method: 'GET', path: '/v1/organizations', query, headers: {} })

/** All that a query finds, page by page. */
async function found(tenant: string, name: string, query: string) {
  const asker = {
    principal: readerOf(name, tenant),
    tenant,
    via: 'native',
    baseUrl: '',
    seesPublic: false,
    seesDeleted: true,
  }
  const numbers: number[] = []
  const totals = new Set<number | undefined>()
  let cursor: string | undefined
  do {
    const suffix = cursor === undefined ? '' : `&cursor=${cursor}`
    const { sent, ...asked } = readSearch(head(`${query}${suffix}`))
    const { items, next, total } = await directory.seek(asker, asked)
    numbers.push(...items.map(({ dossier }) => dossier.organization.number))
    totals.add(total)
    cursor = next && cursorFor(sent, [next.key, next.number])
  } while (cursor !== undefined)
  return { numbers, totals }
}

const parameter = ({ name, text }: Pick<Asked, 'name' | 'text'>) => `${name}=${encodeURIComponent(text)}`

const orders = fc.constantFrom(
  'name',
  '-name',
  'number',
  '-number',
  'created',
  '-created',
  'updated',
  '-updated',
)

test('a search finds what a look at every organization finds, for whoever asks, page by page', async () => {
  const cases = fc.array(fc.tuple(searches, orders, fc.constantFrom(...READERS), fc.constantFrom(1, 3)), {
    minLength: 12,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(directories, cases, async (entries, asked) => {
      const tenant = await tenantWith(entries)
      for (const [search, order, name, limit] of asked) {
        const query = [...search.map(parameter), `sort=${order}`, `limit=${limit}`, 'count=true'].join('&')
        const expected = entries
          .flatMap((entry) => seenBy(name, entry) ?? [])
          .filter(
            ({ entry }) =>
              search.some((one) => one.name === 'state') || entry.organization.state !== 'deleted',
          )
          .filter(({ entry, sees }) => search.every(({ holds }) => holds(entry, sees)))
          .toSorted(comparing(order, name))
          .map(({ entry }) => entry.organization.number)
        const { numbers, totals } = await found(tenant, name, query)
        assert.deepEqual(numbers, expected, `${name}: ${decodeURIComponent(query)}`)
        assert.deepEqual([...totals], [expected.length], query)
      }
    }),
    { numRuns: RUNS },
  )
})

type Seen = NonNullable<ReturnType<typeof seenBy>>

function comparing(order: string, reader: string) {
  const sign = order.startsWith('-') ? -1 : 1
  const by = order.replace('-', '')
  const keyOf = (seen: Seen): Buffer | number => {
    const { organization } = seen.entry
    // Whoever sees every part sees the order of all that was ever changed.
    const seesAll = ['root', 'whole', 'shut'].includes(reader)
    if (by === 'updated')
      return seesAll ? organization.shownAt : Math.floor(Date.parse(updatedOf(seen.entry, seen.sees)) / 1000)
    if (by === 'created') return Date.parse(organization.created.at)
    if (by === 'number') return organization.number
    return Buffer.from((organization.name['nl'] ?? '').normalize('NFKC').toLowerCase())
  }
  return (left: Seen, right: Seen): number => {
    const [first, second] = [keyOf(left), keyOf(right)]
    const order =
      typeof first === 'number' || typeof second === 'number'
        ? Number(first) - Number(second)
        : first.compare(second)
    return sign * (order || left.entry.organization.number - right.entry.organization.number)
  }
}

test('no query is anything but read or refused', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webQueryParameters())
  const parameters = fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom('q', 'cursor', 'sort', 'state', 'updatedAfter', 'limit'), texts),
      texts,
    ),
  )
  fc.assert(
    fc.property(parameters, (all) => {
      const query = all.map(([name, text]) => `${name}=${text}`).join('&')
      try {
        readSearch(head(query))
      } catch (error) {
        assert.ok(error instanceof Problem && error.is('refused'), String(error))
      }
    }),
    { numRuns: 500 },
  )
})
