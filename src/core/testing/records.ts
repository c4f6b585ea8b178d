import type { Dossier } from '../dossier.ts'
import type { PutContext, ViewContext } from '../lens.ts'
import type { Organization } from '../organization.ts'
import { blankOrganization } from '../organization.ts'
import type { Person } from '../person.ts'
import { blankPerson } from '../person.ts'
import { FULL_GRANT } from '../policy.ts'
import type { Catalogue, Principal, RegisteredLabel, Role, Tenant } from '../principal.ts'

/** What the clock says in tests. */
export const NOW = '2024-05-06T07:08:09.123Z'

/** When records of tests were made. */
export const CREATED = { at: '2024-01-02T03:04:05.678Z', by: 'ann' } as const

export const TENANT: Tenant = {
  id: 'default',
  number: 1,
  name: 'Example directory',
  language: 'nl',
  country: 'BE',
  hosts: [],
  public: 'all',
}

/** The UUID that ends in `number`. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** A saved organization with a Dutch name and nothing else. */
export function organization(parts: Partial<Organization> = {}): Organization {
  const id = parts.id ?? uuid(1)
  return {
    ...blankOrganization(id, { tenant: TENANT.id, language: parts.language ?? 'nl', ...CREATED }),
    number: 1,
    version: 1,
    shownAt: Math.floor(Date.parse(CREATED.at) / 1000),
    name: { [parts.language ?? 'nl']: 'Voorbeeld vzw' },
    ...parts,
  }
}

/** A saved person of the organization that `organization` makes. */
export function person(parts: Partial<Person> = {}): Person {
  return {
    ...blankPerson(parts.id ?? uuid(100 + (parts.number ?? 1)), { id: uuid(1), tenant: TENANT.id }),
    number: 1,
    version: 1,
    created: CREATED,
    shownAt: Math.floor(Date.parse(CREATED.at) / 1000),
    name: { full: 'Ann Peeters' },
    ...parts,
  }
}

export function dossier(parts: Partial<Organization> = {}, people: readonly Person[] = []): Dossier {
  return { organization: organization(parts), people }
}

export function principal(parts: Partial<Principal> = {}): Principal {
  return {
    id: 'ann',
    number: 1,
    kind: 'user',
    tenant: TENANT.id,
    name: 'Ann Editor',
    email: 'ann@example.org',
    superuser: false,
    roles: [],
    ...parts,
  }
}

/** Labels that the tenant of tests has registered, one of each sort. */
export const REGISTERED_LABELS: readonly RegisteredLabel[] = [
  { number: 1, name: 'Public-Visible', visible: true, private: false },
  { number: 2, name: 'public-hidden', visible: false, private: false },
  { number: 3, name: 'private-visible', visible: true, private: true },
  { number: 4, name: 'private-hidden', visible: false, private: true },
  { number: 5, name: 'zicht baar é', visible: true, private: false },
  { number: 6, name: `${'l'.repeat(254)}a`, visible: true, private: false },
]

export interface CatalogueParts {
  readonly tenant?: Partial<Tenant>
  readonly principals?: readonly Principal[]
  readonly roles?: readonly Role[]
  readonly labels?: readonly RegisteredLabel[]
  readonly lists?: Catalogue['lists']
}

export function catalogue({ tenant, principals, roles, labels, lists }: CatalogueParts = {}): Catalogue {
  const principalsById = new Map((principals ?? [principal()]).map((known) => [known.id, known]))
  const rolesById = new Map((roles ?? []).map((role) => [role.id, role]))
  const labelsByName = new Map(
    (labels ?? REGISTERED_LABELS).map((label) => [label.name.trim().toLowerCase(), label]),
  )
  return {
    version: 1,
    edition: 1,
    tenant: { ...TENANT, ...tenant },
    principal: (id) => principalsById.get(id),
    role: (id) => rolesById.get(id),
    label: (name) => labelsByName.get(name.trim().toLowerCase()),
    principals: () => [...principalsById.values()],
    labels: () => [...labelsByName.values()],
    lists: lists ?? {},
  }
}

/** What a superuser sees with. */
export function viewContext(parts: Partial<ViewContext> = {}): ViewContext {
  return { baseUrl: 'https://directory.example', grant: FULL_GRANT, catalogue: catalogue(), ...parts }
}

export function putContext(parts: Partial<PutContext> = {}): PutContext {
  return { ...viewContext(), at: NOW, by: 'ann', ...parts }
}

/** Counts ids, so that tests can name them: `id-1`, `id-2`… */
export function countedIds(): () => string {
  let count = 0
  return () => {
    count += 1
    return `id-${count}`
  }
}
