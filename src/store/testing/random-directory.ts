import fc from 'fast-check'
import type { FileStore } from '../../core/files.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { Store, StoredObject } from '../../core/store.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { uuid } from '../../core/testing/records.ts'
import { saving } from './changes.ts'

/** Writes a directory to an empty store, and images beside it. */
export type Fill = (store: Store, files: FileStore) => Promise<void>

/** Texts that no engine may change: quotes, escapes, letters beyond 16 bits, keys longer than an index takes. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '').toWellFormed()),
  fc.constantFrom(
    '',
    '\\',
    '"',
    "'",
    '{}',
    '{"a",NULL}',
    'NULL',
    '\\N',
    '\n\r\t',
    '\u0001',
    '\u{10ffff}',
    'é😀',
  ),
)

const longKeys = fc
  .tuple(fc.integer({ min: 505, max: 520 }), fc.constantFrom('a', 'b', '😀'))
  .map(([length, end]) => `x.example/${'y'.repeat(length)}${end}`)

const objects = fc.record({
  kind: fc.constantFrom('image', 'request'),
  id: fc.nat(30).map(uuid),
  about: fc.constantFrom('', uuid(1)),
  value: fc.oneof(texts, fc.constant(null), fc.dictionary(texts, texts)),
  expiresAt: fc.option(fc.constant('2031-01-01T00:00:00.000Z'), { nil: undefined }),
})

const settings = fc.record({
  kind: fc.constant('secret' as const),
  tenant: fc.constantFrom('', 'default'),
  id: texts,
  value: fc.option(fc.record({ value: texts }), { nil: undefined }),
})

const tenants = fc.constantFrom('default', 'é', 'B')

/** Directories of several tenants, with everything that a store keeps. */
export const fills: fc.Arbitrary<Fill> = fc
  .record({
    dossiers: fc.array(fc.tuple(tenants, dossiers(), fc.option(longKeys)), { maxLength: 4 }),
    objects: fc.array(fc.tuple(tenants, objects), { maxLength: 5 }),
    settings: fc.array(settings, { maxLength: 5 }),
    sequences: fc.array(fc.tuple(tenants, texts), { maxLength: 4 }),
    files: fc.array(fc.tuple(fc.nat(9), fc.uint8Array({ maxLength: 300 })), { maxLength: 4 }),
  })
  .map((given) => async (store, files) => {
    for (const [at, [tenant, { organization, people }, key]] of given.dossiers.entries()) {
      const number = at + 1
      const own = { ...organization, tenant, id: uuid(number), number, version: 1 }
      const added = key === null ? [] : [{ kind: 'website', key, part: 'links' }]
      const all = people.map((person, place) => {
        const count = 100 * number + place
        return { ...person, tenant, id: uuid(count), number: count, version: 1, organization: own.id }
      })
      await store.transact((transactor) => transactor.save(saving([own, ...all], { removed: [], added })))
    }
    await store.transact(async (transactor) => {
      for (const [tenant, { expiresAt, ...object }] of given.objects) {
        const stored: StoredObject = expiresAt === undefined ? object : { ...object, expiresAt }
        await transactor.saveObject(tenant, stored)
      }
      for (const entry of given.settings) await transactor.saveSettings([entry satisfies SettingsEntry])
      for (const [tenant, name] of given.sequences) await transactor.nextNumber(tenant, name)
    })
    for (const [at, bytes] of given.files) await files.put(uuid(at), bytes)
  })
