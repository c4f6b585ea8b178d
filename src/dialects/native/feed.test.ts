import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { Directory } from '../../core/directory.ts'
import type { Principal, Role } from '../../core/principal.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import { principal, TENANT } from '../../core/testing/records.ts'
import type { House } from '../../store/testing/house.ts'
import { asker, create, EDITORS, edit, openHouse, ROOT } from '../../store/testing/house.ts'
import { awaitedBatch } from './feed/batch.ts'
import { readFeed } from './feed/reader.ts'
import { streamOf } from './feed/stream.ts'

const BASE = 'https://directory.example'
const GUEST = principal({ id: 'guest', superuser: false, roles: ['guests'] })
const GUESTS: Role = { ...EDITORS, id: 'guests' }

interface Opened {
  readonly next: () => Promise<string | undefined>
  readonly leave: () => void
}

/** A stream for `who`, from the beginning of the log. */
function opened(context: TestContext, directory: Directory, who: Principal, after = 0): Opened {
  const leaving = new AbortController()
  const stream = streamOf(directory, readFeed(directory, asker(who), after), BASE, leaving.signal)
  context.after(async () => {
    leaving.abort()
    await stream.return()
  })
  return { next: async () => (await stream.next()).value ?? undefined, leave: () => leaving.abort() }
}

async function settings({ store, known }: House, entries: readonly SettingsEntry[]): Promise<void> {
  await store.transact((transactor) => transactor.saveSettings(entries))
  await store.read((reader) => known.follow(reader))
}

const guests = (role: Role | undefined): SettingsEntry[] => [
  { kind: 'role', tenant: TENANT.id, id: 'guests', value: role },
  { kind: 'principal', tenant: TENANT.id, id: 'guest', value: GUEST },
]

/** Lets what was awaited before go on, with timers that stand still. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** With what settles once nobody looks at the log any more: an engine at the end of a wire answers by a clock that goes on. */
function watched(directory: Directory): {
  readonly directory: Directory
  readonly rest: () => Promise<void>
} {
  let looks = 0
  return {
    directory: {
      ...directory,
      async changes(...asked) {
        looks += 1
        try {
          return await directory.changes(...asked)
        } finally {
          looks -= 1
        }
      },
    },
    async rest() {
      do await turn()
      while (looks > 0)
      await turn()
    },
  }
}

