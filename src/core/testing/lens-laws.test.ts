import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { align } from '../alignment.ts'
import type { Dossier } from '../dossier.ts'
import { holderOf, withOrganization, withPerson, withRole } from '../dossier.ts'
import type { Phone } from '../items.ts'
import { provisionalId } from '../items.ts'
import { isSimilarPhone, phoneKey } from '../keys.ts'
import type { Lens } from '../lens.ts'
import { mainName } from '../organization.ts'
import { blankPerson } from '../person.ts'
import { problem, refused } from '../problem.ts'
import { clip, edited, isBlank } from '../text.ts'
import { checkCrossing, crossing } from './crossing.ts'
import type { LawName, LawOptions } from './lens-laws.ts'
import { lawsOf, lensLaws } from './lens-laws.ts'

/** A small view in the manner of all of them: a clipped name, the numbers that are no fax, one person. */
interface Card {
  readonly name: string
  readonly phones: readonly string[]
  readonly contact: string | null
}

const NAME_LIMIT = 20

const isShown = ({ kind }: Phone): boolean => kind !== 'fax'

const cards: Lens<Card> = {
  name: 'card',
  get: (dossier) => ({
    name: clip(mainName(dossier.organization), NAME_LIMIT),
    phones: dossier.organization.phones.filter(isShown).map(({ number }) => number),
    contact: holderOf(dossier, 'primary-contact')?.name.full ?? null,
  }),
  echo: (view) => view,
  put(dossier, card) {
    const { organization } = dossier
    if (organization.version === 0 && isBlank(card.name)) throw refused('name')
    const shown = clip(mainName(organization), NAME_LIMIT)
    const name = edited(mainName(organization), shown, isBlank(card.name) ? shown : card.name)
    const phones = align<Phone, string>(organization.phones, card.phones, {
      list: 'phones',
      isShown,
      valueOf: ({ number }) => number,
      valueSent: (sent) => sent,
      keyOf: phoneKey,
      isSimilar: isSimilarPhone,
      edit: (item, number) => (item.number === number ? item : { ...item, number }),
      create: (id, number) => ({ id, number, kind: 'voice' }),
    })
    const named = withOrganization(dossier, {
      name: { ...organization.name, [organization.language]: name },
      phones,
    })
    return withContact(named, card.contact)
  },
  reads: { organization: ['name', 'language', 'phones', 'roles'], person: ['name'] },
  writes: { organization: ['name', 'phones', 'roles'], person: ['name'] },
  people: 'role-holders',
}

/** Null takes the role away; a name renames its holder, or makes one. */
function withContact(dossier: Dossier, full: string | null): Dossier {
  const { organization } = dossier
  const holder = holderOf(dossier, 'primary-contact')
  if (full === null) {
    return withOrganization(dossier, { roles: withRole(organization.roles, 'primary-contact', undefined) })
  }
  if (holder?.name.full === full) return dossier
  const person = holder ?? blankPerson(provisionalId('people', 0), organization)
  const renamed = withPerson(dossier, { ...person, name: { ...person.name, full } })
  return withOrganization(renamed, { roles: withRole(organization.roles, 'primary-contact', person.id) })
}

const texts = fc.constantFrom(
  '016 00 00 00',
  '+32 470 12 34 56',
  'Voorbeeld',
  'x'.repeat(NAME_LIMIT + 5),
  'na 18 uur',
)

const options: LawOptions<Card, Card> = {
  inputs: (dossier, context) => {
    const { name, phones, contact } = cards.get(dossier, context)
    const isNew = dossier.organization.version === 0
    return fc.record(
      {
        name: isNew ? texts : fc.oneof(fc.constant(name), texts, fc.constant('')),
        phones: fc.oneof(fc.shuffledSubarray([...phones]), fc.array(texts), fc.constant(phones)),
        contact: fc.oneof(fc.constant(contact), texts, fc.constant(null)),
      },
      { noNullPrototype: true },
    )
  },
  canon: (view, card) => ({ ...card, name: isBlank(card.name) ? view.name : clip(card.name, NAME_LIMIT) }),
  canonOfCreate: (card) => ({ ...card, name: clip(card.name, NAME_LIMIT) }),
}

