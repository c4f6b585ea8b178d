import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dossier } from './dossier.ts'
import { provisionalId } from './items.ts'
import { faultsOf } from './soundness.ts'
import { dossier, person, uuid } from './testing/records.ts'

const website = (id: string) => ({ id, uri: 'x.example', kind: 'website' as const })
const email = (id: string) => ({ id, address: 'a@x.example' })

/** Each row: what is wrong, and what is told of it. */
const faulty: readonly (readonly [dossier: Dossier, fault: RegExp])[] = [
  [dossier({ name: {} }), /name in nl is blank/],
  [dossier({ name: { nl: ' ', fr: 'x' } }), /name in nl is blank/],
  [dossier({ language: 'fr', name: { nl: 'x' } }), /name in fr is blank/],
  [dossier({ links: [website('1-1'), website('1-2')] }), /more than one website/],
  [dossier({ images: ['1-1', '1-2'].map((id) => ({ id, file: uuid(501) })) }), /two images of one file/],
  [dossier({ emails: [email('1-1'), email('1-1')] }), /two items with one id/],
  [dossier({ emails: [email('')] }), /an item without an id/],
  [
    dossier({ phones: [{ id: provisionalId('phones', 0), number: '1', kind: 'voice' }] }),
    /an item without an id/,
  ],
  [dossier({}, [person({ organization: uuid(2) })]), /of another organization/],
  [dossier({}, [person({ emails: [email('1-1'), email('1-1')] })]), /two items with one id/],
  [
    dossier({ roles: { support: uuid(101) } }, [person({ state: 'deleted' })]),
    /role support of a deleted person/,
  ],
  [dossier({ roles: { support: provisionalId('people', 3) } }), /role support of nobody/],
]

for (const [broken, fault] of faulty) {
  test(`a dossier is not sound: ${fault.source}`, () => {
    assert.match(faultsOf(broken).join('; '), fault)
  })
}

test('a dossier with everything in its place is sound', () => {
  const emails = [email('1-1'), email('1-2')]
  assert.deepEqual(
    faultsOf(
      dossier({ emails, links: [website('2-1')], roles: { support: uuid(101) } }, [person({ emails })]),
    ),
    [],
  )
})
