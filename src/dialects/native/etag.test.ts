import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { Grant } from '../../core/policy.ts'
import { ALWAYS_READABLE, FULL_GRANT, masked } from '../../core/policy.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { viewContext } from '../../core/testing/records.ts'
import { organizationTag } from './etag.ts'
import { organizationCard } from './lens/organization-card.ts'
import { SHOWN_PARTS } from './lens/shown-parts.ts'

/** A reader of these parts, and of no others but those that everybody reads. */
function readerOf(parts: readonly string[], name: string): Grant {
  return {
    ...FULL_GRANT,
    isFull: false,
    class: `${name} ${parts}`,
    rightTo: (part) => (parts.includes(part) ? 'read' : 'none'),
  }
}

const readable = fc.subarray([...SHOWN_PARTS])

function seen(dossier: Dossier, grant: Grant): { readonly tag: string; readonly body: string } {
  const { organization } = masked(dossier, grant)
  const card = organizationCard.get({ organization, people: [] }, viewContext({ grant }))
  return { tag: organizationTag(organization, grant), body: JSON.stringify(card) }
}

/** As a write of one part leaves it. */
function changed(dossier: Dossier, part: string, value: object): Dossier {
  const { organization } = dossier
  const version = organization.version + 1
  const at = '2031-01-01T00:00:00.000Z'
  const stamps = { ...organization.changed, [part]: { version, at, by: 'ann' } }
  const after = { ...organization, ...value, version, changed: stamps } as Organization
  return { ...dossier, organization: after }
}

test('whoever sees the same has the same tag, whoever they are', () => {
  fc.assert(
    fc.property(dossiers(), readable, (dossier, parts) => {
      const all = new Set([...parts, ...ALWAYS_READABLE]).size === SHOWN_PARTS.length
      assert.deepEqual(seen(dossier, readerOf(parts, 'a')), seen(dossier, readerOf(parts, 'b')))
      if (all) assert.deepEqual(seen(dossier, readerOf(parts, 'a')), seen(dossier, FULL_GRANT))
    }),
  )
})

test('all that is readable is what a superuser sees, with the same tag', () => {
  fc.assert(
    fc.property(dossiers(), (dossier) => {
      assert.deepEqual(seen(dossier, readerOf(SHOWN_PARTS, 'a')), seen(dossier, FULL_GRANT))
    }),
  )
})

test('a change tells those who may read it, and nobody else, down to the byte', () => {
  fc.assert(
    fc.property(dossiers(), readable, fc.boolean(), (dossier, parts, isNote) => {
      const grant = readerOf(parts, 'a')
      const [part, value] = isNote
        ? (['note', { note: 'something new' }] as const)
        : (['contributors', { contributors: ['new@example.org'] }] as const)
      const [before, after] = [seen(dossier, grant), seen(changed(dossier, part, value), grant)]
      if (parts.includes(part)) assert.notEqual(after.tag, before.tag)
      else assert.deepEqual(after, before)
    }),
  )
})

test('readers of different parts have different tags', () => {
  fc.assert(
    fc.property(dossiers(), readable, readable, (dossier, left, right) => {
      const sets = [left, right].map((parts) =>
        SHOWN_PARTS.filter((part) => parts.includes(part) || ALWAYS_READABLE.has(part)).join(),
      )
      fc.pre(sets[0] !== sets[1])
      assert.notEqual(seen(dossier, readerOf(left, 'a')).tag, seen(dossier, readerOf(right, 'a')).tag)
    }),
  )
})
