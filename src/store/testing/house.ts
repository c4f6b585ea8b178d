import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Asker, Command } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import { createDirectory } from '../../core/directory.ts'
import type { Dossier } from '../../core/dossier.ts'
import { withOrganization, withPerson } from '../../core/dossier.ts'
import { CORE_INDEXERS } from '../../core/index-rows.ts'
import { provisionalId } from '../../core/items.ts'
import type { Known } from '../../core/known.ts'
import { createKnown } from '../../core/known.ts'
import type { Lens } from '../../core/lens.ts'
import type { Organization } from '../../core/organization.ts'
import { ORGANIZATION_PARTS } from '../../core/organization.ts'
import { blankPerson, PERSON_PARTS } from '../../core/person.ts'
import type { Principal, Role } from '../../core/principal.ts'
import type { ProblemCode } from '../../core/problem.ts'
import { Problem } from '../../core/problem.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { OrganizationKey, Store } from '../../core/store.ts'
import { countedIds, NOW, principal, TENANT } from '../../core/testing/records.ts'
import { openTestStore } from './open-store.ts'

/** A directory to try things on. */
export interface House {
  readonly store: Store
  readonly known: Known
  readonly directory: Directory
  /** What the clock says from now on. */
  setTime(at: string): void
  /** Another process on the same database. */
  beside(store: Store): House
}

export const ROOT = principal({ id: 'root', superuser: true })
export const EDITOR = principal({ id: 'editor', email: 'editor@example.org', roles: ['editors'] })
export const READER = principal({ id: 'reader', email: 'reader@example.org', roles: ['readers'] })

export const EDITORS: Role = {
  id: 'editors',
  tenant: TENANT.id,
  permissions: ['organizations.create', 'organizations.read', 'organizations.edit'],
  parts: { note: 'none', department: 'read' },
}
const READERS: Role = { ...EDITORS, id: 'readers', permissions: ['organizations.read'], parts: {} }

/** A directory on an engine of its own, with a clock that stands still and ids that count. */
export async function openHouse(context: TestContext, open = openTestStore): Promise<House> {
  const store = await open()
  context.after(() => store.close())
  const known = createKnown()
  const people = [ROOT, EDITOR, READER].map(
    (value): SettingsEntry => ({ kind: 'principal', tenant: TENANT.id, id: value.id, value }),
  )
  const roles = [EDITORS, READERS].map(
    (value): SettingsEntry => ({ kind: 'role', tenant: TENANT.id, id: value.id, value }),
  )
  const tenants: SettingsEntry[] = [
    { kind: 'tenant', tenant: '', id: TENANT.id, value: { ...TENANT, public: 'none' } },
    { kind: 'tenant', tenant: '', id: 'other', value: { ...TENANT, id: 'other', number: 2 } },
  ]
  await store.transact((transactor) => transactor.saveSettings([...people, ...roles, ...tenants]))
  await store.read((reader) => known.follow(reader))
  let at = NOW
  const beside = (other: Store): House => {
    const itsKnown = createKnown()
    const itsPorts = { ...ports, store: other, known: itsKnown }
    return { store: other, known: itsKnown, directory: createDirectory(itsPorts), setTime, beside }
  }
  const ports = {
    store,
    known,
    matches: (where: string, { number }: Organization) => where === '*' || where === String(number),
    indexers: CORE_INDEXERS,
    heritable: { x: ['handed'] },
    now: () => at,
    newId: countedIds(),
  }
  const setTime = (time: string) => {
    at = time
  }
  return { store, known, directory: createDirectory(ports), setTime, beside }
}

export const NOBODY = undefined

export const asker = (who: Principal | undefined, parts: Partial<Asker> = {}): Asker => ({
  principal: who,
  tenant: TENANT.id,
  via: 'test',
  baseUrl: '',
  seesPublic: false,
  seesDeleted: false,
  ...parts,
})

/** Puts parts of the organization; shows the dossier as it is. */
export const parts: Lens<Dossier, Partial<Organization>> = {
  name: 'parts',
  get: (dossier) => dossier,
  put: (dossier, input) => withOrganization(dossier, input),
  echo: ({ organization }) => organization,
  reads: { organization: ORGANIZATION_PARTS, person: PERSON_PARTS },
  writes: { organization: ORGANIZATION_PARTS, person: PERSON_PARTS },
  people: 'all',
}

/** Adds a person with this name, in a role. */
export const helper: Lens<unknown, string> = {
  ...parts,
  name: 'helper',
  echo: () => '',
  put: (dossier, full) => {
    const person = { ...blankPerson(provisionalId('people', 0), dossier.organization), name: { full } }
    return withPerson(withOrganization(dossier, { roles: { support: person.id } }), person)
  },
}

export const FIRST: OrganizationKey = { tenant: TENANT.id, number: 1 }

export const create = ({ directory }: House, input: Partial<Organization> = {}, who: Principal = ROOT) =>
  directory.execute(asker(who), {
    lens: parts,
    target: 'new',
    input: { name: { nl: 'Voorbeeld' }, ...input },
    permission: 'organizations.create',
  })

export const edit = (
  { directory }: House,
  input: Command<Dossier, Partial<Organization>>['input'],
  more: Partial<Command<Dossier, Partial<Organization>>> = {},
  asking: Asker = asker(ROOT),
) =>
  directory.execute(asking, { lens: parts, target: FIRST, input, permission: 'organizations.edit', ...more })

export const organizationIn = async ({ store }: House, number = 1): Promise<Organization | undefined> =>
  (await store.read((reader) => reader.dossier({ tenant: TENANT.id, number }, 'all')))?.organization

export const eventsIn = ({ store }: House) => store.read((reader) => reader.events(0, 100))

export const fails =
  (code: ProblemCode, facts: object = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof Problem && error.code === code, String(error))
    assert.deepEqual({ ...error.facts, ...facts }, error.facts)
    return true
  }
