import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import type { Hides } from '../../../core/hides.ts'
import type { Organization } from '../../../core/organization.ts'
import { dossiers, hides } from '../../../core/testing/random-records.ts'
import type { CompanyInput } from '../wire/company.ts'
import { COMPANY_TYPES } from '../wire/company.ts'
import type { ContactInput } from '../wire/contact.ts'
import { LIMITS } from '../wire.ts'

/** Dossiers that Kare sees, with what it keeps in its facets. */
export function kareDossiers(): fc.Arbitrary<Dossier> {
  return dossiers({
    states: ['active', 'inactive'],
    dialectFacets: {
      kare: { organization: companyFacets, person: (one) => hidden(one).map((hides) => ({ hides })) },
    },
  })
}

/** What stands beside a version of a part, which may have changed since. */
function companyFacets(organization: Organization): fc.Arbitrary<Facet> {
  const stamped = (part: string) => fc.constantFrom(organization.changed[part]?.version ?? 0, 1)
  const ids = fc.uniqueArray(fc.integer({ min: -1, max: 9 }), { minLength: 1, maxLength: 3 })
  return fc
    .record(
      {
        type: fc.constantFrom(1, 2, 3),
        archivedAt: fc.constant('2024-03-04T05:06:07.089Z'),
        archivedState: stamped('state'),
        location: fc.record(
          { text: fc.constantFrom(null, '', 'Achter de kerk'), addresses: stamped('addresses') },
          { noNullPrototype: true },
        ),
        establishmentIds: ids,
        technicalInstallationIds: ids,
        labelIds: ids,
        hides: hidden(organization),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((facet) => facet as Facet)
}

function hidden({ emails, phones }: Pick<Organization, 'emails' | 'phones'>): fc.Arbitrary<Hides> {
  return fc
    .tuple(
      hides(emails, ({ address }: { address: string }) => address),
      hides(phones, ({ number }: { number: string }) => number),
    )
    .map((both) => Object.assign({}, ...both) as Hides)
}

/** A company as it was read, with some of its members replaced. */
export function companyInputs(read: CompanyInput, numbers: readonly string[]): fc.Arbitrary<CompanyInput> {
  const someIds = (own: readonly number[]) =>
    fc
      .tuple(fc.shuffledSubarray([...own]), fc.array(fc.integer({ min: -2, max: 9 }), { maxLength: 4 }))
      .map(([kept, added]) => [...kept, ...added])
  const { email, phones } = read
  const reach = contactInputs({ notify: false, name: '', email, phones, comment: null }, numbers)
  const edits = fc.record(
    {
      name: texts(LIMITS.name),
      type: fc.constantFrom(...COMPANY_TYPES),
      location: fc.option(texts(LIMITS.location), { nil: null }),
      comment: fc.option(texts(LIMITS.comment), { nil: null }),
      establishmentIds: someIds(read.establishmentIds),
      technicalInstallationIds: someIds(read.technicalInstallationIds),
      labelIds: someIds(read.labelIds),
    },
    { requiredKeys: [] },
  )
  return fc
    .tuple(reach, edits)
    .map(([sent, some]) => ({ ...read, email: sent.email, phones: sent.phones, ...some }))
}

/** A contact as it was read, with some of its members replaced; phones are also moved, dropped, and taken from `numbers`. */
export function contactInputs(read: ContactInput, numbers: readonly string[]): fc.Arbitrary<ContactInput> {
  const own = numbers.filter((number) => number.length <= LIMITS.phone)
  const fresh = fc.constantFrom(
    '',
    'na 18 uur',
    '016 00 00 00',
    '+32 16 00 00 01',
    '9'.repeat(LIMITS.phone),
    ...own,
  )
  const phones = fc
    .tuple(fc.shuffledSubarray([...read.phones]), fc.array(fresh, { maxLength: LIMITS.phones }))
    .map(([kept, added]) => [...kept, ...added].slice(0, LIMITS.phones))
  const edits = fc.record(
    {
      notify: fc.boolean(),
      name: texts(LIMITS.name),
      email: fc.constantFrom(null, 'ann@elders.example', 'info@voorbeeld.example', longEmail),
      phones,
      comment: fc.option(texts(LIMITS.comment), { nil: null }),
    },
    { requiredKeys: [] },
  )
  return edits.map((some) => ({ ...read, ...some }))
}

const longEmail = `${'l'.repeat(LIMITS.email - '@mail.example'.length)}@mail.example`

/** Any text up to `limit` UTF-16 units, the empty one included. */
function texts(limit: number): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    'x',
    'Ann Peeters',
    'Peeters Ann',
    ' padded ',
    'x'.repeat(limit),
    '😀'.repeat(limit / 2),
  )
}