/** A lens that is broken in one way, by what it does with the proposal of the sound one. */
const broken = (put: (before: Dossier, proposal: Dossier, card: Card) => Dossier): Lens<Card> => ({
  ...cards,
  put: (dossier, card, context) => put(dossier, cards.put(dossier, card, context), card),
})

const unlabelled = (phones: readonly Phone[]): readonly Phone[] =>
  phones.map(({ id, number, kind }) => ({ id, number, kind }))

/** The laws that each broken lens must not pass. */
const breakages: Readonly<Record<string, readonly [breaks: readonly LawName[], Lens<Card>]>> = {
  'stores the clipped name': [
    ['GetPut'],
    broken((before, proposal, { name }) =>
      isBlank(name)
        ? proposal
        : withOrganization(proposal, {
            name: { ...before.organization.name, [before.organization.language]: name },
          }),
    ),
  ],
  'loses labels': [
    ['GetPut', 'Hidden'],
    broken((_, proposal) => withOrganization(proposal, { phones: unlabelled(proposal.organization.phones) })),
  ],
  'loses faxes': [
    ['GetPut', 'Hidden'],
    broken((_, proposal) =>
      withOrganization(proposal, { phones: proposal.organization.phones.filter(isShown) }),
    ),
  ],
  'loses translations': [
    ['GetPut', 'Hidden'],
    broken((_, proposal) => {
      const { language, name } = proposal.organization
      return withOrganization(proposal, { name: { [language]: name[language] ?? '' } })
    }),
  ],
  'ignores the numbers': [
    ['PutGet'],
    broken((before, proposal) => withOrganization(proposal, { phones: before.organization.phones })),
  ],
  'drops people instead of deleting them': [
    ['PutGet'],
    {
      ...cards,
      put: (dossier, card, context) =>
        card.contact === null
          ? {
              ...cards.put(dossier, { ...card, contact: cards.get(dossier, context).contact }, context),
              people: [],
            }
          : cards.put(dossier, card, context),
    },
  ],
  'adds a number with every put': [
    ['GetPut', 'PutGet', 'PutTwice'],
    broken((_, proposal) => {
      const { phones } = proposal.organization
      const more: Phone = { id: provisionalId('more', 0), number: '112', kind: 'voice' }
      return withOrganization(proposal, { phones: [...phones, more] })
    }),
  ],
  'adds a hidden number with every put': [
    ['GetPut', 'PutTwice'],
    broken((_, proposal) => {
      const { phones } = proposal.organization
      const more: Phone = { id: provisionalId('more', 0), number: '112', kind: 'fax' }
      return withOrganization(proposal, { phones: [...phones, more] })
    }),
  ],
  'writes a part that it does not name': [
    ['Footprint'],
    broken((_, proposal, { name }) => withOrganization(proposal, { note: name })),
  ],
  'writes a part of a person that it does not name': [
    ['Footprint'],
    broken((_, proposal, { name }) => ({
      ...proposal,
      people: proposal.people.map((one) => ({ ...one, note: name })),
    })),
  ],
  'counts its own versions': [
    ['Footprint'],
    broken((before, proposal) => withOrganization(proposal, { version: before.organization.version + 1 })),
  ],
  'makes two websites': [
    ['Closure'],
    broken((_, proposal) =>
      withOrganization(proposal, {
        links: ['a', 'b'].map((uri) => ({ id: uri, uri, kind: 'website' as const })),
      }),
    ),
  ],
  'stores a blank name': [
    ['PutGet', 'Closure'],
    broken((_, proposal, { name }) =>
      withOrganization(proposal, {
        name: { ...proposal.organization.name, [proposal.organization.language]: name },
      }),
    ),
  ],
  'gives a role to nobody': [
    ['Closure', 'PutGet'],
    broken((_, proposal) =>
      withOrganization(proposal, { roles: { 'primary-contact': provisionalId('people', 7) } }),
    ),
  ],
  'changes what it was given': [
    ['GetPut', 'PutGet', 'PutTwice', 'Footprint', 'Hidden', 'Closure'],
    broken((before) => {
      const phones = before.organization.phones as Phone[]
      phones.reverse()
      return withOrganization(before, { phones })
    }),
  ],
  'refuses nearly everything': [
    ['GetPut', 'PutGet', 'PutTwice', 'Footprint', 'Hidden', 'Closure', 'Create'],
    broken((_, proposal, { phones }) => {
      if (phones.length !== 1) throw refused('moody')
      return proposal
    }),
  ],
  'fails in another way than refusing': [
    ['GetPut', 'PutGet', 'PutTwice', 'Footprint', 'Hidden', 'Closure', 'Create'],
    broken(() => {
      throw problem('internal', {})
    }),
  ],
  'creates without a phone': [
    ['Create'],
    broken((before, proposal) =>
      before.organization.version === 0 ? withOrganization(proposal, { phones: [] }) : proposal,
    ),
  ],
}

