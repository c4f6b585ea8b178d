import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { SettingsEntry } from '../../core/settings.ts'
import type { Store } from '../../core/store.ts'

const secret = (id: string, value: string | undefined): SettingsEntry => ({
  kind: 'secret',
  tenant: '',
  id,
  value: value === undefined ? undefined : { value },
})

/** How settings are kept: one version for all of them, raised by each command that changes any. */
export function settingsContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    return store
  }

  const save = (store: Store, ...entries: readonly SettingsEntry[]): Promise<void> =>
    store.transact((transactor) => transactor.saveSettings(entries))

  const versionOf = (store: Store) => store.read((reader) => reader.settingsVersion())
  const after = (store: Store, version: number) => store.read((reader) => reader.settings(version))
  const byId = (left: SettingsEntry, right: SettingsEntry) => (left.id < right.id ? -1 : 1)

  describe(`${engine}: settings`, () => {
    test('there are none at version 0', async (context) => {
      const store = await opened(context)
      assert.equal(await versionOf(store), 0)
      assert.deepEqual(await after(store, 0), { version: 0, entries: [] })
    })

    test('entries saved together raise the version once; no entries, not at all', async (context) => {
      const store = await opened(context)
      await save(store, secret('a', '1'), secret('b', '2'))
      await save(store)
      assert.equal(await versionOf(store), 1)
      const { version, entries } = await after(store, 0)
      assert.deepEqual([version, entries.toSorted(byId)], [1, [secret('a', '1'), secret('b', '2')]])
    })

    test('a reader is given what changed after the version it has', async (context) => {
      const store = await opened(context)
      await save(store, secret('a', '1'), secret('b', '2'))
      await save(store, secret('a', '3'))
      assert.deepEqual(await after(store, 1), { version: 2, entries: [secret('a', '3')] })
      assert.deepEqual(await after(store, 2), { version: 2, entries: [] })
      assert.equal((await after(store, 0)).entries.length, 2)
    })

    test('an entry that was removed is told as removed', async (context) => {
      const store = await opened(context)
      await save(store, secret('a', '1'))
      await save(store, secret('a', undefined))
      assert.deepEqual(await after(store, 1), { version: 2, entries: [secret('a', undefined)] })
      await save(store, secret('a', '4'))
      assert.deepEqual(await after(store, 2), { version: 3, entries: [secret('a', '4')] })
    })

    test('entries of one id are told apart by kind and tenant', async (context) => {
      const store = await opened(context)
      const label = (tenant: string) => ({ number: 1, name: tenant, visible: true, private: false })
      const labels = ['t1', 't2'].map((tenant) => ({
        kind: 'label' as const,
        tenant,
        id: 'x',
        value: label(tenant),
      }))
      await save(store, ...labels, secret('x', '1'))
      const { entries } = await after(store, 0)
      assert.equal(entries.length, 3)
      assert.ok(
        labels.every((entry) =>
          entries.some((found) => JSON.stringify(found.value) === JSON.stringify(entry.value)),
        ),
      )
    })

    test('a command sees the settings of the one before it', async (context) => {
      const store = await opened(context)
      const saved = save(store, secret('a', '1'))
      const seen = store.transact((transactor) => transactor.settingsVersion())
      assert.deepEqual(await Promise.all([saved, seen]), [undefined, 1])
    })
  })
}
