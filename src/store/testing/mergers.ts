import type { TestContext } from 'node:test'
import type { Dossier } from '../../core/dossier.ts'
import { provisionalId } from '../../core/items.ts'
import type { Lens } from '../../core/lens.ts'
import type { Merging } from '../../core/merging.ts'
import type { Organization } from '../../core/organization.ts'
import { ORGANIZATION_PARTS } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import { blankPerson, PERSON_PARTS } from '../../core/person.ts'
import { TENANT } from '../../core/testing/records.ts'
import type { House } from './house.ts'
import { asker, FIRST, openHouse, parts, ROOT } from './house.ts'

export const SECOND = { tenant: TENANT.id, number: 2 }
export const merging = (more: Partial<Merging> = {}): Merging => ({
  source: FIRST,
  destination: SECOND,
  fillsEmpty: false,
  mergesIdenticalPeople: false,
  ...more,
})

type Given = Pick<Dossier, 'people'> & { readonly organization: Partial<Organization> }

/** Makes an organization like the one given, with people like those given. */
const likeGiven: Lens<Dossier, Given> = {
  ...parts,
  name: 'like given',
  echo: (dossier) => dossier,
  put(dossier, { organization, people }) {
    const ids = new Map(people.map(({ id }, at) => [id, provisionalId('people', at)]))
    const own = Object.fromEntries(ORGANIZATION_PARTS.map((part) => [part, organization[part]]))
    const roles = Object.entries(organization.roles ?? {}).map(([role, id]) => [role, ids.get(id) ?? id])
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
    return {
      organization: {
        ...dossier.organization,
        ...given,
        facets: organization.facets ?? {},
        roles: Object.fromEntries(roles),
      },
      people: people.map((person) => {
        const id = ids.get(person.id) ?? ''
        const shown = Object.fromEntries(PERSON_PARTS.map((part) => [part, person[part]]))
        const blank = blankPerson(id, dossier.organization)
        return { ...blank, ...shown, facets: person.facets, organization: dossier.organization.id } as Person
      }),
    }
  },
}

export const given = ({ directory }: House, input: Given) =>
  directory.execute(asker(ROOT), {
    lens: likeGiven,
    target: 'new',
    input,
    permission: 'organizations.create',
  })

export const named = (full: string, more: Partial<Person> = {}): Person => ({
  ...blankPerson(full, { id: '', tenant: '' }),
  name: { full },
  ...more,
})

export const read = ({ store }: House, number: number): Promise<Dossier> =>
  store.read(async (reader) => (await reader.dossier({ tenant: TENANT.id, number }, 'all')) as Dossier)

/** Two organizations: the first with Ann as support, the second with Bob. */
export async function twoOf(
  context: TestContext,
  first: Partial<Organization> = {},
  second: Partial<Organization> = {},
) {
  const house = await openHouse(context)
  const ann = { name: { nl: 'Eerste' }, roles: { support: 'Ann' }, ...first }
  await given(house, { organization: ann, people: [named('Ann')] })
  await given(house, { organization: { name: { nl: 'Tweede' }, ...second }, people: [named('Bob')] })
  return house
}
