import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../../core/dossier.ts'
import { Problem } from '../../core/problem.ts'
import { NOW, putContext, viewContext } from '../../core/testing/records.ts'
import { readPatch } from './bodies.ts'
import { contact, inputOf } from './lens/contact.ts'
import { contactList, newContacts } from './lens/contacts.ts'
import { NUMBERS, patched, viewOf, withPhones } from './testing/patches.ts'
import { contactInputs, kareDossiers } from './testing/random-bodies.ts'
import type { ContactInput, ContactPatch, ContactView } from './wire/contact.ts'

// The rules of specs/kare.md 6 that are about states; those about routes are exchanges.

const LATER = '2024-06-07T08:09:10.111Z'

test('the answer to a patch is what the list shows of the contact', () => {
  forEachPatch(({ saved, after }) => {
    assert.deepEqual(contactList.get(saved, viewContext()), [after])
  })
})

test('a patch of one member leaves the others, but for the times', () => {
  forEachPatch(({ before, sent, after }) => {
    for (const member of ['name', 'email', 'phones', 'comment', 'id', 'companyId', 'createdAt'] as const) {
      assert.deepEqual(
        after[member],
        (sent as Partial<ContactView>)[member] ?? untouched(before, sent, member),
      )
    }
  })
})

test('the same patch again changes nothing, not even a time', () => {
  forEachPatch(({ saved, sent, after }) => {
    const again = patched(saved, sent, LATER)
    assert.deepEqual(contact.get(again, viewContext()), after)
    assert.equal(again, saved)
  })
})

test('switched off and on again there is a date, and on twice it stays', () => {
  const off = patched(withPhones(), { notify: false })
  const on = patched(off, { notify: true })
  assert.equal(viewOf(off).notifyAt, null)
  assert.equal(viewOf(on).notifyAt, NOW)
  assert.equal(viewOf(patched(on, { notify: true }, LATER)).notifyAt, NOW)
})

test('the list grows by what is inserted', () => {
  const input = fc.array(fc.constant({ notify: false, name: 'x' }), { maxLength: 5 })
  fc.assert(
    fc.property(kareDossiers(), input, (before, sent) => {
      const after = newContacts.put(before, sent, putContext())
      assert.equal(after.people.length, before.people.length + sent.length)
    }),
  )
})

test('every accepted e-mail has the form that the pattern promises', () => {
  const character = fc.constantFrom('a', 'B', '9', '.', '@', '-', "'", '+', '_', ' ', '%', 'é')
  const emails = fc.oneof(fc.emailAddress(), fc.string({ unit: character, maxLength: 12 }))
  fc.assert(
    fc.property(emails, (email) => {
      if (!isAccepted({ notify: true, email })) return
      const [local = '', domain = '', more] = email.split('@')
      assert.equal(more, undefined)
      assert.match(local, /^[A-Za-z0-9_'+-][A-Za-z0-9_'+.-]*$/)
      assert.match(local, /[A-Za-z0-9_+-]$/)
      assert.doesNotMatch(email, /\.\./)
      assert.match(domain, /\.[A-Za-z]{2,}$/)
    }),
    { numRuns: 1_000 },
  )
})

interface Step {
  readonly before: ContactView
  readonly sent: ContactPatch
  readonly saved: Dossier
  readonly after: ContactView
}

function forEachPatch(check: (step: Step) => void): void {
  const cases = kareDossiers()
    .filter(({ people }) => people.length > 0)
    .map(({ organization, people }) => ({ organization, people: people.slice(-1) }))
    .chain((before) =>
      contactInputs(inputOf(viewOf(before)), NUMBERS)
        .chain((input) =>
          fc.subarray(Object.keys(input) as (keyof ContactInput)[]).map((kept) => only(input, kept)),
        )
        .map((sent) => ({ before, sent })),
    )
  fc.assert(
    fc.property(cases, ({ before, sent }) => {
      const saved = patched(before, sent)
      check({ before: viewOf(before), sent, saved, after: viewOf(saved) })
    }),
  )
}

function only(input: ContactInput, kept: readonly (keyof ContactInput)[]): ContactPatch {
  const members = Object.entries(input).filter(([name]) => kept.some((member) => member === name))
  return { ...Object.fromEntries(members), notify: input.notify }
}

/** What a member that was not sent, or sent as null, must be. */
function untouched(before: ContactView, sent: ContactPatch, member: keyof ContactView): unknown {
  return member in sent ? null : before[member]
}

function isAccepted(body: object): boolean {
  try {
    readPatch(JSON.stringify(body))
    return true
  } catch (error) {
    assert.ok(error instanceof Problem && error.is('body-invalid'))
    return false
  }
}
