import type { Facts, PersonFacts } from './facts.ts'
import { personWith } from './facts.ts'
import { native } from './native-api.ts'

/** Sends one request and gives the parsed body. @throws Error when the status is not 2xx */
export type Send = (method: string, path: string, body?: unknown, mediaType?: string) => Promise<Json>

// biome-ignore lint/suspicious/noExplicitAny: replies of five vendors, looked at member by member
export type Json = any

/** One API as the crossing test knows it. Adding a dialect to the test = one of these and its updates. */
export interface Api {
  readonly name: string
  /** Headers of every request. */
  headers(baseUrl: string): Promise<Readonly<Record<string, string>>>
  /** Everything that it shows of the first organization, times included. */
  read(send: Send): Promise<Json>
  /** What of it the facts determine. */
  excerptOf(view: Json): Json
  /** What it must show, given the facts. */
  shown(facts: Facts): Json
  /** Writes back what was read. */
  echo(send: Send, view: Json): Promise<void>
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACT = '/api/v1/Contact/1'
const ORGANIZATION = '/services/v2/organization/1'
const COMPANY = '/companies/v2/rs/1'

const uitdatabankAddress = ({ line, city, postalCode }: Facts['street']) => ({
  addressCountry: 'BE',
  addressLocality: city,
  postalCode,
  streetAddress: line,
})

const uitdatabank: Api = {
  name: 'uitdatabank',
  headers: async () => ({ Authorization: 'Bearer demo-token' }),
  read: (send) => send('GET', ORGANIZER),
  excerptOf: ({ name, url, contactPoint, address, description }) => ({
    name,
    url,
    contactPoint,
    address,
    description,
  }),
  shown: ({ name, frenchName, website, description, phones, emails, links, street, frenchStreet }) => ({
    name: { nl: name, fr: frenchName },
    url: website,
    contactPoint: {
      phone: phones.map(({ value }) => value),
      email: emails.map(({ value }) => value),
      url: links.map(({ value }) => value),
    },
    address: { nl: uitdatabankAddress(street), fr: uitdatabankAddress(frenchStreet) },
    description: { nl: description },
  }),
  echo: (send, view) => send('PUT', ORGANIZER, view),
}

const elements = (listed: Json): Json => listed.map(({ Value, Description }: Json) => [Value, Description])

const superoffice: Api = {
  name: 'superoffice',
  headers: async () => ({ Authorization: `Basic ${btoa('demo:demo1234')}` }),
  read: (send) => send('GET', CONTACT),
  excerptOf: (view) => ({
    Name: view.Name,
    Department: view.Department,
    OrgNr: view.OrgNr,
    Description: view.Description,
    Emails: elements(view.Emails),
    Phones: elements(view.Phones),
    Faxes: elements(view.Faxes),
    Urls: elements(view.Urls),
    Street: [view.Address.Street.Address1, view.Address.Street.Zipcode, view.Address.Street.City],
    Persons: view.Persons.map(({ PersonId, Firstname, Lastname, Email, Title }: Json) => [
      PersonId,
      Firstname,
      Lastname,
      Email,
      Title,
    ]),
  }),
  shown: (facts) => ({
    Name: facts.name,
    Department: facts.department,
    OrgNr: 'BE0123456749',
    Description: facts.note,
    Emails: facts.emails.map(({ value, label }) => [value, label]),
    Phones: facts.phones.map(({ value, label }) => [value, label]),
    Faxes: facts.faxes.map(({ value, label }) => [value, label]),
    Urls: [[facts.website, ''], ...facts.links.map(({ value, label }) => [value, label])],
    Street: [facts.street.line, facts.street.postalCode, facts.street.city],
    Persons: facts.people.map(({ number, first, last, email, title }) => [number, first, last, email, title]),
  }),
  echo: (send, view) => send('PUT', CONTACT, view),
}

/** What DigiCert shows of a person: no member for what is not there. */
const digicertContact = ({ number, first, last, email, title, phones, languageId }: PersonFacts): Json => ({
  id: number,
  first_name: first,
  last_name: last,
  email,
  ...(title !== '' && { job_title: title }),
  ...(phones[0] !== undefined && { telephone: phones[0].value }),
  ...(phones[0] !== undefined && phones[0].extension !== '' && { telephone_extension: phones[0].extension }),
  ...(languageId !== 0 && { language_id: languageId }),
})

const digicert: Api = {
  name: 'digicert',
  headers: async () => ({ 'X-DC-DEVKEY': 'demo-api-key' }),
  read: (send) => send('GET', ORGANIZATION),
  excerptOf: ({ container: _, display_name: __, id: ___, status: ____, is_active: _____, ...view }) => view,
  shown: (facts) => {
    const telephone = facts.phones.find(({ isVoice }) => isVoice)?.value
    return {
      name: facts.name,
      address: facts.street.line,
      city: facts.street.city,
      state: 'Vlaams-Brabant',
      zip: facts.street.postalCode,
      country: 'be',
      ...(telephone !== undefined && { telephone }),
      organization_contact: digicertContact(personWith(facts, facts.officer)),
      technical_contact: digicertContact(personWith(facts, facts.technician)),
    }
  },
  echo: (send, { organization_contact, technical_contact }) =>
    send('PUT', `${ORGANIZATION}/contact`, {
      contacts: [
        { ...organization_contact, contact_type: 'organization_contact' },
        { ...technical_contact, contact_type: 'technical_contact' },
      ],
    }),
}

const kareContact = ({ number, first, last, email, phones, comment }: PersonFacts) => ({
  id: number,
  name: `${first} ${last}`,
  email: email === '' ? null : email,
  phones: phones.map(({ value }) => value),
  comment: comment === '' ? null : comment,
})

const kare: Api = {
  name: 'kare',
  async headers(baseUrl) {
    const reply = await fetch(`${baseUrl}/auth/v1/rs/login/credentials`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'demo@example.org', password: 'demo1234' }),
    })
    const { data } = (await reply.json()) as Json
    return { Authorization: `Bearer ${data.accessToken}`, 'X-Session-Token': data.sessionToken }
  },
  read: async (send) => ({
    company: await send('GET', COMPANY),
    contacts: (await send('GET', `${COMPANY}/contacts`)).data,
  }),
  excerptOf: ({ company, contacts }) => ({
    name: company.name,
    location: company.location,
    comment: company.comment,
    email: company.email,
    phones: company.phones,
    primaryContactId: company.primaryContactId,
    contacts: contacts.map(({ id, name, email, phones, comment }: Json) => ({
      id,
      name,
      email,
      phones,
      comment,
    })),
  }),
  shown: (facts) => {
    const contacts = facts.people.map(kareContact)
    const primary = kareContact(personWith(facts, facts.primary))
    const { line, postalCode, city } = facts.street
    return {
      name: facts.name,
      location: facts.place === '' ? `${line}, ${postalCode} ${city}, BE` : facts.place,
      comment: facts.note,
      email: primary.email,
      phones: primary.phones,
      primaryContactId: primary.id,
      contacts,
    }
  },
  async echo(send, { company, contacts }) {
    const { name, type, location, comment, email, phones, establishmentIds } = company
    await send('PATCH', COMPANY, { name, type, location, comment, email, phones, establishmentIds })
    for (const { id, name, email, phones, comment } of contacts) {
      await send('PATCH', `${COMPANY}/contacts/${id}`, { notify: false, name, email, phones, comment })
    }
  },
}

export const APIS: readonly Api[] = [native, uitdatabank, superoffice, digicert, kare]

/** A client that sends these headers. */
export function clientOf(baseUrl: string, headers: Readonly<Record<string, string>>): Send {
  return async (method, path, body, mediaType = 'application/json') => {
    const reply = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'Content-Type': mediaType }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} gave ${reply.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}
