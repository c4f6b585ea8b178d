import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grant } from '../../core/policy.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import { organization, viewContext } from '../../core/testing/records.ts'
import { organizer } from './lens/organizer.ts'

const stamp = (version: number, at: string) => ({ version, at, by: 'ann' })

const RECORD = organization({
  version: 4,
  changed: {
    name: stamp(2, '2024-02-01T00:00:00.000Z'),
    emails: stamp(3, '2024-03-01T00:00:00.000Z'),
    note: stamp(4, '2024-04-01T00:00:00.000Z'),
  },
})

const modifiedFor = (grant: Grant) =>
  organizer.get({ organization: RECORD, people: [] }, { ...viewContext(), grant }).modified

test('`modified` is the last change of what the document shows', () => {
  assert.equal(modifiedFor(FULL_GRANT), '2024-03-01T00:00:00+00:00')
})

test('`modified` is not moved by what its reader may not read', () => {
  const rightTo: Grant['rightTo'] = (part) => (part === 'emails' ? 'none' : 'read')
  assert.equal(modifiedFor({ ...FULL_GRANT, isFull: false, rightTo }), '2024-02-01T00:00:00+00:00')
})
