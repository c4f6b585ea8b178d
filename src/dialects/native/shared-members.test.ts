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

/** A dossier, and a Card whose members that say what is shown are the very ones that are shown, as a merge patch leaves them. */
const edits = written.chain((dossier) => {
  const shown = organizationCard.get(dossier, context)
  return organizationCards(dossier).map((sent) => {
    const members = Object.entries(sent).map(([name, member]) => [
      name,
      isSame(member, shown[name]) ? shown[name] : member,
    ])
    return { dossier, shown, card: Object.fromEntries(members) as Card }
  })
})

test('what a patch leaves alone is what it would be if it were sent again', () => {
  fc.assert(
    fc.property(edits, ({ dossier, card }) => {
      const [left, sent] = [card, structuredClone(card)].map((one) =>
        organizationCard.put(dossier, one, context),
      )
      assert.deepEqual(left, sent)
    }),
  )
})

test('a Card that is made of a shown one is judged by what is new in it', () => {
  fc.assert(
    fc.property(edits, fc.constantFrom(...WRONG), ({ shown, card }, wrong) => {
      const made = { ...card, ...wrong }
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
