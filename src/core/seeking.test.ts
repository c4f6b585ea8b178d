import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asker, create, EDITOR, openHouse, READER } from '../store/testing/house.ts'
import type { SeekQuery } from './seeking.ts'
import type { Position } from './store.ts'

const ways: readonly (readonly [how: string, as: typeof EDITOR, more: Pick<SeekQuery, 'also' | 'keyOf'>])[] =
  [
    ['each has to be asked', READER, { also: () => true }],
    ['the order is the own one of its reader', EDITOR, { keyOf: () => '1' }],
  ]

for (const [how, as, more] of ways) {
  test(`a page ends early where what is found is large, and ${how}`, async (context) => {
    const own = await openHouse(context)
    const description = { nl: 'x'.repeat(3_000_000) }
    for (let number = 1; number <= 7; number += 1) await create(own, { description })
    const along = { by: more.keyOf === undefined ? 'number' : 'shownAt', descending: false } as const
    const pages: number[][] = []
    let after: Position | undefined
    do {
      const query = { along, limit: 9, ...more, ...(after !== undefined && { after }) }
      const { items, next } = await own.directory.seek(asker(as), query)
      pages.push(items.map(({ dossier }) => dossier.organization.number))
      after = next
    } while (after !== undefined)
    assert.deepEqual(pages, [[1, 2, 3], [4, 5, 6], [7]])
  })
}
