import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../dossier.ts'
import { isSame } from '../dossier.ts'
import { faultsOf } from '../soundness.ts'
import { dossiers, hides } from './random-records.ts'

test('every random dossier is sound', () => {
  fc.assert(fc.property(dossiers(), (dossier) => assert.deepEqual(faultsOf(dossier), [])))
})

test('every random dossier survives JSON, as the store keeps it', () => {
  fc.assert(
    fc.property(dossiers(), (dossier) => {
      assert.deepEqual(JSON.parse(JSON.stringify(dossier)), dossier)
      assert.equal(JSON.stringify(dossier).isWellFormed(), true)
    }),
  )
})

/** What 500 dossiers must have somewhere, or the laws would prove little. */
const rarities: Readonly<Record<string, (dossier: Dossier) => boolean>> = {
  'a language that no vendor shows': ({ organization }) => organization.language === 'de-AT',
  'a name in several languages': ({ organization }) => Object.keys(organization.name).length > 2,
  'two equal e-mail addresses': ({ organization: { emails } }) =>
    new Set(emails.map(({ address }) => address)).size < emails.length,
  'more than five phones': ({ organization }) => organization.phones.length > 5,
  'a fax': ({ organization }) => organization.phones.some(({ kind }) => kind === 'fax'),
  'a labelled phone': ({ organization }) => organization.phones.some(({ label }) => label !== undefined),
  'a website and a contact link': ({ organization: { links } }) =>
    new Set(links.map(({ kind }) => kind)).size === 2,
  'a link without a scheme': ({ organization }) =>
    organization.links.some(({ uri }) => uri.startsWith('www.')),
  'a blank department': ({ organization }) => organization.department === '',
  'text beyond the Basic Multilingual Plane': ({ organization }) =>
    /[\u{10000}-\u{10ffff}]/u.test(Object.values(organization.name).join('')),
  'text of more than 2,047 characters': ({ organization }) => (organization.note?.length ?? 0) > 2_047,
  'an address that lacks its city': ({ organization }) =>
    Object.values(organization.addresses.street ?? {}).some(({ city }) => city === undefined),
  'a postal address': ({ organization }) => organization.addresses.postal !== undefined,
  'one person with two roles': ({ organization: { roles } }) =>
    new Set(Object.values(roles)).size < Object.keys(roles).length,
  'a person without a role': ({ organization: { roles }, people }) =>
    people.some(({ id }) => !Object.values(roles).includes(id)),
  'a person with components': ({ people }) => people.some(({ name }) => name.given !== undefined),
  'a person without components': ({ people }) => people.some(({ name }) => name.given === undefined),
  'a person without a name': ({ people }) => people.some(({ name }) => name.full === ''),
  'a deleted organization': ({ organization }) => organization.state === 'deleted',
  'a facet that no dialect knows': ({ organization }) => 'elsewhere' in organization.facets,
}

const sample = fc.sample(dossiers(), { numRuns: 500, seed: 1 })

for (const [rarity, is] of Object.entries(rarities)) {
  test(`500 random dossiers have ${rarity}`, () => {
    assert.ok(sample.filter(is).length >= 3)
  })
}

test('the people are those that a lens loads', () => {
  const [none] = fc.sample(dossiers({ people: 'none' }), 1)
  const holders = fc.sample(dossiers({ people: 'role-holders' }), 50)
  assert.deepEqual(none?.people, [])
  assert.ok(
    holders.every(({ organization, people }) =>
      people.every(({ id }) => Object.values(organization.roles).includes(id)),
    ),
  )
  assert.ok(fc.sample(dossiers({ people: 'focus' }), 50).every(({ people }) => people.length <= 1))
})

test('a dialect adds its own facets', () => {
  const own = {
    organization: ({ emails }: Dossier['organization']) =>
      hides(emails, ({ address }) => address).map((hidden) => ({ hides: hidden })),
    person: () => fc.constant({ comment: 'x' }),
  }
  const found = fc.sample(dossiers({ dialectFacets: { own } }), { numRuns: 200, seed: 1 })
  assert.ok(
    found.some(({ organization }) => !isSame(organization.facets['own'] ?? { hides: {} }, { hides: {} })),
  )
  assert.ok(found.some(({ people }) => people[0]?.facets['own'] !== undefined))
})
