import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dossier, person } from '../../core/testing/records.ts'
import { inputOf } from './lens/contact.ts'
import { PHONES, patched, viewOf, withPhones } from './testing/patches.ts'

const LATER = '2024-06-07T08:09:10.111Z'

test('an empty list of phones stays empty when there is a sixth', () => {
  const after = patched(withPhones(), { notify: false, phones: [] })
  assert.deepEqual(viewOf(after).phones, [])
  assert.deepEqual(after.people[0]?.phones, [PHONES[5]])
})

test('five phones in another order keep their labels, and the sixth its place', () => {
  const after = patched(withPhones(), { notify: false, phones: ['5', '4', '3', '2', '1'] })
  assert.deepEqual(
    after.people[0]?.phones.map(({ label }) => label),
    ['5', '4', '3', '2', '1', '6'],
  )
})

test('a hidden phone whose number is sent comes back instead of being written twice', () => {
  const emptied = patched(withPhones(), { notify: false, phones: [] })
  const after = patched(emptied, { notify: false, phones: ['7', '6'] })
  assert.deepEqual(viewOf(after).phones, ['7', '6'])
  assert.deepEqual(
    after.people[0]?.phones.map(({ label }) => label),
    [undefined, '6'],
  )
  assert.deepEqual(after.people[0]?.facets, {})
})

test('phones that do not fit, and faxes, are hidden and survive', () => {
  const phones = [
    { id: '1-1', number: '1'.repeat(51), kind: 'voice' },
    { id: '1-2', number: '016 00 00 01', kind: 'fax' },
  ] as const
  const before = dossier({}, [person({ phones })])
  assert.deepEqual(viewOf(before).phones, [])
  assert.deepEqual(patched(before, { notify: false, phones: [] }).people[0]?.phones, phones)
})

test('a cleared e-mail does not show the next one, nor lose it', () => {
  const emails = [
    { id: '1-1', address: 'no address' },
    { id: '1-2', address: 'ann@voorbeeld.example' },
    { id: '1-3', address: 'ann@elders.example' },
  ]
  const after = patched(dossier({}, [person({ emails })]), { notify: false, email: null })
  assert.equal(viewOf(after).email, null)
  assert.deepEqual(after.people[0]?.emails, [emails[0], emails[2]])
})

test('what is shown clipped is kept when it is written back, and never cut within a character', () => {
  const full = `${'x'.repeat(249)}😀`
  const before = dossier({}, [person({ name: { full }, note: 'y'.repeat(2501) })])
  assert.equal(viewOf(before).name, 'x'.repeat(249))
  const after = patched(before, { ...inputOf(viewOf(before)) })
  assert.equal(after, before)
})

test('another name keeps the prefix and the components that occur in it', () => {
  const name = { full: 'Ann Peeters', given: 'Ann', family: 'Peeters', prefix: 'Dr.' }
  const after = patched(dossier({}, [person({ name })]), { notify: false, name: 'Ann Maes' })
  assert.deepEqual(after.people[0]?.name, { full: 'Ann Maes', given: 'Ann', prefix: 'Dr.' })
})

test("a title is none of Kare's: changing it elsewhere leaves updatedAt", () => {
  const stamp = { version: 3, at: LATER, by: 'ann' }
  assert.equal(
    viewOf(dossier({}, [person({ changed: { title: stamp } })])).updatedAt,
    viewOf(withPhones()).updatedAt,
  )
  assert.equal(viewOf(dossier({}, [person({ changed: { note: stamp } })])).updatedAt, LATER)
})
