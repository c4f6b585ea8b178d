import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import type { PutContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { contact, echoOf } from '../lens/contact.ts'
import type { Dictionary } from '../wire/carriers.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { WIRE_FIELDS } from '../wire/layouts.ts'
import type { AddressInput, ContactInput, ElementInput } from '../wire.ts'
import { WHEN_ABSENT } from '../wire.ts'

/** What a client may send of a contact: mostly what it has read, with an edit here and there. */
export function randomInputs(dossier: Dossier, context: PutContext): fc.Arbitrary<ContactInput> {
  const view = contact.get(dossier, context)
  const echo = echoOf(view)
  const isNew = dossier.organization.version === 0
  const edit = <Name extends keyof ContactInput>(name: Name, values: fc.Arbitrary<ContactInput[Name]>) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(echo[name]) },
      { weight: 1, arbitrary: fc.constant(WHEN_ABSENT[name]) },
      { weight: 3, arbitrary: values },
    )
  const elements = (name: 'Emails' | 'Urls' | 'Phones' | 'Faxes', values: fc.Arbitrary<string>) =>
    edit(name, elementLists(view[name], values))
  return fc.record<ContactInput>(
    {
      Name: isNew ? texts.filter((text) => text.trim() !== '') : edit('Name', texts),
      Department: edit('Department', texts),
      OrgNr: edit('OrgNr', fc.constantFrom('BE0123456749', 'Voorbeeld', 'de', ' ', 'x'.repeat(49))),
      Number1: edit('Number1', texts),
      Number2: edit('Number2', texts),
      Emails: elements('Emails', fc.constantFrom('info@voorbeeld.example', 'nieuw@elders.example', 'rerum')),
      Interests: edit('Interests', interests),
      Urls: elements('Urls', fc.constantFrom('https://www.voorbeeld.example', 'elders.example', 'ipsa')),
      Phones: elements('Phones', fc.constantFrom('016 00 00 00', '+32 16 00 00 00', '112', 'nihil')),
      Faxes: elements('Faxes', fc.constantFrom('016 00 00 01', '0032 16 000001', 'eos')),
      Description: edit('Description', texts),
      Associate: edit('Associate', fc.constantFrom(undefined, 0, 1, 7)),
      Business: edit('Business', ids),
      Category: edit('Category', ids),
      Country: edit('Country', fc.constantFrom(undefined, 56, 528, 578, 826, 840, 250)),
      NoMailing: edit('NoMailing', fc.boolean()),
      Kananame: edit('Kananame', texts),
      Xstop: edit('Xstop', fc.boolean()),
      SupportAssociate: edit('SupportAssociate', ids),
      TicketPriority: edit('TicketPriority', ids),
      CustomerLanguage: edit('CustomerLanguage', ids),
      DbiAgentId: edit('DbiAgentId', fc.integer({ min: -5, max: 5 })),
      DbiLastSyncronized: edit('DbiLastSyncronized', dates),
      DbiKey: edit('DbiKey', texts),
      DbiLastModified: edit('DbiLastModified', dates),
      SupportPerson: edit('SupportPerson', fc.constantFrom(0, ...view.Persons.map((one) => one.PersonId))),
      Address: edit('Address', addresses(view)),
      Source: edit('Source', fc.integer({ min: -5, max: 5 })),
      Domains: edit('Domains', fc.array(fc.constantFrom('et', 'provident', 'voorbeeld.example'))),
      UserDefinedFields: edit('UserDefinedFields', editsOf(view.UserDefinedFields)),
      ExtraFields: edit('ExtraFields', editsOf(view.ExtraFields)),
      CustomFields: edit('CustomFields', editsOf(view.CustomFields)),
    },
    { noNullPrototype: true },
  )
}

