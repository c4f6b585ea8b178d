import assert from 'node:assert/strict'
import type { Asker } from '../src/core/command.ts'
import type { Directory } from '../src/core/directory.ts'
import { createDirectory } from '../src/core/directory.ts'
import type { IndexRow } from '../src/core/index-rows.ts'
import { rowsOf, rowsOfPerson } from '../src/core/index-rows.ts'
import { createKnown } from '../src/core/known.ts'
import type { Grant } from '../src/core/policy.ts'
import { grantOn, mayReadPart } from '../src/core/policy.ts'
import type { Role, Tenant } from '../src/core/principal.ts'
import type { Condition } from '../src/core/query.ts'
import { matchesRows } from '../src/core/row-matching.ts'
import type { Sought } from '../src/core/seeking.ts'
import type { SettingsEntry } from '../src/core/settings.ts'
import type { Position, Store } from '../src/core/store.ts'
import { NOW, principal, TENANT } from '../src/core/testing/records.ts'
import { indexers, matches, tells } from '../src/dialects/index.ts'
import type { Entry } from '../src/dialects/native/testing/random-directories.ts'
import { saving } from '../src/store/testing/changes.ts'

/** A directory whose store tells of rights, and what a plain look at its entries tells. */
export interface RightsHouse {
  readonly told: Directory
  /** A tenant with these entries, and roles `role-0`… */
  tenantWith(
    entries: readonly Entry[],
    given: readonly Omit<Role, 'id' | 'tenant'>[],
    isPublic: Tenant['public'],
  ): Promise<string>
  grantOf(asker: Asker, entry: Entry): Grant
  /** Whether the asker may read an entry and it matches as far as they may know. */
  isFoundBy(asker: Asker, where: Condition): (entry: Entry) => boolean
  rowsKnownTo(asker: Asker, entry: Entry): readonly IndexRow[]
}

/** @param store empty */
export function openRightsHouse(store: Store): RightsHouse {
  const known = createKnown()
  const ports = { store, known, matches, indexers, heritable: {}, now: () => NOW, newId: () => '' }
  let tenants = 0

  const house: RightsHouse = {
    told: createDirectory({ ...ports, tells }),
    async tenantWith(entries, given, isPublic) {
      tenants += 1
      const id = `tenant-${tenants}`
      const settings: SettingsEntry[] = [
        { kind: 'tenant', tenant: '', id, value: { ...TENANT, id, public: isPublic } },
        ...given.map(
          (role, at): SettingsEntry => ({
            kind: 'role',
            tenant: id,
            id: `role-${at}`,
            value: { ...role, id: `role-${at}`, tenant: id },
          }),
        ),
      ]
      await store.transact(async (transactor) => {
        await transactor.saveSettings(settings)
        for (const { organization, people } of entries) {
          const stored = { ...organization, tenant: id }
          await transactor.save({
            ...saving([stored]),
            organization: {
              after: stored,
              before: 0,
              index: { removed: [], added: rowsOf(indexers, stored) },
            },
            people: people.map((person) => {
              const own = { ...person, tenant: id }
              const rows = { from: stored.id, removed: [], added: rowsOfPerson(indexers, own) }
              return { after: own, before: 0, index: rows }
            }),
          })
        }
      })
      await store.read((reader) => known.follow(reader))
      return id
    },
    grantOf(asker, { organization }) {
      const stored = { ...organization, tenant: asker.tenant }
      return grantOn(stored, asker.principal, known.catalogue(asker.tenant), matches)
    },
    isFoundBy: (asker, where) => (entry) => {
      const stored = { ...entry.organization, tenant: asker.tenant }
      const isReadable = house.grantOf(asker, entry).may('organizations.read')
      return isReadable && matchesRows(where, stored, house.rowsKnownTo(asker, entry))
    },
    rowsKnownTo(asker, entry) {
      const stored = { ...entry.organization, tenant: asker.tenant }
      const grant = house.grantOf(asker, entry)
      return [
        ...rowsOf(indexers, stored).filter(({ part }) => mayReadPart(grant, part)),
        ...entry.people.filter(grant.sees).flatMap((person) => rowsOfPerson(indexers, person)),
      ]
    },
  }
  return house
}

export function askerFor(tenant: string, count: number, email: string | undefined): Asker {
  const { email: _, ...nobody } = principal({
    id: 'ann',
    tenant,
    roles: Array.from({ length: count }, (__, at) => `role-${at}`),
  })
  const who = email === undefined ? nobody : { ...nobody, email }
  return { principal: who, tenant, via: 'native', baseUrl: '', seesPublic: false, seesDeleted: true }
}

/** What the pages show, one after another, is what was expected, and each tells how many there are. */
export async function assertPages(
  expected: readonly Entry[],
  where: Condition,
  seek: (from: { readonly after?: Position }) => Promise<Sought>,
): Promise<void> {
  const numbers: number[] = []
  let place: Position | undefined
  do {
    const { items, next, total } = await seek(place === undefined ? {} : { after: place })
    assert.equal(total, expected.length, JSON.stringify(where))
    numbers.push(...items.map(({ dossier }) => dossier.organization.number))
    place = next
  } while (place !== undefined)
  assert.deepEqual(
    numbers,
    expected.map(({ organization }) => organization.number),
    JSON.stringify(where),
  )
}
