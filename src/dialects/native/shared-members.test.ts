import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isSame } from '../../core/dossier.ts'
import type { Violation } from '../../core/problem.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { putContext } from '../../core/testing/records.ts'
import { organizationCardFrom } from './card-bodies.ts'
import { organizationCard } from './lens/organization-card.ts'
import { organizationCards } from './testing/random-cards.ts'
import type { Card } from './wire.ts'

const context = putContext()

/** Dossiers that a Card was written to before, so that the facet holds what the record has no place for. */
const written = dossiers({ states: ['active', 'inactive'] }).chain((dossier) =>
  organizationCards(dossier).map((card) => organizationCard.put(dossier, card, context)),
)

// Small values alone would hardly ever leave something in the facet.
const edits = fc.noBias(
  written.chain((dossier) => {
    const lefts = fc.subarray(Object.keys(organizationCard.get(dossier, context)))
    return organizationCards(dossier).chain((sent) => lefts.map((left) => ({ dossier, sent, left })))
  }),
)

/** The Card that was sent, of which some members are the very ones that are shown, as a merge patch leaves them. */
function patched(shown: Card, sent: Card, left: readonly string[]): Card {
  const members = Object.entries({ ...shown, ...sent }).map(([name, member]) => {
    const isLeft = name in shown && (left.includes(name) || isSame(member, shown[name]))
    return [name, isLeft ? shown[name] : member]
  })
  return Object.fromEntries(members) as Card
}

test('what a patch leaves alone is what it would be if it were sent again', () => {
  fc.assert(
    fc.property(edits, ({ dossier, sent, left }) => {
      const card = patched(organizationCard.get(dossier, context), sent, left)
      const after = organizationCard.put(dossier, card, context)
      assert.deepEqual(after, organizationCard.put(dossier, structuredClone(card), context))
    }),
  )
})

test('a Card that is made of a shown one is judged by what is new in it', () => {
  fc.assert(
    fc.property(edits, fc.constantFrom(...WRONG), ({ dossier, sent, left }, wrong) => {
      const shown = organizationCard.get(dossier, context)
      const made = { ...patched(shown, sent, left), ...wrong }
      const found = faultsOf(made, shown)
      // What other APIs left there may be too long for a body: that is no reason to refuse a change of something else.
      const isOld = ({ path }: Violation) => made[String(path[0])] === shown[String(path[0])]
      const whole = faultsOf(structuredClone(made), {})
      if (!whole.some(isOld)) assert.deepEqual(found, whole)
      else assert.ok(whole.every((fault) => isOld(fault) || found.some((one) => isSame(one, fault))))
    }),
  )
})

const WRONG: readonly Card[] = [
  {},
  { emails: { a: { address: 1 } } } as unknown as Card,
  { name: { full: ' ' } },
  { notThere: 1 } as unknown as Card,
  { localizations: { nl: { 'addresses/street': { components: 5 } } } } as unknown as Card,
  { language: 'nl' },
]

function faultsOf(card: Card, shown: Card): readonly Violation[] {
  try {
    organizationCardFrom(card, 'nl', shown)
    return []
  } catch (error) {
    return (error as { facts: { violations: readonly Violation[] } }).facts.violations
  }
}