describe('a lens that keeps every law', () => {
  lensLaws('the card', cards, { ...options, inputs: options.inputs, isValid: ({ name }) => name !== '' })
})

for (const [name, [laws, lens]] of Object.entries(breakages)) {
  for (const { law, check } of lawsOf(lens, { ...options, runs: 500 })) {
    if (!laws.includes(law)) continue
    test(`a lens that ${name} breaks ${law}`, () => {
      assert.throws(check)
    })
  }
}

test('a law that most echoes say nothing about proves too little', () => {
  const [getPut] = lawsOf(cards, { ...options, isValid: () => false })
  assert.throws(() => getPut?.check(), /echoes were not valid/)
})

test('what a dialect calls hidden must survive', () => {
  const told = { ...options, hiddenOf: ({ organization }: Dossier) => organization.phones.length }
  const law = lawsOf(cards, told).find(({ law }) => law === 'Hidden')
  assert.throws(() => law?.check(), /what is hidden/)
})

describe('crossing', () => {
  const notes: Lens<{ note: string }> = {
    name: 'note',
    get: ({ organization }) => ({ note: organization.note ?? '' }),
    echo: (view) => view,
    put: (dossier, { note }) => withOrganization(dossier, { note }),
    reads: { organization: ['note'], person: [] },
    writes: { organization: ['note'], person: [] },
    people: 'none',
  }
  const card = { name: 'card', lens: cards, inputs: options.inputs }
  const note = { name: 'note', lens: notes, inputs: () => fc.record({ note: texts }) }

  crossing([card, note])

  test('a view that depends on a part that it does not read breaks it', () => {
    const greedy = { ...card, lens: { ...cards, get: (dossier: Dossier) => dossier.organization.note } }
    assert.throws(() => checkCrossing(note, greedy), /sees a part that it does not read/)
  })
})

test('a counterexample is told with as little as breaks the law', () => {
  const [, lens] = breakages['loses faxes'] ?? []
  const hidden = lawsOf(lens ?? cards, options).find(({ law }) => law === 'Hidden')
  assert.throws(
    () => hidden?.check(),
    (error: Error) => {
      const [, fault, record = ''] = /^(.*)\norganization: (.*)\n/.exec(error.message) ?? []
      assert.match(fault ?? '', /^lost, though hidden: one more of phones/)
      assert.deepEqual(
        Object.keys(JSON.parse(record)).filter((part) => !['id', 'name', 'language'].includes(part)),
        ['phones'],
      )
      return true
    },
  )
})
