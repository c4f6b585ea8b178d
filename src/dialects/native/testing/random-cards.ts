import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { putContext } from '../../../core/testing/records.ts'
import { without } from '../lens/kept.ts'
import { organizationCard } from '../lens/organization-card.ts'
import { cardOf } from '../lens/person-card.ts'
import type { Bag, Card, IdMap } from '../wire.ts'
import { FIXED, PASSED_OVER } from '../wire.ts'

const MAPS_OF_ITEMS = ['emails', 'phones', 'links', 'media'] as const

/** What RFC 9553 has and the record has not. */
const rarities: fc.Arbitrary<Bag> = fc.record(
  {
    nicknames: fc.constant({ n1: { name: 'De Kroon', pref: 2 } }),
    titles: fc.constantFrom({ t9: { name: 'Huis', kind: 'role' } }, {}),
    'example.com:colour': fc.constantFrom<unknown>('red', { deep: [1, null] }),
    anniversaries: fc.constant({ a: { kind: 'birth', date: { year: 1999, month: 2 } } }),
    directories: fc.constant({ d: { uri: 'https://dir.example', kind: 'entry', listAs: 1 } }),
    prodId: fc.constant('a client'),
  },
  { requiredKeys: [] },
)

const extras = fc.record(
  {
    contexts: fc.constantFrom({ work: true }, { private: true, 'example.com:x': true }),
    pref: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: [] },
)

/** Cards that a client may put in place of `card`: some of its members, some of another's, and what only JSContact has. */
function mixtures(card: Card, others: fc.Arbitrary<Card>): fc.Arbitrary<Card> {
  return fc
    .record({
      other: others,
      choices: fc.infiniteStream(fc.nat(3)),
      rare: rarities,
      extra: extras,
      isRenamed: fc.boolean(),
    })
    .map(({ other, choices, rare, extra, isRenamed }) => {
      const next = () => choices.next().value ?? 0
      const fixed = Object.fromEntries(Object.entries(card).filter(([name]) => isServers(name)))
      const mixed: Record<string, unknown> = { ...fixed, ...rare }
      const names = new Set([...Object.keys(card), ...Object.keys(other)])
      for (const name of names) {
        if (isServers(name) || name === 'relatedTo') continue
        const choice = next()
        const value = choice === 0 ? card[name] : choice === 1 ? other[name] : (card[name] ?? other[name])
        if (choice !== 3 && value !== undefined) mixed[name] = value
      }
      for (const map of MAPS_OF_ITEMS) {
        if (mixed[map] === undefined) continue
        mixed[map] = withKnownIds(mixed[map] as IdMap, card[map] ?? {}, next() === 0 ? extra : {})
      }
      if (card.relatedTo !== undefined && next() > 0) mixed['relatedTo'] = card.relatedTo
      const { localizations, ...plain } = mixed as Card
      const language = plain.language
      const tongues = Object.entries(localizations ?? {}).filter(([tag]) => tag !== language)
      const all = tongues.length === 0 ? plain : { ...plain, localizations: Object.fromEntries(tongues) }
      return isRenamed
        ? (JSON.parse(JSON.stringify(all).replaceAll(/"(addresses\/)?street"/g, '"$1home"')) as Card)
        : all
    })
}

function isServers(name: string): boolean {
  return [...FIXED, ...PASSED_OVER].includes(name as never)
}

/** A client does not make up ids of the directory's kind. */
function withKnownIds(map: IdMap, known: IdMap, extra: Bag): IdMap {
  return Object.fromEntries(
    Object.entries(map).map(([id, member], at) => [
      id in known ? id : `new-${id}`,
      at === 0 ? { ...extra, ...member } : member,
    ]),
  )
}

export function organizationCards(dossier: Dossier): fc.Arbitrary<Card> {
  const context = putContext()
  const others = dossiers().map((other) => organizationCard.get(other, context))
  const named = mixtures(organizationCard.get(dossier, context), others)
  return named
    .map((card) => ({
      ...card,
      language: card.language ?? dossier.organization.language,
      name: card.name ?? { full: 'Nieuwe naam' },
    }))
    .map((card) => {
      const { [String(card.language)]: _, ...localizations } = card.localizations ?? {}
      return Object.keys(localizations).length === 0
        ? (without(card, ['localizations']) as Card)
        : { ...card, localizations }
    })
}

export function personCards(card: Card): fc.Arbitrary<Card> {
  const others = dossiers().map(({ people }) => (people[0] === undefined ? {} : cardOf(people[0])))
  return mixtures(card, others)
}

/** What two Cards that say the same have in common. */
export function comparable(card: Card): unknown {
  const members = Object.entries(without(card, ['updated', 'polydex:version', '@type']))
  const plain = Object.fromEntries(members.filter(([, value]) => !isEmptyMap(value)))
  const localizations = Object.entries(card.localizations ?? {}).map(([tag, patch]) => [tag, flat(patch)])
  return { ...plain, localizations: Object.fromEntries(localizations) }
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** With each path as deep as it can be. */
function flat(patch: Bag): Bag {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([path, value]) =>
      path === 'addresses' || path === 'notes'
        ? Object.entries(value as Bag).map(([key, inner]) => [`${path}/${key}`, inner])
        : [[path, value]],
    ),
  )
}
