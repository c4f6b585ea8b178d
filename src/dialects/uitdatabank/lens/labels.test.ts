import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import { FULL_GRANT } from '../../../core/policy.ts'
import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { catalogues, dossiers } from '../../../core/testing/random-records.ts'
import { dossier, putContext, REGISTERED_LABELS } from '../../../core/testing/records.ts'
import { labels, labelsAlone, withLabels } from './labels.ts'

const may = (permission: string) => permission !== 'labels.use-private'
const contexts = fc
  .tuple(catalogues(), fc.boolean())
  .map(([catalogue, isTrusted]) =>
    putContext({ catalogue, grant: isTrusted ? FULL_GRANT : { ...FULL_GRANT, may } }),
  )

const key = (name: string) => name.trim().toLowerCase()
const isPrivate = (name: string) =>
  REGISTERED_LABELS.some((label) => label.private && key(label.name) === key(name))
const registered = (name: string) =>
  REGISTERED_LABELS.find((label) => key(label.name) === key(name))?.name ?? name

/** Labels as they are registered, in another case or with blanks around them, and labels that nobody registered. */
const names = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(...REGISTERED_LABELS.map(({ name }) => name)),
    fc.constantFrom('PUBLIC-visible', ' public-hidden ', 'jeugd', 'Senioren'),
  ),
  { selector: key, maxLength: 6 },
)

for (const lens of [labels, labelsAlone]) {
  lensLaws(`the lens ${lens.name}`, lens, {
    dossiers: dossiers(),
    contexts,
    inputs: (_dossier: Dossier) => names.map((sent) => ({ labels: sent })),
    canon: (view, sent, { grant }) => {
      const mayUse = (name: string) => !isPrivate(name) || grant.may('labels.use-private')
      const asked = sent.labels.map(key)
      const kept = view.labels.filter((name) => asked.includes(key(name)) || !mayUse(name))
      const present = view.labels.map(key)
      const added = sent.labels.filter((name) => !present.includes(key(name)) && mayUse(name))
      return { labels: [...kept, ...added.map((name) => registered(name.trim()))] }
    },
  })
}

/** Trap 9 of the specification. */
describe('imported and manual labels', () => {
  const imported = { name: 'jeugd', imported: true }
  const manual = { name: 'senioren', imported: false }
  const context = putContext()
  const stranger = putContext({ grant: { ...FULL_GRANT, may } })

  test('a whole document takes the imported ones with it, and leaves the manual ones', () => {
    assert.deepEqual(withLabels([imported, manual], {}, context), [manual])
  })

  test('a manual label that a whole document names stays manual', () => {
    assert.deepEqual(withLabels([manual], { labels: ['SENIOREN'] }, context), [manual])
  })

  test('an imported label that is added by hand stays imported', () => {
    const { organization } = labelsAlone.put(dossier({ labels: [imported] }), { labels: ['jeugd'] }, context)
    assert.deepEqual(organization.labels, [imported])
  })

  test('what replaces all labels is manual', () => {
    const { organization } = labels.put(
      dossier({ labels: [imported, manual] }),
      { labels: ['nieuw'] },
      context,
    )
    assert.deepEqual(organization.labels, [{ name: 'nieuw', imported: false, visible: true }])
  })

  test('a removed label that comes back by hand is manual: its mark is forgotten', () => {
    const { organization } = labelsAlone.put(dossier({ labels: [imported] }), { labels: [] }, context)
    const back = labelsAlone.put({ organization, people: [] }, { labels: ['public-hidden'] }, context)
    assert.deepEqual(back.organization.labels, [{ name: 'public-hidden', imported: false }])
  })

  test('a private label that the writer may not use stays, and is not added', () => {
    const reserved = { name: 'private-visible', imported: true }
    assert.deepEqual(withLabels([reserved], { labels: ['private-hidden'] }, stranger), [reserved])
  })

  test('the list that a known label is sent in does not count', () => {
    const after = withLabels([], { labels: ['public-hidden'], hiddenLabels: ['Public-Visible'] }, context)
    assert.deepEqual(after, [
      { name: 'public-hidden', imported: true },
      { name: 'Public-Visible', imported: true },
    ])
  })
})
