import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { House } from '../store/testing/house.ts'
import { asker, create, EDITOR, edit, openHouse, READER } from '../store/testing/house.ts'
import type { Directory } from './directory.ts'
import { createDirectory } from './directory.ts'
import { CORE_INDEXERS } from './index-rows.ts'
import { EVERYTHING, NOTHING } from './query.ts'
import { always } from './reach.ts'
import type { SeekQuery } from './seeking.ts'
import type { Position } from './store.ts'
import { NOW, TENANT } from './testing/records.ts'

type More = Pick<SeekQuery, 'also' | 'keyOf' | 'times' | 'isCounted'>

const unasked = () => assert.fail('each is asked')

const ways: readonly (readonly [how: string, as: typeof EDITOR, more: More])[] = [
  ['each has to be asked', READER, { also: () => true }],
  ['the order is the own one of its reader', EDITOR, { keyOf: () => '1' }],
  ['their own times are at hand', EDITOR, { keyOf: unasked, times: { parts: ['name'] } }],
  ['all are counted', READER, { isCounted: true }],
]

/** The same directory, with rows that tell of rights. */
function telling({ store, known }: House): Directory {
  const nothing = () => NOTHING
  const tells = { where: () => always(EVERYTHING), creator: nothing, contributor: nothing }
  const ports = { store, known, tells, matches: () => true, indexers: CORE_INDEXERS, heritable: {} }
  return createDirectory({ ...ports, now: () => NOW, newId: () => '' })
}

for (const [how, as, more] of ways) {
  test(`a page ends early where what is found is large, and ${how}`, async (context) => {
    const own = await openHouse(context)
    const description = { nl: 'x'.repeat(3_000_000) }
    for (let number = 1; number <= 7; number += 1) await create(own, { description })
    const directory = telling(own)
    const along = { by: more.keyOf === undefined ? 'number' : 'shownAt', descending: false } as const
    const pages: number[][] = []
    let after: Position | undefined
    do {
      const query = { along, limit: 9, ...more, ...(after !== undefined && { after }) }
      const { items, next } = await directory.seek(asker(as), query)
      pages.push(items.map(({ dossier }) => dossier.organization.number))
      after = next
    } while (after !== undefined)
    assert.deepEqual(pages, [[1, 2, 3], [4, 5, 6], [7]])
  })
}

test('whoever may not see all finds what they changed in its new place at once', async (context) => {
  const own = await openHouse(context)
  const directory = telling(own)
  for (let number = 1; number <= 3; number += 1) await create(own)
  const order = async () => {
    const along = { by: 'shownAt', descending: true } as const
    const times = { parts: ['name', 'department'] }
    const query = { along, limit: 9, keyOf: unasked, times, isCounted: true as const }
    const { items } = await directory.seek(asker(EDITOR), query)
    return items.map(({ dossier }) => dossier.organization.number)
  }
  assert.deepEqual(await order(), [3, 2, 1])
  own.setTime('2030-01-01T00:00:00.000Z')
  await edit(own, { name: { nl: 'Anders' } })
  assert.deepEqual(await order(), [1, 3, 2])
  // Of a note, which they may not read, they learn nothing.
  await edit(own, { note: 'x' }, { target: { tenant: TENANT.id, number: 2 } })
  assert.deepEqual(await order(), [1, 3, 2])
})
