import type { Api, Json } from './apis.ts'
import type { Facts } from './facts.ts'

const CARD = '/v1/organizations/1'

/** A Card shows a name as it was written: whole, or in components. */
const fullName = ({ full, components }: Json): Json =>
  full ?? components.map(({ value }: Json) => value).join(' ')

const labelsOf = (map: Json, value: string): Json =>
  Object.values(map ?? {}).map((item: Json) => [item[value], item.label ?? ''])

const numbersOf = ({ phones }: Json, isFax: boolean): Json =>
  Object.values(phones ?? {})
    .filter(({ features }: Json) => (features.fax === true) === isFax)
    .map(({ number, label }: Json) => [number, label ?? ''])

const cardAddress = ({ line, city, postalCode }: Facts['street']): Json => ({
  components: [
    { kind: 'name', value: line },
    { kind: 'locality', value: city },
    { kind: 'region', value: 'Vlaams-Brabant' },
    { kind: 'postcode', value: postalCode },
  ],
  countryCode: 'BE',
})

export const native: Api = {
  name: 'native',
  headers: async () => ({ Authorization: 'Bearer demo-api-key' }),
  read: async (send) => ({
    card: await send('GET', CARD),
    people: (await send('GET', `${CARD}/people`)).items,
  }),
  excerptOf: ({ card, people }) => ({
    name: card.name.full,
    frenchName: card.localizations.fr['name/full'],
    department: card.organizations.department.units[0].name,
    note: card['polydex:note'],
    description: card.notes.description.note,
    emails: labelsOf(card.emails, 'address'),
    phones: numbersOf(card, false),
    faxes: numbersOf(card, true),
    links: labelsOf(card.links, 'uri'),
    street: card.addresses.street,
    frenchStreet: card.localizations.fr['addresses/street'],
    people: people.map((person: Json) => [
      person['polydex:number'],
      fullName(person.name),
      labelsOf(person.emails, 'address').map(([address]: Json) => address),
      Object.values(person.phones ?? {}).map((phone: Json) => [
        phone.number,
        phone['polydex:extension'] ?? '',
      ]),
      person.titles?.title.name ?? '',
    ]),
    roles: Object.fromEntries(
      people.flatMap((person: Json) =>
        Object.keys(card.relatedTo[person.uid]?.relation ?? {}).map((role) => [
          role,
          person['polydex:number'],
        ]),
      ),
    ),
  }),
  shown: (facts) => ({
    name: facts.name,
    frenchName: facts.frenchName,
    department: facts.department,
    note: facts.note,
    description: facts.description,
    emails: facts.emails.map(({ value, label }) => [value, label]),
    phones: facts.phones.map(({ value, label }) => [value, label]),
    faxes: facts.faxes.map(({ value, label }) => [value, label]),
    links: [[facts.website, ''], ...facts.links.map(({ value, label }) => [value, label])],
    street: cardAddress(facts.street),
    frenchStreet: cardAddress(facts.frenchStreet),
    people: facts.people.map(({ number, first, last, email, phones, title }) => [
      number,
      `${first} ${last}`,
      email === '' ? [] : [email],
      phones.map(({ value, extension }) => [value, extension]),
      title,
    ]),
    roles: {
      'polydex:organization-contact': facts.officer,
      'polydex:technical-contact': facts.technician,
      'polydex:primary-contact': facts.primary,
    },
  }),
  async echo(send, { card, people }) {
    await send('PUT', CARD, card)
    for (const person of people) await send('PUT', `/v1/people/${person['polydex:number']}`, person)
  },
}