/** What the dialect may have kept of an organization. */
export function randomFacets(organization: Organization): fc.Arbitrary<Facet> {
  const hidden = fc.subarray([...organization.identifiers]).map((identifiers) => {
    const entries = identifiers.map(({ scheme, value }) => [`${scheme}:${value}`, value])
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  })
  const members = {
    number1: fc.constantFrom('803666'),
    kananame: fc.constantFrom('dicta', '😀'.repeat(219)),
    noMailing: fc.constant(true),
    source: fc.constantFrom(42, -1),
    dbiLastModified: storedDates,
    associate: fc.constantFrom(0, 7),
    business: fc.constantFrom(1, 99),
    category: fc.constantFrom(2, 99),
    interests: fc.constantFrom([1], [2, 5], [3, 77]),
    domains: fc.constantFrom(['et', 'provident']),
    fields: fc.dictionary(keys, keptFields, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    hides: hidden,
    later: fc.constant('a member that a later version keeps'),
  }
  return fc
    .record(members, { requiredKeys: [], noNullPrototype: true })
    .map((facet) => Object.fromEntries(Object.entries(facet).filter(([, value]) => value !== undefined)))
}

const texts = fc.constantFrom('Voorbeeld', 'Nieuwe naam', ' ', 'é', '727497')
const ids = fc.constantFrom(undefined, 0, 1, 3, 99)
/** In October, clocks in Oslo show half past two twice. */
const TWICE = ['2020-10-25T00:30:00', '2020-10-25T01:30:00'] as const

const storedDates = fc.constantFrom(
  '1999-04-04T01:46:59',
  '2006-05-20T00:00:00',
  '0002-01-01T00:00:00',
  ...TWICE,
)

/** As their reader gives them: what a clock showed, or an instant. */
const dates = fc.oneof(storedDates, fc.constantFrom('2020-10-25T01:30:00Z', '1999-12-31T23:30:00Z'))

/** Of every kind of key; `x_` ones are extra fields. */
const keys = fc.constantFrom('SuperOffice:1', 'SuperOffice:2', 'x_kleur', 'x_datum', 'progid', 'constructor')

const fieldTexts = fc.constantFrom(
  'True',
  'False',
  '[I:0]',
  '[I:1]',
  '[D:05/05/1999 00:00:00.0000000]',
  '[DT:05/05/1999 00:00:00.0000000]',
  'Della Shields',
  '',
)

const keptFields = fc.record(
  { in: fc.constantFrom('udef', 'extra', 'custom'), value: fieldTexts },
  { noNullPrototype: true },
)

const interests = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 5, 77), fc.boolean()), { minLength: 1, maxLength: 3 })
  .map((members) => new Map(members))

function elementLists(
  shown: readonly ElementInput[],
  values: fc.Arbitrary<string>,
): fc.Arbitrary<readonly ElementInput[]> {
  const added = fc.record(
    { Value: values, Description: fc.constantFrom('', 'Onthaal') },
    { noNullPrototype: true },
  )
  return fc
    .tuple(fc.shuffledSubarray([...shown]), fc.array(added, { maxLength: 2 }))
    .map((parts) => parts.flat())
}

/** One form edited: two forms that disagree say what changes, not what to be. */
function addresses(view: ContactEntity): fc.Arbitrary<AddressInput> {
  const { LocalizedAddress = {}, Street, Postal } = echoOf(view).Address ?? {}
  const values = fc.constantFrom('', 'Kade 3', '9000', 'Gent', 'x'.repeat(100))
  const edits = (names: readonly string[]) => fc.tuple(fc.subarray([...names]), values)
  const lines = (form: Dictionary = {}) =>
    edits(WIRE_FIELDS).map(([names, value]) =>
      Object.fromEntries(
        WIRE_FIELDS.map((field) => [field, names.includes(field) ? value : (form[field] ?? '')]),
      ),
    )
  const localized = edits(Object.keys(LocalizedAddress)).map(([names, value]) =>
    Object.fromEntries(
      Object.entries(LocalizedAddress).map(([name, { Value, ValueLength }]) => [
        name,
        { Value: names.includes(name) ? value : Value, ValueLength },
      ]),
    ),
  )
  const coordinates = fc.record(
    {
      Wgs84Latitude: fc.constantFrom(undefined, 0, 50.5),
      Wgs84Longitude: fc.constantFrom(undefined, 0, 4.7),
    },
    { noNullPrototype: true },
  )
  const forms = fc.oneof(
    fc.record({ LocalizedAddress: localized }, { noNullPrototype: true }),
    fc.record({ Street: lines(Street), Postal: lines(Postal) }, { requiredKeys: [], noNullPrototype: true }),
  )
  return fc.tuple(forms, coordinates).map(([form, position]) => ({ ...form, ...position }))
}

/** A few keys of a dictionary, and some of one's own. Keys of other dictionaries may come along. */
function editsOf(shown: Dictionary): fc.Arbitrary<Dictionary> {
  const own = fc.dictionary(keys, fieldTexts, { maxKeys: 1, noNullPrototype: true })
  return fc
    .tuple(fc.subarray(Object.keys(shown)), own)
    .map(([kept, added]) => ({ ...Object.fromEntries(kept.map((key) => [key, shown[key] ?? ''])), ...added }))
}
