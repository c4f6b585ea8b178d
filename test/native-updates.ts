import type { Json, Send } from './apis.ts'
import type { PersonFacts } from './facts.ts'
import { withPerson } from './facts.ts'
import type { Update } from './update.ts'
import { made, next, pick } from './update.ts'

const CARD = '/v1/organizations/1'

const mergePatch = (send: Send, path: string, body: Json) =>
  send('PATCH', path, body, 'application/merge-patch+json')

/** What clients of the native API do. */
export const NATIVE_UPDATES: readonly Update[] = [
  {
    api: 'native',
    does: 'changes names, department and notes, and nothing else',
    async run(send, facts) {
      const n = next(facts)
      const [name, frenchName, department] = [made.text(n), `Texte ${n}`, `Dienst ${n}`]
      const [note, description] = [`Nota ${n}`, `Uitleg ${n}`]
      await mergePatch(send, CARD, {
        name: { full: name },
        organizations: { department: { units: [{ name: department }] } },
        notes: { description: { note: description } },
        localizations: { fr: { 'name/full': frenchName } },
        'polydex:note': note,
      })
      return { ...facts, name, frenchName, department, note, description, madeUp: n }
    },
  },
  {
    api: 'native',
    does: 'labels one phone, takes one away and adds one',
    async run(send, facts, choice) {
      const n = next(facts)
      const { phones: map } = await send('GET', CARD)
      const voices = Object.entries<Json>(map).filter(([, { features }]) => features.fax !== true)
      const [labelled, gone] = [choice % voices.length, (choice >> 3) % voices.length]
      const operations = [
        ...(voices.length > 0
          ? [{ op: 'add', path: `/phones/${voices[labelled]?.[0]}/label`, value: `Label ${n}` }]
          : []),
        ...(voices.length > 1 ? [{ op: 'remove', path: `/phones/${voices[gone]?.[0]}` }] : []),
        { op: 'add', path: `/phones/p${n}`, value: { number: made.phone(n), features: { voice: true } } },
      ]
      await send('PATCH', CARD, operations, 'application/json-patch+json')
      const labels = facts.phones.map((phone, at) =>
        at === labelled ? { ...phone, label: `Label ${n}` } : phone,
      )
      const kept = labels.filter((_, at) => facts.phones.length < 2 || at !== gone)
      return { ...facts, phones: [...kept, { value: made.phone(n), label: '', isVoice: true }], madeUp: n }
    },
  },
  {
    api: 'native',
    does: 'puts a whole Card with other addresses and one more e-mail',
    async run(send, facts) {
      const n = next(facts)
      const card = await send('GET', CARD)
      const street = { line: `Straat ${n}`, city: `Stad ${n}`, postalCode: '9000' }
      card.addresses.street.components[0].value = street.line
      card.addresses.street.components[1].value = street.city
      card.addresses.street.components[3].value = street.postalCode
      card.emails = { ...card.emails, [`e${n}`]: { address: made.email(n), label: `Label ${n}` } }
      await send('PUT', CARD, card)
      const emails = [...facts.emails, { value: made.email(n), label: `Label ${n}` }]
      return { ...facts, street, emails, place: '', madeUp: n }
    },
  },
  {
    api: 'native',
    does: 'adds somebody and makes them the technical contact',
    async run(send, facts) {
      const n = next(facts)
      const number = Math.max(...facts.people.map((person) => person.number)) + 1
      const person: PersonFacts = {
        number,
        first: made.word(n),
        last: `Naam${n}`,
        email: made.email(n),
        phones: [{ value: made.phone(n), extension: '7' }],
        title: `Titel ${n}`,
        comment: '',
        languageId: 0,
      }
      const { uid } = await send('POST', `${CARD}/people`, {
        name: {
          components: [
            { kind: 'given', value: person.first },
            { kind: 'surname', value: person.last },
          ],
        },
        emails: { e1: { address: person.email } },
        phones: { p1: { number: made.phone(n), features: { voice: true }, 'polydex:extension': '7' } },
        titles: { title: { name: person.title } },
      })
      const { relatedTo } = await send('GET', CARD)
      const others = Object.entries<Json>(relatedTo).map(([of, { relation }]): [string, Json] => {
        const { 'polydex:technical-contact': _, ...rest } = relation
        return [of, { relation: rest }]
      })
      const roles = Object.fromEntries(others.filter(([, { relation }]) => Object.keys(relation).length > 0))
      const operation = {
        op: 'replace',
        path: '/relatedTo',
        value: { ...roles, [uid]: { relation: { 'polydex:technical-contact': true } } },
      }
      await send('PATCH', CARD, [operation], 'application/json-patch+json')
      return { ...withPerson(facts, person), technician: number, madeUp: n }
    },
  },
  {
    api: 'native',
    does: 'gives somebody another title and one more phone',
    async run(send, facts, choice) {
      const n = next(facts)
      const chosen = pick(facts.people, choice)
      await mergePatch(send, `/v1/people/${chosen.number}`, {
        titles: { title: { name: made.text(n) } },
        phones: { [`p${n}`]: { number: made.phone(n) } },
      })
      const phones = [...chosen.phones, { value: made.phone(n), extension: '' }]
      return { ...withPerson(facts, { ...chosen, title: made.text(n), phones }), madeUp: n }
    },
  },
]
