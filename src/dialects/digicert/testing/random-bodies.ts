import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import { dossiers, hides } from '../../../core/testing/random-records.ts'
import { lengthOf } from '../../../core/text.ts'
import { VERIFIED_IDS_ABOVE } from '../wire/validations.ts'
import type { ContactFields, OrganizationInput } from '../wire.ts'
import { BOTH_NAMES_LIMIT, EMAIL_FORM, LIMITS } from '../wire.ts'
import { storedValidations } from './random-validations.ts'

/** Dossiers with what DigiCert keeps in its facets. */
export function digicertDossiers(): fc.Arbitrary<Dossier> {
  const numberOf = ({ number }: { number: string }) => number
  return dossiers({
    dialectFacets: {
      digicert: {
        organization: ({ phones }) =>
          present({
            assumedName: texts(30),
            hides: hides(phones, numberOf),
            validations: storedValidations,
            lastVerified: fc.constant(VERIFIED_IDS_ABOVE + 50),
          }) as fc.Arbitrary<Facet>,
        person: ({ phones, language }) =>
          present({
            extension: texts(LIMITS.telephone_extension),
            hides: hides(phones, numberOf),
            language: fc
              .tuple(fc.constantFrom(2, 7), fc.constantFrom(language, 'nl', undefined))
              .map(([id, beside]) => ({ id, ...(beside !== undefined && { beside }) })),
          }) as fc.Arbitrary<Facet>,
      },
    },
  })
}

/** Whether a client could send this: what a record lacks is shown in a form that is no valid input. */
export function isValidContact(contact: ContactFields | 'removed' | undefined): boolean {
  if (contact === undefined || contact === 'removed') return true
  return EMAIL_FORM.test(contact.email) && contact.first_name.trim() !== '' && contact.last_name.trim() !== ''
}

/** A contact with nothing in it that was there, save perhaps one of `numbers`. */
export function newContacts(numbers: readonly string[]): fc.Arbitrary<ContactFields> {
  return fc
    .tuple(
      fc.record({
        first_name: fc.oneof(texts(LIMITS.first_name), fc.constant('-')),
        last_name: fc.oneof(texts(LIMITS.last_name), fc.constantFrom('De Smet', ' Madonna ', '-')),
        email: emails,
      }),
      optionalFields(numbers),
    )
    .map(([triple, optional]) => ({ ...triple, ...optional }))
}

/** The contact with some of its members replaced, or left out; often still the same person. */
export function contactEdits(
  contact: ContactFields,
  numbers: readonly string[],
): fc.Arbitrary<ContactFields> {
  const { first_name, last_name, email, ...current } = contact
  const names = Object.keys(current)
  const kept = fc
    .subarray(names)
    .map((chosen) => Object.fromEntries(Object.entries(current).filter(([name]) => chosen.includes(name))))
  const triple = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ first_name, last_name, email }) },
    emails.map((other) => ({ first_name, last_name, email: other })),
  )
  return fc
    .tuple(triple, kept, fc.oneof(fc.constant({}), optionalFields(numbers)))
    .map(([who, some, others]) => ({ ...who, ...some, ...others }))
}

/** The organization with some of its members replaced. What may be absent may go; what must not be missing is sent. */
export function organizationEdits(echo: OrganizationInput): fc.Arbitrary<OrganizationInput> {
  const required = {
    name: texts(30),
    address: texts(LIMITS.address),
    city: texts(LIMITS.city),
    state: texts(LIMITS.state),
    zip: fc.constantFrom('3000', 'SW1A 1AA', '9'.repeat(LIMITS.zip)),
    country: fc.constantFrom('be', 'nl', 'us'),
  }
  const names = Object.keys(required) as (keyof typeof required)[]
  const missing = names.filter((name) => echo[name] === '')
  const edits = fc.record(required, { requiredKeys: missing })
  const others = present({
    assumed_name: texts(30),
    address2: texts(LIMITS.address2),
    telephone: fc.constantFrom('016 00 00 00', '0'.repeat(LIMITS.telephone)),
  })
  const { assumed_name, address2, telephone, ...rest } = echo
  const current = Object.entries({ assumed_name, address2, telephone })
  return fc
    .tuple(fc.subarray(current.filter(([, value]) => value !== undefined)), edits, others)
    .map(
      ([kept, some, more]) =>
        ({ ...rest, ...Object.fromEntries(kept), ...some, ...more }) as OrganizationInput,
    )
    .filter(
      ({ name, assumed_name: assumed }) =>
        assumed === undefined || lengthOf(name) + lengthOf(assumed) <= BOTH_NAMES_LIMIT,
    )
}

const emails = fc.constantFrom(
  'ann@voorbeeld.example',
  'ANN@voorbeeld.example',
  'x@y',
  `${'l'.repeat(242)}@mail.example`,
)

function optionalFields(numbers: readonly string[]): fc.Arbitrary<Partial<ContactFields>> {
  const shown = numbers.filter((number) => number !== '' && lengthOf(number) <= LIMITS.telephone)
  return present({
    job_title: texts(LIMITS.job_title),
    telephone: fc.constantFrom('016 00 00 10', '+32 16 00 00 10', '1'.repeat(LIMITS.telephone), ...shown),
    telephone_extension: texts(LIMITS.telephone_extension),
    language_id: fc.constantFrom(1, 2, 7, Number.MAX_SAFE_INTEGER),
  })
}

/** Text that is not blank, often just as long as it may be. */
function texts(limit: number): fc.Arbitrary<string> {
  return fc
    .constantFrom('x', 'De Zaak', '-', ' padded ', 'x'.repeat(limit), '😀'.repeat(limit))
    .map((text) => (lengthOf(text) > limit ? 'x' : text))
}

/** Some of the members. */
function present<T extends object>(
  members: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
): fc.Arbitrary<Partial<T>> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>
}
