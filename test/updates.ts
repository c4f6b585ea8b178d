import type { Json, Send } from './apis.ts'
import type { Labelled, PersonFacts } from './facts.ts'
import { personWith, withPerson } from './facts.ts'
import { NATIVE_UPDATES } from './native-updates.ts'
import type { Update } from './update.ts'
import { made, next, pick } from './update.ts'

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACT = '/api/v1/Contact/1'
const CONTACTS = '/services/v2/organization/1/contact'
const COMPANY = '/companies/v2/rs/1'

/** Some of a list in another order: what a client that sorts and prunes would send. */
function stirred<T>(items: readonly T[], choice: number): readonly T[] {
  const kept = items.filter((_, at) => ((choice >> at) & 1) === 0)
  return choice % 3 === 0 ? kept.toReversed() : kept
}

/** A client of SuperOffice that reads a contact, edits it and writes all of it. */
async function editContact(send: Send, edit: (contact: Json) => void): Promise<void> {
  const contact = await send('GET', CONTACT)
  edit(contact)
  await send('PUT', CONTACT, contact)
}

async function editOrganizer(send: Send, edit: (document: Json) => void): Promise<void> {
  const document = await send('GET', ORGANIZER)
  edit(document)
  await send('PUT', ORGANIZER, document)
}

const toElements = (items: readonly Labelled[]): Json =>
  items.map(({ value, label }) => ({ Value: value, Description: label }))

const contactBody = (person: PersonFacts, type: string): Json => ({
  contact_type: type,
  first_name: person.first,
  last_name: person.last,
  email: person.email,
  ...(person.title !== '' && { job_title: person.title }),
  ...(person.phones[0] !== undefined && { telephone: person.phones[0].value }),
  ...(person.phones[0]?.extension && { telephone_extension: person.phones[0].extension }),
  ...(person.languageId !== 0 && { language_id: String(person.languageId) }),
})

