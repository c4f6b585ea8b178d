import fc from 'fast-check'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { organizationCardFrom, personCardFrom } from './card-bodies.ts'
import { organizationCard } from './lens/organization-card.ts'
import type { NewPerson } from './lens/person-card.ts'
import { newPeople, personCard, presence } from './lens/person-card.ts'
import { comparable, organizationCards, personCards } from './testing/random-cards.ts'
import type { Card } from './wire.ts'

const alive = dossiers({ states: ['active', 'active', 'inactive'] })

const isCard = (read: () => unknown): boolean => {
  try {
    read()
    return true
  } catch {
    return false
  }
}

lensLaws<Card, Card, unknown>('organization', organizationCard, {
  inputs: organizationCards,
  canon: (view, input) => ({
    ...(comparable({ 'polydex:state': 'active', ...input }) as object),
    uid: view.uid,
  }),
  compare: comparable,
  isValid: (card) => isCard(() => organizationCardFrom(card, '')),
  dossiers: alive,
})

lensLaws<Card | undefined, Card, unknown>('person', personCard, {
  inputs: (dossier, context) => personCards(personCard.get(dossier, context) ?? {}),
  canon: (view, input) => view && comparable(input),
  compare: (view) => view && comparable(view),
  isValid: (card) => isCard(() => personCardFrom(card)),
  dossiers: alive,
})

// With all people loaded, so that what becomes of those that are there is seen.
lensLaws<readonly Card[], readonly NewPerson[], unknown>(
  'new people',
  { ...newPeople, people: 'all' },
  {
    inputs: () =>
      fc.array(
        personCards({}).map((card) => ({ card })),
        { maxLength: 2 },
      ),
    canon: (views, added) => [...views, ...added.map(({ card }) => card)].map(shownOfNew),
    compare: (views) => views.map(shownOfNew),
    isState: false,
    dossiers: alive,
  },
)

lensLaws<'there' | 'gone', 'there' | 'gone'>('presence', presence, {
  inputs: () => fc.constantFrom('there', 'gone'),
  canon: (view, input) => (view === 'gone' ? 'gone' : input),
  dossiers: alive,
})

/** What the server writes tells nothing. */
function shownOfNew({
  version: ______,
  uid: _,
  created: __,
  kind: ___,
  'polydex:number': ____,
  'polydex:organization': _____,
  ...card
}: Card) {
  return comparable(card)
}
