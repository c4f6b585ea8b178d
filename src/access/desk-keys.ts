import { randomBytes } from 'node:crypto'
import type { AccessDesk, KeyEntry } from '../core/access-desk.ts'
import type { StoredKey } from '../core/known.ts'
import type { Principal } from '../core/principal.ts'
import { notFound } from '../core/problem.ts'
import type { SettingsEntry } from '../core/settings.ts'
import type { Happening } from './access-events.ts'
import { toldOfPrincipal } from './access-events.ts'
import type { DeskWork } from './desk.ts'
import { byAge, keyEntryOf, keyRow, passwordRows, revokedPasswordRows } from './desk-entries.ts'
import { beyond, requireFields } from './desk-rules.ts'
import { hashKey, hashPassword } from './secrets.ts'

/** 256 random bits: nobody guesses them, so their hash needs no salt. */
const KEY_BYTES = 32
const KEY_PREFIX = 'pdx_'

type Deeds = Pick<AccessDesk, 'keys' | 'createKey' | 'revokeKey' | 'setPassword'>

export function keyDeeds({ known, newId, requireManager, find, findManaged, change }: DeskWork): Deeds {
  const keysOf = (id: string) => known.keysOf(id).map(keyEntryOf).sort(byAge)
  const hasPassword = (id: string) => known.passwordsOf(id).length > 0 || undefined

  function happened(
    principal: Principal,
    after: { readonly keys?: readonly KeyEntry[]; readonly password?: unknown },
  ): Happening {
    const { id } = principal
    const before = { keys: keysOf(id), password: hasPassword(id) }
    const { keys, password } = { ...before, ...after }
    return {
      subject: 'principal',
      id,
      before: toldOfPrincipal(principal, before.keys, before.password),
      after: toldOfPrincipal(principal, keys, password),
    }
  }

  return {
    keys(asker, principal) {
      requireManager(asker)
      return keysOf(find(asker, principal).id)
    },

    createKey: (asker, id, fields) =>
      change(asker, async (manager, _tx, at) => {
        const principal = findManaged(asker, manager, id)
        if (fields.unlimited === true && !manager.superuser) throw beyond('an unlimited key')
        const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url')
        const stored: StoredKey = {
          kind: 'key',
          principal: id,
          hash: hashKey(key),
          id: newId(),
          ...fields,
          createdAt: at,
        }
        const entry = keyEntryOf(stored)
        const happening = happened(principal, { keys: [...keysOf(id), entry] })
        return { answer: { entry, key }, entries: [keyRow(stored)], happening }
      }),

    revokeKey: (asker, id, key) =>
      change(asker, async (manager) => {
        const principal = findManaged(asker, manager, id)
        const stored = known.keysOf(id).find((one) => keyEntryOf(one).id === key)
        if (stored === undefined) throw notFound('key', key)
        const left = keysOf(id).filter((one) => one.id !== key)
        const happening = happened(principal, { keys: left })
        return { answer: undefined, entries: [keyRow({ ...stored, revoked: true })], happening }
      }),

    async setPassword(asker, id, password) {
      requireManager(asker)
      // Slow on purpose, so not inside the transaction.
      const hashed = password === undefined ? undefined : await hashPassword(password)
      await change(asker, async (manager, _tx, at) => {
        const principal = findManaged(asker, manager, id)
        if (hashed !== undefined)
          requireFields(principal, { known, catalogue: known.catalogue(asker.tenant), logsIn: true })
        const added = hashed && { kind: 'password' as const, principal: id, ...hashed }
        const entries: SettingsEntry[] = [
          ...(added === undefined
            ? revokedPasswordRows(known, id)
            : [
                ...passwordRows(known, id),
                { kind: 'credential' as const, tenant: '', id: `password:${id}:${added.salt}`, value: added },
              ]),
        ]
        const happening = happened(principal, { password: added && { changedAt: at } })
        return { answer: undefined, entries, happening }
      })
    },
  }
}
