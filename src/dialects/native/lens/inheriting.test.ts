import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { settle } from '../../../core/change.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { isSame } from '../../../core/dossier.ts'
import { merged } from '../../../core/merge.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { countedIds, dossier, NOW, putContext, uuid, viewContext } from '../../../core/testing/records.ts'
import { organizationCardFrom } from '../card-bodies.ts'
import { organizationCards } from '../testing/random-cards.ts'
import type { Card } from '../wire.ts'
import { inherited } from './inheriting.ts'
import { keptOf } from './kept.ts'
import { organizationCard } from './organization-card.ts'

/** Organizations after a client of this API has said all that it likes of them. */
const spoken = dossiers({ states: ['active'] }).chain((dossier) =>
  organizationCards(dossier).map((card) =>
    settled(dossier, organizationCard.put(dossier, card, putContext())),
  ),
)

const settled = (before: Dossier, proposal: Dossier): Dossier => {
  const newId = countedIds()
  const stamping = { at: NOW, by: 'x', via: 'test', commandId: 'c', newId, numbers: [], indexers: [] }
  return settle(before, proposal, stamping).after
}

const elsewhere = (dossier: Dossier): Dossier => ({
  organization: { ...dossier.organization, id: uuid(77), roles: {} },
  people: [],
})

describe('what the Card of a survivor takes over', () => {
  test('changes nothing that it said itself, and is a Card that may be written as it is read', () => {
    fc.assert(
      fc.property(spoken, spoken, (theirs, own) => {
        const after = takenOver(theirs, own)
        assertWithin(shownOf(own), shownOf(after), 'the Card')
        const [before, kept] = [own, after].map(({ organization }) => keptOf(organization.facets))
        for (const table of ['card', 'keys', 'forms', 'extras', 'localizations'] as const)
          assertWithin(before?.[table] ?? {}, kept?.[table] ?? {}, table)
        const sent = sentOf(after)
        if (isCard(sentOf(own)) && isCard(sentOf(theirs))) organizationCardFrom(sent, '')
        const again = organizationCard.put(after, sent, putContext())
        assert.ok(isSame(again.organization, after.organization))
      }),
      { numRuns: 200 },
    )
  })

  test('stands nowhere where something of its own does', () => {
    const address = (line: string) => ({ components: [{ kind: 'name', value: line }], countryCode: 'BE' })
    const own = saying({ addresses: { derde: address('Kerkstraat') } })
    const three = ['eerste', 'tweede', 'derde'].map((key) => [key, address(key)])
    const theirs = saying({ addresses: Object.fromEntries(three), 'x.example:y': 1 })
    const { addresses, 'x.example:y': more } = sentOf(takenOver(theirs, own))
    assert.deepEqual([Object.keys(addresses ?? {}), more], [['derde', 'tweede'], 1])
    assert.equal(addresses?.['derde']?.components?.[0]?.value, 'Kerkstraat')
  })

  test('leaves keys of addresses that are taken, and translations of what stays', () => {
    const address = (line: string) => ({ components: [{ kind: 'name', value: line }], countryCode: 'BE' })
    const own = saying({ addresses: { a: address('Kerkstraat') }, titles: { t: { name: 'x' } } })
    const theirs = saying({
      addresses: { b: address('eerste'), a: address('tweede') },
      titles: { t: { name: 'y' } },
      localizations: { fr: { 'titles/t/name': 'z' } },
    })
    const { addresses, localizations } = sentOf(takenOver(theirs, own))
    assert.deepEqual(Object.keys(addresses ?? {}), ['a', 'postal'])
    assert.equal(localizations, undefined)
  })
})

const saying = (card: object): Dossier => {
  const before = dossier()
  const sent = { ...organizationCard.get(before, viewContext()), ...card } as Card
  return settled(before, organizationCard.put(before, sent, putContext()))
}

const takenOver = (theirs: Dossier, own: Dossier): Dossier => {
  const options = { fillsEmpty: true, mergesIdenticalPeople: false }
  return settled(own, merged(elsewhere(theirs), own, options, { native: inherited }).destination)
}

/** What of a Card no filling changes; times and roles are others'. */
const shownOf = (of: Dossier) => {
  const { addresses, notes, media, emails, phones } = sentOf(of)
  return { addresses, notes, media, emails, phones }
}

const sentOf = (dossier: Dossier): Card =>
  JSON.parse(JSON.stringify(organizationCard.get(dossier, viewContext())))

const isCard = (card: Card): boolean => {
  try {
    organizationCardFrom(card, '')
    return true
  } catch {
    return false
  }
}

/** Members of members, too: there may be more beside them. */
function assertWithin(own: unknown, all: unknown, path: string): void {
  if (own === undefined) return
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    assert.deepEqual(all, own, path)
    return
  }
  for (const [name, value] of Object.entries(own))
    assertWithin(value, (all as Record<string, unknown> | undefined)?.[name], `${path}/${name}`)
}
