import fc from 'fast-check'
import type { Addresses } from '../address.ts'
import type { Email, Image, Label, Link, Phone } from '../items.ts'
import type { Organization, Translations } from '../organization.ts'
import type { Person, PersonName } from '../person.ts'
import {
  addressValues,
  blankableProse,
  languages,
  mailAddresses,
  phoneNumbers,
  plainRecord,
  prose,
  uris,
  words,
} from './random-values.ts'
import { REGISTERED_LABELS, uuid } from './records.ts'

export const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })

/** Without the members that are undefined. */
function present<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const kept = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(kept) as { [Key in keyof T]: Exclude<T[Key], undefined> }
}

/** A list with the id `N-1` for its first member, `N-2` for the next. */
function listOf<T extends object>(
  version: number,
  member: fc.Arbitrary<T>,
  maxLength = 4,
): fc.Arbitrary<(T & { id: string })[]> {
  return fc
    .array(member, { maxLength, size: 'max' })
    .map((members) => members.map((value, at) => ({ id: `${version}-${at + 1}`, ...present(value) })))
}

const emails = (version: number): fc.Arbitrary<Email[]> =>
  listOf(version, plainRecord({ address: mailAddresses, label: optional(blankableProse) })) as fc.Arbitrary<
    Email[]
  >

/** Often more than the five that a vendor has room for. */
const phones = (version: number, extension: fc.Arbitrary<string | undefined>): fc.Arbitrary<Phone[]> =>
  listOf(
    version,
    plainRecord({
      number: phoneNumbers,
      kind: fc.constantFrom('voice', 'voice', 'mobile', 'fax'),
      label: optional(blankableProse),
      extension,
    }),
    8,
  ) as fc.Arbitrary<Phone[]>

const links: fc.Arbitrary<Link[]> = fc
  .tuple(listOf(3, plainRecord({ uri: uris, label: optional(blankableProse) })), fc.nat(4))
  .map(([items, website]) =>
    items.map((item, at) => ({ ...item, kind: at === website ? 'website' : 'contact' }) as Link),
  )

const anyImages = listOf(
  4,
  plainRecord({
    file: fc.constantFrom(uuid(501), uuid(502), uuid(503)),
    mediaType: optional(fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
    description: optional(prose),
    copyrightHolder: optional(prose),
    language: optional(languages),
  }),
  3,
) as fc.Arbitrary<Image[]>

/** An organization has a file once. */
const images = anyImages.map((all) =>
  all.filter(({ file }, at) => all.findIndex((image) => image.file === file) === at),
)

const labels: fc.Arbitrary<Label[]> = fc
  .tuple(fc.shuffledSubarray([...REGISTERED_LABELS]), fc.boolean())
  .map(([chosen, imported]) => chosen.map(({ name }) => ({ name, imported })))

/** Never blank in `main`. */
const names = (main: string): fc.Arbitrary<Translations> =>
  fc
    .tuple(prose, fc.dictionary(languages, prose, { maxKeys: 4 }), fc.boolean())
    .map(([text, others, isFirst]) => {
      const { [main]: _, ...rest } = others
      return isFirst ? { [main]: text, ...rest } : { ...rest, [main]: text }
    })

const addressMaps = fc
  .dictionary(languages, addressValues, { minKeys: 1, maxKeys: 3 })
  .map((map) => ({ ...map }))

const addresses: fc.Arbitrary<Addresses> = plainRecord({
  street: optional(addressMaps),
  postal: optional(addressMaps),
  coordinates: optional(
    plainRecord({
      latitude: fc.constantFrom(0, 50.879844, -90, 90),
      longitude: fc.constantFrom(0, 4.700518, -180, 180),
    }),
  ),
}).map((value) => present(value) as Addresses)

const personNames: fc.Arbitrary<PersonName> = fc.oneof(
  plainRecord({
    full: fc.oneof(words, fc.constantFrom('', ' ', 'Madonna', ' Ann  Peeters ', 'Ann De Smet'), prose),
  }),
  plainRecord({
    given: words,
    middle: optional(words),
    family: words,
    prefix: optional(fc.constantFrom('Dr.', 'Mevr.')),
  }).map((parts) => {
    const { given, middle, family } = parts
    return {
      full: [given, middle, family].filter((text) => text !== undefined).join(' '),
      ...present(parts),
    }
  }),
  // Components that do not make up the full name: an API that has both may have been sent anything.
  plainRecord({ full: words, given: prose, family: blankableProse }),
  plainRecord({ full: words, family: words }),
)

/** The parts of an organization but its state, roles and facets. */
export const organizationParts: fc.Arbitrary<Partial<Organization>> = languages.chain((language) =>
  plainRecord({
    language: fc.constant(language),
    name: names(language),
    department: optional(blankableProse),
    identifiers: fc.array(plainRecord({ scheme: fc.constantFrom('vat', 'kbo', 'duns'), value: words }), {
      maxLength: 3,
    }),
    emails: emails(1),
    phones: phones(2, fc.constant(undefined)),
    links,
    addresses,
    description: fc.dictionary(languages, prose, { maxKeys: 3 }).map((map) => ({ ...map })),
    note: optional(blankableProse),
    labels,
    images,
    contributors: fc.uniqueArray(mailAddresses, { maxLength: 3 }),
    public: optional(fc.boolean()),
  }).map((parts) => present(parts) as Partial<Organization>),
)

/** The parts of a person; those with facets have one that no dialect knows. */
export const personParts: fc.Arbitrary<Partial<Person>> = plainRecord({
  name: personNames,
  emails: emails(1),
  phones: phones(2, optional(fc.constantFrom('10', '', '1234567890', 'x'.repeat(33)))),
  title: optional(blankableProse),
  note: optional(blankableProse),
  language: optional(languages),
  notifyAt: optional(fc.constantFrom('2024-06-01T00:00:00.000Z', '2031-12-31T23:59:59.999Z')),
  facets: fc.constantFrom({}, { elsewhere: { kept: true } }),
}).map((parts) => present(parts) as Partial<Person>)
