import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { DatabaseUrl } from '../src/config.ts'
import { copyDirectory } from '../src/copying.ts'
import { TENANT, uuid } from '../src/core/testing/records.ts'
import type { Step } from '../src/store/copy/copy.ts'
import { LENGTH_AT_ONCE, ROWS_AT_ONCE } from '../src/store/copy/port.ts'
import { openSource, openStore } from '../src/store/index.ts'
import { numbered, saving } from '../src/store/testing/changes.ts'
import type { Fill } from '../src/store/testing/random-directory.ts'
import { fills } from '../src/store/testing/random-directory.ts'
import {
  contentOf,
  ENGINES,
  filled,
  place,
  removePlaces,
  skipOf,
  some,
  startPlaces,
  withStore,
} from './places.ts'

const tenant = TENANT.id
const silent = () => {}

before(startPlaces)
after(removePlaces)

/** Rows and texts beyond what is read at once; keys that differ at their ends alone. */
const muchOf: Fill = (store) =>
  store.transact(async (transactor) => {
    const key = (end: number) => `x.example/${'y'.repeat(600)}${end}`
    const added = Array.from({ length: ROWS_AT_ONCE + 1 }, (_, at) => ({
      kind: 'website',
      key: key(at),
      part: 'links',
    }))
    await transactor.save(saving([numbered(1)], { removed: [], added }))
    for (let at = 0; at < ROWS_AT_ONCE * 2; at += 1) {
      const value = at < 4 ? 'é'.repeat(LENGTH_AT_ONCE / 4) : at
      await transactor.saveObject(tenant, { kind: 'image', id: uuid(at), about: '', value })
    }
  })

const PAIRS = ENGINES.flatMap((from) => ENGINES.map((to) => [from, to] as const))

for (const [from, to] of PAIRS) {
  describe(`a copy from ${from} to ${to}`, { skip: skipOf(from, to) }, () => {
    test('of any directory, copied back, is that directory', async () => {
      await fc.assert(
        fc.asyncProperty(fills, async (fill) => {
          const source = await filled(from, fill)
          const there = await place(to)
          await copyDirectory(source, there, silent)
          const back = await place(from)
          await copyDirectory(there, back, silent)
          const content = await contentOf(source)
          assert.deepEqual(await contentOf(there), content)
          assert.deepEqual(await contentOf(back), content)
        }),
        { numRuns: 5 },
      )
    })

    test('goes on with the next numbers and the next seqs', async () => {
      const there = await place(to)
      await copyDirectory(await filled(from, some(3)), there, silent)
      await withStore(there, false, async (store) => {
        const number = await store.transact((transactor) => transactor.nextNumber(tenant, 'organization'))
        await store.transact((transactor) => transactor.save(saving([numbered(number)])))
        const events = await store.read((reader) => reader.events(0, 99))
        assert.deepEqual(
          events.map(({ seq }) => seq),
          [1, 2, 3, 4, 5, 6, 7],
        )
        assert.equal(number, 4)
      })
    })

    test('of nothing but tables is a directory with nothing in it', async () => {
      const there = await place(to)
      await copyDirectory(await filled(from, async () => {}), there, silent)
      assert.equal(await withStore(there, false, (store) => store.read((reader) => reader.lastSeq())), 0)
    })

    test('of more than is read at once is whole', async () => {
      const source = await filled(from, muchOf)
      const there = await place(to)
      await copyDirectory(source, there, silent)
      assert.deepEqual(await contentOf(there), await contentOf(source))
    })

    test('that is cut off at any moment goes on there, and nobody opens it before it is whole', async () => {
      const source = await filled(from, some(20))
      let moments = 0
      await copyDirectory(source, await place(to), () => {
        moments += 1
      })
      for (let cut = 0; cut < moments; cut += 8) {
        const there = await place(to)
        let left = cut
        const stop = () => {
          left -= 1
          if (left < 0) throw new Error('cut off')
        }
        await assert.rejects(copyDirectory(source, there, stop), /cut off/)
        await assert.rejects(openStore(there, { mayCreate: true }), /a copy into it is not finished/)
        await assert.rejects(openSource(there), /a copy into it is not finished/)
        const steps: Step[] = []
        await copyDirectory(source, there, (step) => steps.push(step))
        assert.deepEqual(await contentOf(there), await contentOf(source))
        if (cut > 20) assert.ok(!steps.some(({ what, doing }) => doing === 'copying' && what === 'settings'))
      }
    })

    test('does not go on when the source has changed', async () => {
      const source = await filled(from, some(3))
      const there = await place(to)
      const stop = ({ what }: Step) => assert.notEqual(what, 'people', 'cut off')
      await assert.rejects(copyDirectory(source, there, stop), /cut off/)
      await withStore(source, false, (store) =>
        store.transact((transactor) => transactor.save(saving([numbered(1, { version: 2, note: 'other' })]))),
      )
      await assert.rejects(copyDirectory(source, there, silent), /this one has changed since/)
      await assert.rejects(
        copyDirectory(await filled(from, some(4)), there, silent),
        /begun from another source/,
      )
    })

    test('notices an object that changed after it was copied', async () => {
      const save = (value: string) => (database: DatabaseUrl) =>
        withStore(database, false, (store) =>
          store.transact((transactor) =>
            transactor.saveObject(tenant, { kind: 'image', id: uuid(1), about: '', value }),
          ),
        )
      const source = await filled(from, some(1))
      await save('before')(source)
      const there = await place(to)
      const stop = ({ what }: Step) => assert.notEqual(what, 'events', 'cut off')
      await assert.rejects(copyDirectory(source, there, stop), /cut off/)
      await save('after')(source)
      await assert.rejects(copyDirectory(source, there, silent), /objects: other content/)
      await assert.rejects(openStore(there, { mayCreate: true }), /not finished/)
    })

    test('is the source at one moment, whoever writes meanwhile', async () => {
      const source = await filled(from, some(5))
      const content = await contentOf(source)
      const there = await place(to)
      await withStore(source, false, async (store) => {
        let number = 5
        const writing: Promise<void>[] = []
        await copyDirectory(source, there, () => {
          number += 1
          const own = number
          writing.push(store.transact((transactor) => transactor.save(saving([numbered(own)]))))
        })
        await Promise.all(writing)
      })
      assert.deepEqual(await contentOf(there), content)
    })

    test('of which another one runs into the same place gives up, and spoils nothing', async () => {
      const source = await filled(from, some(5))
      const there = await place(to)
      let other: Promise<unknown> | undefined
      const both = await Promise.allSettled([
        copyDirectory(source, there, () => {
          other ??= copyDirectory(source, there, silent).catch((error: Error) => error)
        }),
      ])
      const outcomes = [both[0]?.status === 'rejected' ? both[0].reason : undefined, await other]
      assert.ok(
        outcomes.some((outcome) =>
          /another copy into it is running|something in it already/.test(String(outcome)),
        ),
      )
      if (outcomes.every((outcome) => outcome instanceof Error)) await copyDirectory(source, there, silent)
      assert.deepEqual(await contentOf(there), await contentOf(source))
    })
  })
}
