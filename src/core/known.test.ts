import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { Known } from './known.ts'
import { createKnown } from './known.ts'
import type { SettingsEntry } from './settings.ts'
import { principal, TENANT } from './testing/records.ts'

const OWNER = principal({ id: 'owner', email: 'owner@example.org' })

test('who has a password is found by id, and by e-mail address whatever its case', async () => {
  const known = await knowing([named(OWNER), password('owner')])
  equal(known.principalNamed('owner')?.id, 'owner')
  equal(known.principalNamed('OWNER@example.org')?.id, 'owner')
})

test('nobody takes a log-in name away by claiming it in a token', async () => {
  const known = await knowing([named(OWNER), password('owner')])
  await learn(known, [named(principal({ id: 'thief', email: 'owner@example.org' }))])
  await learn(known, [named(principal({ id: 'owner@example.org' }))])
  equal(known.principalNamed('owner@example.org')?.id, 'owner')
})

test('an address that two with a password share is of the first id, whoever was known first', async () => {
  const known = await knowing([named(OWNER), password('owner')])
  await learn(known, [named(principal({ id: 'another', email: 'owner@example.org' })), password('another')])
  equal(known.principalNamed('owner@example.org')?.id, 'another')
})

test('an address that was replaced opens nothing any more', async () => {
  const known = await knowing([named(OWNER), password('owner')])
  await learn(known, [named({ ...OWNER, email: 'new@example.org' })])
  equal(known.principalNamed('owner@example.org'), undefined)
  equal(known.principalNamed('new@example.org')?.id, 'owner')
})

test('a password that was removed logs nobody in', async () => {
  const known = await knowing([named(OWNER), password('owner')])
  await learn(known, [{ ...password('owner'), value: undefined }])
  equal(known.principalNamed('owner'), undefined)
  equal(known.passwordsOf('owner').length, 0)
})

/** What is stored when each entry is a version of its own. */
function storedAs(entries: readonly SettingsEntry[]): Parameters<Known['follow']>[0] {
  return {
    settingsVersion: async () => entries.length,
    settings: async (after) => ({ version: entries.length, entries: entries.slice(after) }),
  }
}

const ENTRIES = [password('owner'), named(OWNER), named({ ...OWNER, email: 'new@example.org' })]

/** What is stored before the last entry, of which nothing arrives before `meanwhile` has happened. */
function late(meanwhile: () => Promise<void>): Parameters<Known['follow']>[0] {
  const stored = storedAs(ENTRIES.slice(0, 2))
  return {
    ...stored,
    async settings(after) {
      const read = await stored.settings(after)
      await meanwhile()
      return read
    },
  }
}

test('what was read before another one followed takes nothing back', async () => {
  const known = createKnown()
  await known.follow(storedAs(ENTRIES.slice(0, 1)))
  await known.follow(late(() => known.follow(storedAs(ENTRIES))))
  equal(known.principalNamed('owner')?.email, 'new@example.org')
})

test('what was read before everything was forgotten is not all that is known', async () => {
  const known = createKnown()
  await known.follow(storedAs(ENTRIES.slice(0, 1)))
  let isForgotten = false
  const forgetOnce = async () => {
    if (!isForgotten) known.forget()
    isForgotten = true
  }
  await known.follow(late(forgetOnce))
  await known.follow(storedAs(ENTRIES))
  equal(known.principalNamed('owner')?.email, 'new@example.org')
})

async function knowing(entries: readonly SettingsEntry[]): Promise<Known> {
  const known = createKnown()
  await learn(known, entries)
  return known
}

async function learn(known: Known, entries: readonly SettingsEntry[]): Promise<void> {
  const version = known.version + 1
  await known.follow({ settingsVersion: async () => version, settings: async () => ({ version, entries }) })
}

function named(value: ReturnType<typeof principal>): SettingsEntry {
  return { kind: 'principal', tenant: TENANT.id, id: value.id, value }
}

function password(of: string) {
  const value = { kind: 'password', principal: of, salt: 's', hash: 'h' } as const
  return { kind: 'credential', tenant: '', id: `password:${of}:s`, value } as const
}
