import type { Asker } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { createDirectory } from '../../../core/directory.ts'
import { CORE_INDEXERS, rowsOf, rowsOfPerson } from '../../../core/index-rows.ts'
import { createKnown } from '../../../core/known.ts'
import type { Role } from '../../../core/principal.ts'
import type { SettingsEntry } from '../../../core/settings.ts'
import type { Change, Store } from '../../../core/store.ts'
import { NOW, principal, TENANT } from '../../../core/testing/records.ts'
import { indexers } from '../search/indexers.ts'
import type { Entry } from './random-directories.ts'

const ALL = [...CORE_INDEXERS, ...indexers]

/** Directories for searches, each in a tenant of its own. */
export interface SearchHouse {
  readonly directory: Directory
  readonly store: Store
  /** A tenant with the entries. */
  tenantWith(entries: readonly Entry[]): Promise<string>
}

/** Who asks. A role for some of the organizations is one for those with an even number; `ann` wrote some herself. */
export const READERS = ['root', 'whole', 'shut', 'masked', 'narrow', 'some', 'ann'] as const

export type ReaderName = (typeof READERS)[number]

/** What saves new records. */
type Saving = (records: readonly [Entry['organization']]) => Change

/** @param store empty */
export function openSearchHouse(store: Store, saving: Saving): SearchHouse {
  const known = createKnown()
  const matches = (_where: string, { number }: { number: number }) => number % 2 === 0
  const ports = { store, known, matches, indexers: ALL, heritable: {}, now: () => NOW, newId: () => '' }
  let tenants = 0
  return {
    store,
    directory: createDirectory(ports),
    async tenantWith(entries) {
      tenants += 1
      const tenant = `tenant-${tenants}`
      await store.transact(async (transactor) => {
        await transactor.saveSettings(settingsOf(tenant))
        for (const entry of entries) await transactor.save(changeOf(saving, entry, tenant))
      })
      await store.read((reader) => known.follow(reader))
      return tenant
    },
  }
}

function settingsOf(tenant: string): readonly SettingsEntry[] {
  const roles = Object.entries(ROLES).map(
    ([id, role]): SettingsEntry => ({ kind: 'role', tenant, id, value: { ...role, id, tenant } }),
  )
  const value = { ...TENANT, id: tenant, public: 'none' as const }
  return [{ kind: 'tenant', tenant: '', id: tenant, value }, ...roles]
}

function changeOf(saving: Saving, { organization, people }: Entry, tenant: string): Change {
  const after = { ...organization, tenant }
  const index = { removed: [], added: rowsOf(ALL, after) }
  return {
    ...saving([after]),
    organization: { after, before: 0, index },
    people: people.map((person) => {
      const own = { ...person, tenant }
      const rows = { from: after.id, removed: [], added: rowsOfPerson(ALL, own) }
      return { after: own, before: 0, index: rows }
    }),
  }
}

export function askerOf(name: ReaderName, tenant: string): Asker {
  const who = principal({
    id: name === 'ann' ? 'ann' : `${tenant}-${name}`,
    tenant,
    superuser: name === 'root',
    roles: name in ROLES ? [name] : [],
  })
  return { principal: who, tenant, via: 'native', baseUrl: '', seesPublic: false, seesDeleted: true }
}

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

/** What a reader may see of an entry. */
export interface Seen {
  readonly entry: Entry
  readonly sees: (part: string) => boolean
}

/** The entry as a reader sees it, and which parts they see; undefined where they may not read it. */
export function seenBy(name: ReaderName, entry: Entry): Seen | undefined {
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