describe('a stream of events', () => {
  test('begins with where it begins, so that whoever is cut off at once misses nothing', async (context) => {
    const house = await openHouse(context)
    await create(house)
    const { next } = opened(context, house.directory, ROOT, 1)
    equal(await next(), 'retry: 3000\nid: 1\n\n')
  })

  test('tells each event with its id, its type and a CloudEvent on one line', async (context) => {
    const house = await openHouse(context)
    await create(house, { note: 'two\nlines' })
    const { next } = opened(context, house.directory, ROOT)
    await next()
    const [, data = ''] =
      /^id: 1\nevent: polydex\.organization\.created\ndata: (.*)\n\n$/.exec((await next()) ?? '') ?? []
    const { id, data: told, ...event } = JSON.parse(data)
    match(id, /^id-/)
    deepEqual(event, {
      specversion: '1.0',
      source: `${BASE}/v1`,
      type: 'polydex.organization.created',
      subject: 'organizations/id-1',
      time: event.time,
      datacontenttype: 'application/json',
      sequence: '0000000000000001',
    })
    deepEqual(told.parts.note, [null, 'two\nlines'])
    deepEqual([told.version, told.by, told.via], [1, 'root', 'test'])
  })

  test('wakes up when something is written, and ends when its reader leaves', async (context) => {
    const house = await openHouse(context)
    await create(house)
    const { next, leave } = opened(context, house.directory, ROOT, 1)
    await next()
    const told = next()
    await edit(house, { note: 'x' })
    match((await told) ?? '', /^id: 2\n/)
    const last = next()
    leave()
    equal(await last, undefined)
  })

  test('tells whoever may not read anything any more nothing more', async (context) => {
    const house = await openHouse(context)
    await settings(house, guests(GUESTS))
    await create(house)
    const { next } = opened(context, house.directory, GUEST, 1)
    await next()
    await edit(house, { department: 'A' })
    match((await next()) ?? '', /"department":\[null,"A"\]/)
    await settings(house, guests({ ...GUESTS, parts: { '*': 'none', name: 'read' } }))
    await edit(house, { department: 'B', name: { nl: 'Ander' } })
    const told = (await next()) ?? ''
    ok(told.includes('Ander') && !told.includes('department'), told)
    await settings(house, guests({ ...GUESTS, permissions: [] }))
    const later = next()
    await edit(house, { name: { nl: 'Derde' } })
    // Until the stream has looked at it.
    await new Promise((resolve) => setTimeout(resolve, 100))
    await settings(house, guests(GUESTS))
    await edit(house, { department: 'C' })
    match((await later) ?? '', /^id: 5\n/)
  })

  test('ends for whoever is nobody any more', async (context) => {
    const house = await openHouse(context)
    await settings(house, guests(GUESTS))
    const { next } = opened(context, house.directory, GUEST)
    await next()
    const told = next()
    await settings(house, [{ kind: 'principal', tenant: TENANT.id, id: 'guest', value: undefined }])
    equal(await told, undefined)
  })

  test('goes on for a stranger whom the directory never knew', async (context) => {
    const house = await openHouse(context)
    await create(house, { contributors: ['s@example.org'] })
    const stranger = { ...principal({ id: 's', superuser: false, email: 's@example.org' }), number: 0 }
    const { next } = opened(context, house.directory, stranger)
    await next()
    match((await next()) ?? '', /^id: 1\n/)
  })

  test('reads no further than it is taken', async (context) => {
    const house = await openHouse(context)
    await create(house)
    for (let at = 0; at < 50; at += 1) await edit(house, { note: `${at}` })
    const looks: number[] = []
    const counted: Directory = {
      ...house.directory,
      changes(who, after, limit) {
        looks.push(after)
        return house.directory.changes(who, after, limit)
      },
    }
    const { next } = opened(context, counted, ROOT)
    for (let at = 0; at < 11; at += 1) await next()
    deepEqual(looks, [0])
    await next()
    deepEqual(looks, [0, 10])
  })

  test('says something every 15 seconds, and how far it came where that was hidden', async (context) => {
    context.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
    const house = await openHouse(context)
    await settings(house, guests(GUESTS))
    await create(house)
    const { directory, rest } = watched(house.directory)
    const { next } = opened(context, directory, GUEST, 1)
    await next()
    const beat = async () => {
      const told = next()
      await rest()
      context.mock.timers.tick(15_000)
      await rest()
      context.mock.timers.tick(20)
      return told
    }
    equal(await beat(), ':\n\n')
    await edit(house, { note: 'hidden' })
    equal(await beat(), 'id: 2\n\n')
    equal(await beat(), ':\n\n')
  })

  test('ends after a quarter of an hour, so that its reader shows a credential again', async (context) => {
    context.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
    const house = await openHouse(context)
    const { next } = opened(context, house.directory, ROOT)
    await next()
    const told: (string | undefined)[] = []
    const reading = (async () => {
      for (;;) {
        const text = await next()
        told.push(text)
        if (text === undefined) return
      }
    })()
    for (let seconds = 0; seconds < 15 * 60; seconds += 15) {
      context.mock.timers.tick(15_000)
      for (let turns = 0; turns < 3; turns += 1) await turn()
      context.mock.timers.tick(20)
      for (let turns = 0; turns < 3; turns += 1) await turn()
    }
    await reading
    equal(told.at(-1), undefined)
  })
})

describe('a batch that is waited for', () => {
  test('comes as soon as there is something to see, whatever hidden happens before', async (context) => {
    const house = await openHouse(context)
    await settings(house, guests(GUESTS))
    await create(house)
    const reader = readFeed(house.directory, asker(GUEST), 1)
    const leaving = new AbortController().signal
    const asked = { limit: 2, baseUrl: BASE, waitMs: 30_000, leaving }
    const batch = awaitedBatch(house.directory, reader, asked)
    for (const note of ['a', 'b', 'c']) await edit(house, { note })
    await edit(house, { department: 'A' })
    equal((await batch).length, 1)
    equal(reader.at, 5)
  })

  test('is empty when the time is up, and when the client leaves', async (context) => {
    const house = await openHouse(context)
    const wait = (waitMs: number, leaving = new AbortController().signal) => {
      const reader = readFeed(house.directory, asker(ROOT), 0)
      return awaitedBatch(house.directory, reader, { limit: 1, baseUrl: BASE, waitMs, leaving })
    }
    deepEqual(await wait(10), [])
    deepEqual(await wait(60_000, AbortSignal.timeout(10)), [])
    deepEqual(await wait(60_000, AbortSignal.abort()), [])
  })
})
