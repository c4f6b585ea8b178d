import fc from 'fast-check'
import type { Json } from './apis.ts'

const CONTACT = '/services/v2/organization/1'
const COMPANY = '/companies/v2/rs/1'
const CARD = 'application/jscontact+json'
const MERGE_PATCH = 'application/merge-patch+json'

export type ApiName = 'native' | 'kare' | 'digicert'

export interface Answer {
  readonly status: number
  readonly body: Json
}

/** Somebody who is about to be erased, and who does something with them. */
export interface Visitor {
  /** Their number. */
  readonly person: number
  /** A text, and a telephone number, that is said of nobody else. */
  readonly word: () => string
  readonly digits: () => string
  /** @throws where the answer is a fault of the server */
  readonly send: (
    api: ApiName,
    method: string,
    path: string,
    body?: unknown,
    mediaType?: string,
  ) => Promise<Answer>
  /** Whether they have the role. */
  readonly has: (role: 'technical' | 'primary') => Promise<boolean>
  /** Numbers of organizations that were merged into the first, the last one at the end. */
  readonly merged: number[]
  /** Numbers of those who are made to be the same human. */
  readonly twins: number[]
}

/** What a client does with somebody, or with their organization. Whatever is refused changes nothing. */
export interface Step {
  readonly does: string
  readonly run: (visitor: Visitor) => Promise<unknown>
}

const step = (does: string, run: Step['run']): Step =>
  Object.assign({ does, run }, { [fc.toStringMethod]: () => does })

/** A name in two words, and how it is written natively. */
const named = ({ word }: Visitor) => ({ full: `${word()} ${word()}` })

const STEPS: readonly Step[] = [
  step('native puts another Card', async (visitor) => {
    const { word, digits, send, person } = visitor
    await send('native', 'PUT', `/v1/people/${person}`, {
      '@type': 'Card',
      version: '1.0',
      kind: 'individual',
      name: {
        components: [
          { kind: 'given', value: word() },
          { kind: 'surname', value: word() },
        ],
        isOrdered: true,
      },
      emails: { e1: { address: `${word()}@${word()}.example`, label: word(), contexts: { work: true } } },
      phones: { p1: { number: digits(), label: word(), features: { fax: true } } },
      titles: { title: { name: word() } },
      nicknames: { n1: { name: word() } },
      notes: { n1: { note: `"${word()}"\n\\${word()}` } },
      'voorbeeld.example:own': { [word()]: word() },
      'polydex:note': word(),
      'polydex:notifyAt': '2031-01-01T00:00:00Z',
    })
  }),
  step('native patches the note', async ({ send, word, person }) =>
    send('native', 'PATCH', `/v1/people/${person}`, { 'polydex:note': `é${word()}😀` }, MERGE_PATCH),
  ),
  step('native deletes them', ({ send, person }) => send('native', 'DELETE', `/v1/people/${person}`)),
  step('native restores the first version', ({ send, person }) =>
    send('native', 'POST', `/v1/people/${person}:restore`, { version: 1 }),
  ),
  step('native gives them roles', async ({ send, person }) => {
    const { uid } = (await send('native', 'GET', `/v1/people/${person}`)).body ?? {}
    const relation = { 'polydex:technical-contact': true, 'polydex:primary-contact': true }
    for (const relatedTo of [null, { [uid]: { relation } }])
      await send('native', 'PATCH', '/v1/organizations/1', { relatedTo }, MERGE_PATCH)
  }),
  step('Kare patches them', ({ send, word, digits, person }) =>
    send('kare', 'PATCH', `${COMPANY}/contacts/${person}`, {
      notify: false,
      name: `${word()} ${word()}`,
      email: `${word()}@x.example`,
      phones: [digits(), digits()],
      comment: word(),
    }),
  ),
  step('Kare patches the primary contact of the company', async (visitor) => {
    const { send, word, digits } = visitor
    if (!(await visitor.has('primary'))) return
    await send('kare', 'PATCH', COMPANY, { email: `${word()}@x.example`, phones: [digits()] })
  }),
  step('DigiCert clears the telephone and asks for validations in their name', async (visitor) => {
    const { send, word, digits } = visitor
    if (!(await visitor.has('technical'))) return
    const { first_name, last_name, email } = (await send('digicert', 'GET', CONTACT)).body.technical_contact
    const contact = { contact_type: 'technical_contact', first_name, last_name, email, job_title: word() }
    await send('digicert', 'PUT', `${CONTACT}/contact`, { contacts: [contact] })
    const verified_users = [{ first_name, last_name, email, job_title: word(), telephone: digits() }]
    await send('digicert', 'POST', `${CONTACT}/validation`, { validations: [{ type: 'ev', verified_users }] })
  }),
  step('DigiCert asks for validations in the name of others', ({ send }) =>
    send('digicert', 'POST', `${CONTACT}/validation`, { validations: [{ type: 'ov' }] }),
  ),
  step('a twin elsewhere is merged with them', async (visitor) => {
    const { send, person } = visitor
    const { body } = await send('native', 'GET', `/v1/people/${person}`)
    if (body?.name === undefined) return
    const made = await send(
      'native',
      'POST',
      '/v1/organizations',
      { ...ORGANIZATION, name: { full: 'Filiaal' } },
      CARD,
    )
    const home = made.body?.['polydex:number']
    const twin = { ...named(visitor), ...body.name }
    const card = {
      '@type': 'Card',
      version: '1.0',
      kind: 'individual',
      name: twin,
      'polydex:note': visitor.word(),
    }
    const added = await send(
      'native',
      'POST',
      `/v1/organizations/${home}/people`,
      { ...card, emails: body.emails },
      CARD,
    )
    visitor.merged.push(home)
    visitor.twins.push(added.body['polydex:number'])
    await send('native', 'POST', `/v1/organizations/${home}:merge`, { ...MERGE, into: 1 })
  }),
  step('the last merge is taken back', async ({ send, merged }) => {
    const home = merged.pop()
    if (home !== undefined) await send('native', 'POST', `/v1/organizations/${home}:unmerge`)
  }),
  step('their organization is merged into another, and comes back', async (visitor) => {
    const { send } = visitor
    await send('native', 'POST', '/v1/organizations/1:merge', { ...MERGE, into: 2 })
    await send('kare', 'PATCH', `/companies/v2/rs/2/contacts/${visitor.person}`, {
      notify: false,
      comment: visitor.word(),
    })
    await send('native', 'POST', '/v1/organizations/1:unmerge')
  }),
]

const ORGANIZATION = { '@type': 'Card', version: '1.0', kind: 'org' }
const MERGE = { fillsEmpty: true, mergesIdenticalPeople: true }

export const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 12, size: 'max' })

/** Somebody comes to organization 1. Gives their number. */
export async function arrive(visitor: Omit<Visitor, 'person'>): Promise<number> {
  const { word, digits, send } = visitor
  const card: Json = {
    '@type': 'Card',
    version: '1.0',
    kind: 'individual',
    name: { full: `${word()} ${word()}` },
    emails: { e1: { address: `${word()}@${word()}.example` } },
    phones: { p1: { number: digits() } },
    titles: { title: { name: word() } },
  }
  const { body } = await send('native', 'POST', '/v1/organizations/1/people', card, CARD)
  return body['polydex:number']
}
