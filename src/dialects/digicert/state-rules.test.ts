import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ask, contact, newOrganization } from '../../../test/certificate-desks.ts'
import { settle } from '../../core/change.ts'
import type { Dossier } from '../../core/dossier.ts'
import { CORE_INDEXERS } from '../../core/index-rows.ts'
import { dossier, person, putContext, uuid, viewContext } from '../../core/testing/records.ts'
import { contacts } from './lens/contacts.ts'
import { contactEdits, newContacts } from './testing/random-bodies.ts'
import type { ContactFields, ContactsInput, ContactsView, ContactType } from './wire.ts'
import { CONTACT_TYPES } from './wire.ts'

// The rules of specs/digicert.md 6, on random requests in a row.

const OPTIONAL = ['job_title', 'telephone', 'telephone_extension', 'language_id'] as const

test('updating one type never changes the record of the other', () => {
  forEachPut(({ before, sent, after }) => {
    for (const type of CONTACT_TYPES)
      if (sent[type] === undefined) assert.deepEqual(after[type], before[type])
  })
})

test('the same body twice leaves ids and details as they are', () => {
  forEachPut(({ saved, sent, after, put }) => assert.deepEqual(viewOf(put(saved, sent)), after))
})

test('the id stays exactly when first name, last name and e-mail do', () => {
  forEachPut(({ before, sent, after }) => {
    for (const [type, fields] of contactsOf(sent)) {
      const isSame = before[type] !== undefined && identityOf(before[type]) === identityOf(fields)
      assert.equal(after[type]?.id === before[type]?.id, isSame)
    }
  })
})

test('every optional field is what was submitted, or absent', () => {
  forEachPut(({ sent, after }) => {
    for (const [type, fields] of contactsOf(sent)) {
      for (const member of OPTIONAL) assert.equal(after[type]?.[member], fields[member])
    }
  })
})

test('there is always exactly one organization contact', () => {
  forEachPut(({ after }) => assert.ok(after.organization_contact))
})

test('ids are never reused: who comes back is somebody new', () => {
  forEachPut(({ before, after, seen }) => {
    for (const type of CONTACT_TYPES) {
      const id = after[type]?.id
      if (id !== undefined && id !== before[type]?.id) assert.ok(!seen.has(id), `${id} was there before`)
    }
  })
  const ann = { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' }
  const put = putter()
  let current = start()
  const ids = [ann, { ...ann, first_name: 'Bo' }, ann].map((fields) => {
    current = put(current, { technical_contact: fields })
    return viewOf(current).technical_contact?.id
  })
  assert.equal(new Set(ids).size, 3)
})

test('a request that is rejected changes nothing, wherever its fault is', async () => {
  const path = await newOrganization({ technical_contact: contact({ first_name: 'Bram' }) })
  const good = contact({ contact_type: 'organization_contact', job_title: 'changed' })
  const faults = fc.constantFrom(
    { email: 'x' },
    { first_name: null },
    { job_title: true },
    { job_title: 'x'.repeat(65) },
    { last_name: ' ' },
    { language_id: 0 },
    { contact_type: 'organization_contact' },
    { contact_type: 'other' },
    { contact_type: undefined },
  )
  const before = (await ask('desk', 'GET', path)).text
  await fc.assert(
    fc.asyncProperty(faults, fc.boolean(), async (fault, isFirst) => {
      const bad = contact({ contact_type: 'technical_contact', ...fault })
      const body = { contacts: isFirst ? [bad, good] : [good, bad] }
      assert.equal((await ask('desk', 'PUT', `${path}/contact`, { body })).status, 400)
      assert.equal((await ask('desk', 'GET', path)).text, before)
    }),
    { numRuns: 40 },
  )
})

interface Step {
  readonly before: ContactsView
  readonly sent: ContactsInput
  readonly saved: Dossier
  readonly after: ContactsView
  readonly put: ReturnType<typeof putter>
  /** Every id that a contact had so far. */
  readonly seen: ReadonlySet<number>
}

/** Puts random requests one after the other, and lets `check` see each. */
function forEachPut(check: (step: Step) => void): void {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (seeds) => {
      const put = putter()
      let current = start()
      const seen = new Set<number>()
      for (let step = 0; step < 5; step += 1) {
        const before = viewOf(current)
        for (const { id } of Object.values(before)) seen.add(id)
        const [sent] = fc.sample(requests(before), { numRuns: 1, seed: seeds.next().value ?? 0 })
        const saved = put(current, sent ?? {})
        check({ before, sent: sent ?? {}, saved, after: viewOf(saved), put, seen })
        current = saved
      }
    }),
  )
}

function requests(view: ContactsView): fc.Arbitrary<ContactsInput> {
  const numbers = ['016 00 00 10', '+32 470 12 34 56']
  const sent = (type: ContactType) => {
    const { id: _, ...fields } = view[type] ?? { id: 0 }
    return 'email' in fields ? contactEdits(fields, numbers) : newContacts(numbers)
  }
  return fc.record(
    {
      organization_contact: sent('organization_contact'),
      technical_contact: fc.oneof(sent('technical_contact'), fc.constant('removed' as const)),
    },
    { requiredKeys: [] },
  )
}

/** Puts as the directory does: what is new gets an id and a number that nothing had before. */
function putter() {
  let count = 100
  const next = () => {
    count += 1
    return count
  }
  const newId = () => uuid(next())
  return (before: Dossier, sent: ContactsInput): Dossier => {
    const proposal = contacts.put(before, sent, putContext())
    const { at, by } = putContext()
    const stamping = {
      at,
      by,
      via: 'test',
      commandId: 'c',
      newId,
      numbers: [next(), next()],
      indexers: CORE_INDEXERS,
    }
    return settle(before, proposal, stamping).after
  }
}

function start(): Dossier {
  const phones = [
    { id: '1-1', number: '016 00 00 10', kind: 'voice', extension: '10' },
    { id: '1-2', number: '+32 470 12 34 56', kind: 'mobile' },
  ] as const
  const emails = [{ id: '1-3', address: 'ann@voorbeeld.example' }]
  const ann = person({ number: 1, name: { full: 'Ann Peeters' }, emails, phones, title: 'Directeur' })
  return dossier({ roles: { 'organization-contact': ann.id } }, [ann])
}

function viewOf(current: Dossier): ContactsView {
  return contacts.get(current, viewContext())
}

function contactsOf(sent: ContactsInput): readonly (readonly [ContactType, ContactFields])[] {
  return CONTACT_TYPES.flatMap((type) => {
    const fields = sent[type]
    return fields === undefined || fields === 'removed' ? [] : [[type, fields] as const]
  })
}

function identityOf({ first_name, last_name, email }: ContactFields): string {
  return JSON.stringify([first_name, last_name, email])
}
