import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { Change, OrganizationKey, Transactor } from '../../core/store.ts'
import type { Connection } from './connections.ts'
import type { Deed } from './deeds.ts'
import { textsOf } from './deeds.ts'
import { fetched } from './fetching.ts'
import type { Entry, Memory } from './memory.ts'
import { dossierIn } from './memory.ts'
import { createReader } from './reader.ts'
import { remember } from './remembering.ts'

/** What a turn does for the commands that run in it. */
export interface Desk {
  readonly memory: Memory
  /** Sends what was written so far, and then what is asked: whatever is read knows of it. */
  readonly connection: Connection
  settingsVersion(): number
  raiseSettings(): number
  add(deed: Deed): void
  /** Whoever catches it, the command fails. @throws Problem */
  refuse(problem: Problem): never
}

/**
 * Reads and writes in the turn. What is written is known at once and sent later, together with what other commands write;
 * what is read is taken from what is known, else asked.
 */
export function createTransactor({ memory, connection, add, ...desk }: Desk): Transactor {
  const reader = createReader(connection)
  const stale = () => problem('precondition-failed', { reason: 'the record has another version' })
  const taken = () => problem('precondition-failed', { reason: 'there is such a record already' })

  async function entryOf(key: OrganizationKey): Promise<Entry | undefined> {
    if (memory.find(key) === undefined) (await fetched(connection, memory, [key], ''))()
    const entry = memory.find(key)
    return entry === 'absent' ? undefined : entry
  }

  async function personVersion(tenant: string, id: string, organization: string): Promise<number> {
    const home = memory.find({ tenant, id: organization })
    const person = home === 'absent' ? undefined : home?.people?.find((one) => one.id === id)
    const known = person?.version ?? memory.personVersion(tenant, id)
    if (known !== undefined) return known
    const { rows } = await connection.run('select version from people where tenant = $1 and id = $2', [
      tenant,
      id,
    ])
    return Number(rows[0]?.['version'] ?? 0)
  }

  /** Of records that this turn has read, nothing need be asked. */
  async function requireVersions({ organization, people }: Change): Promise<void> {
    if (organization !== undefined) {
      const { after, before } = organization
      const key = { tenant: after.tenant, id: after.id }
      const found = memory.find(key)
      if (before > 0 && (await entryOf(key))?.version !== before) desk.refuse(stale())
      if (before === 0 && found !== undefined && found !== 'absent') desk.refuse(taken())
    }
    for (const { after, before } of people) {
      if (before > 0 && (await personVersion(after.tenant, after.id, after.organization)) !== before)
        desk.refuse(stale())
    }
  }

  return {
    ...reader,
    async dossier(key, people, focus) {
      const entry = await entryOf(key)
      if (entry === undefined) return undefined
      const known = dossierIn(entry, people, focus)
      if (known !== undefined) return known
      const { tenant, id } = entry
      const read = await reader.dossier({ tenant, id }, people, focus)
      for (const person of read?.people ?? []) memory.putPersonVersion(tenant, person.id, person.version)
      return read
    },
    async everyone(tenant, organization) {
      const everyone = await reader.everyone(tenant, organization)
      for (const { id, version } of everyone) memory.putPersonVersion(tenant, id, version)
      return everyone
    },
    settingsVersion: async () => desk.settingsVersion(),
    async settings(after) {
      return after >= desk.settingsVersion() ? { version: after, entries: [] } : reader.settings(after)
    },
    async nextNumber(tenant, sequence) {
      let known = memory.number(tenant, sequence)
      if (known === undefined) {
        const { rows } = await connection.run('select last from sequences where tenant = $1 and name = $2', [
          tenant,
          sequence,
        ])
        known = Number(rows[0]?.['last'] ?? 0)
      }
      const last = known + 1
      memory.putNumber(tenant, sequence, last)
      add({ kind: 'number', tenant, sequence, last })
      return last
    },
    async save(change) {
      await requireVersions(change)
      const texts = textsOf(change)
      remember(memory, change, texts)
      add({ kind: 'change', change, texts })
    },
    async blank(events) {
      if (events.length > 0) add({ kind: 'blank', events })
    },
    async saveObject(tenant, object) {
      add({ kind: 'object', tenant, object, text: JSON.stringify(object.value ?? null) })
    },
    async sweep(at, limit) {
      const { rows } = await connection.run(
        'select tenant, kind, id from objects where expires_at <= $1 order by expires_at limit $2',
        [at, limit],
      )
      const objects = rows.map(({ tenant, kind, id }) => ({
        tenant: String(tenant),
        kind: String(kind),
        id: String(id),
      }))
      if (objects.length > 0) add({ kind: 'sweep', objects })
      return objects.length
    },
    async saveIndex({ tenant, id }, change) {
      add({ kind: 'index', tenant, organization: id, change })
    },
    async saveSettings(entries) {
      if (entries.length > 0) add({ kind: 'settings', version: desk.raiseSettings(), entries })
    },
  }
}