export const UPDATES: readonly Update[] = [
  ...NATIVE_UPDATES,
  {
    api: 'uitdatabank',
    does: 'replaces the contact point',
    async run(send, facts, choice) {
      const n = next(facts)
      const emails = [...stirred(facts.emails, choice), { value: made.email(n), label: '' }]
      const phones = [
        { value: made.phone(n), label: '', isVoice: true },
        ...stirred(facts.phones, choice >> 2),
      ]
      const links = [...stirred(facts.links, choice >> 1), { value: made.uri(n), label: '' }]
      const valuesOf = (items: readonly Labelled[]) => items.map(({ value }) => value)
      const body = { email: valuesOf(emails), phone: valuesOf(phones), url: valuesOf(links) }
      await send('PUT', `${ORGANIZER}/contact-point`, body)
      return { ...facts, emails, phones, links, madeUp: n }
    },
  },
  {
    api: 'uitdatabank',
    does: 'changes names and description',
    async run(send, facts) {
      const n = next(facts)
      const [name, frenchName, description] = [made.text(n), `Texte ${n}`, `Uitleg ${n}`]
      await editOrganizer(send, (document) => {
        document.name = { nl: name, fr: frenchName }
        document.description = { nl: description }
      })
      return { ...facts, name, frenchName, description, madeUp: n }
    },
  },
  {
    api: 'uitdatabank',
    does: 'moves to another website',
    async run(send, facts) {
      const n = next(facts)
      await editOrganizer(send, (document) => {
        document.url = made.uri(n)
      })
      return { ...facts, website: made.uri(n), madeUp: n }
    },
  },
  {
    api: 'uitdatabank',
    does: 'changes the French address',
    async run(send, facts) {
      const n = next(facts)
      await editOrganizer(send, (document) => {
        document.address.fr.streetAddress = `Rue ${n}`
      })
      return { ...facts, frenchStreet: { ...facts.frenchStreet, line: `Rue ${n}` }, place: '', madeUp: n }
    },
  },
  {
    api: 'superoffice',
    does: 'changes name, department and note',
    async run(send, facts) {
      const n = next(facts)
      const [name, department, note] = [made.text(n), `Dienst ${n}`, `Nota ${n}`]
      await editContact(send, (contact) =>
        Object.assign(contact, { Name: name, Department: department, Description: note }),
      )
      return { ...facts, name, department, note, madeUp: n }
    },
  },
  {
    api: 'superoffice',
    does: 'labels a phone and adds one',
    async run(send, facts, choice) {
      const n = next(facts)
      const chosen = facts.phones.length === 0 ? -1 : choice % facts.phones.length
      const labelled = facts.phones.map((item, at) =>
        at === chosen ? { ...item, label: `Label ${n}` } : item,
      )
      const phones = [...labelled, { value: made.phone(n), label: 'Nieuw', isVoice: true }]
      await editContact(send, (contact) => Object.assign(contact, { Phones: toElements(phones) }))
      return { ...facts, phones, madeUp: n }
    },
  },
  {
    api: 'superoffice',
    does: 'sorts and prunes e-mail addresses, and labels the new one',
    async run(send, facts, choice) {
      const n = next(facts)
      const emails = [{ value: made.email(n), label: `Label ${n}` }, ...stirred(facts.emails, choice)]
      await editContact(send, (contact) => Object.assign(contact, { Emails: toElements(emails) }))
      return { ...facts, emails, madeUp: n }
    },
  },
  {
    api: 'superoffice',
    does: 'adds a fax and a link',
    async run(send, facts, choice) {
      const n = next(facts)
      const faxes = [...stirred(facts.faxes, choice), { value: made.phone(n), label: `Fax ${n}` }]
      const links = [...facts.links, { value: made.uri(n), label: `Link ${n}` }]
      const urls = [{ value: facts.website, label: '' }, ...links]
      await editContact(send, (contact) =>
        Object.assign(contact, { Faxes: toElements(faxes), Urls: toElements(urls) }),
      )
      return { ...facts, faxes, links, madeUp: n }
    },
  },
  {
    api: 'superoffice',
    does: 'changes the street',
    async run(send, facts) {
      const n = next(facts)
      await editContact(send, ({ Address }) =>
        Object.assign(Address.Street, { Address1: `Straat ${n}`, City: `Stad ${n}` }),
      )
      const street = { ...facts.street, line: `Straat ${n}`, city: `Stad ${n}` }
      return { ...facts, street, place: '', madeUp: n }
    },
  },
  {
    api: 'digicert',
    does: 'updates a contact in place',
    async run(send, facts, choice) {
      const n = next(facts)
      const [type, number] = pick(
        [
          ['organization_contact', facts.officer],
          ['technical_contact', facts.technician],
        ] as const,
        choice,
      )
      const person = personWith(facts, number)
      const phones = [{ value: made.phone(n), extension: String(n) }, ...person.phones.slice(1)]
      const updated: PersonFacts = { ...person, title: made.text(n), phones, languageId: 2 }
      await send('PUT', CONTACTS, { contacts: [contactBody(updated, type)] })
      return { ...withPerson(facts, updated), madeUp: n }
    },
  },
  {
    api: 'digicert',
    does: 'replaces the organization contact by somebody new',
    async run(send, facts) {
      const n = next(facts)
      const number = Math.max(...facts.people.map((person) => person.number)) + 1
      const person: PersonFacts = {
        number,
        first: made.word(n),
        last: 'Nieuwenhuis',
        email: made.email(n),
        phones: [{ value: made.phone(n), extension: '' }],
        title: '',
        comment: '',
        languageId: 0,
      }
      await send('PUT', CONTACTS, { contacts: [contactBody(person, 'organization_contact')] })
      return { ...withPerson(facts, person), officer: number, madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'comments on somebody',
    async run(send, facts, choice) {
      const n = next(facts)
      const person = { ...pick(facts.people, choice), comment: made.text(n) }
      await send('PATCH', `${COMPANY}/contacts/${person.number}`, { notify: false, comment: person.comment })
      return { ...withPerson(facts, person), madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'renames somebody and gives them another address',
    async run(send, facts, choice) {
      const n = next(facts)
      const person = {
        ...pick(facts.people, choice),
        first: made.word(n),
        last: `Naam${n}`,
        email: made.email(n),
      }
      const { first, last, email } = person
      await send('PATCH', `${COMPANY}/contacts/${person.number}`, {
        notify: false,
        name: `${first} ${last}`,
        email,
      })
      return { ...withPerson(facts, person), madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'gives somebody another phone and keeps the others',
    async run(send, facts, choice) {
      const n = next(facts)
      const chosen = pick(facts.people, choice)
      const kept = stirred(chosen.phones, choice >> 3).slice(0, 4)
      const person = { ...chosen, phones: [...kept, { value: made.phone(n), extension: '' }] }
      const phones = person.phones.map(({ value }) => value)
      await send('PATCH', `${COMPANY}/contacts/${person.number}`, { notify: false, phones })
      return { ...withPerson(facts, person), madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'renames the company and notes something',
    async run(send, facts) {
      const n = next(facts)
      const [name, note] = [made.text(n), `Nota ${n}`]
      await send('PATCH', COMPANY, { name, comment: note })
      return { ...facts, name, note, madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'calls the place otherwise',
    async run(send, facts) {
      const n = next(facts)
      await send('PATCH', COMPANY, { location: `Bij ${n}` })
      return { ...facts, place: `Bij ${n}`, madeUp: n }
    },
  },
  {
    api: 'kare',
    does: 'reaches the company otherwise, which is its primary contact',
    async run(send, facts, choice) {
      const n = next(facts)
      const primary = personWith(facts, facts.primary)
      const kept = stirred(primary.phones, choice).slice(0, 4)
      const person = {
        ...primary,
        email: made.email(n),
        phones: [...kept, { value: made.phone(n), extension: '' }],
      }
      const phones = person.phones.map(({ value }) => value)
      await send('PATCH', COMPANY, { email: person.email, phones })
      return { ...withPerson(facts, person), madeUp: n }
    },
  },
]
