import type { AccessDesk, PrincipalEntry } from '../core/access-desk.ts'
import type { Asker } from '../core/command.ts'
import type { Principal } from '../core/principal.ts'
import { problem, refused } from '../core/problem.ts'
import type { Happening } from './access-events.ts'
import { toldOfPrincipal } from './access-events.ts'
import type { Deed, DeskWork } from './desk.ts'
import { byAge, entryOf, keyEntryOf, keyRow, passwordRows, principalOf } from './desk-entries.ts'
import { beyond, requireFields } from './desk-rules.ts'
import { mayMake } from './giving.ts'

type Deeds = Pick<
  AccessDesk,
  'principals' | 'principal' | 'createPrincipal' | 'editPrincipal' | 'deletePrincipal'
>

export function principalDeeds({ known, newId, requireManager, find, findManaged, change }: DeskWork): Deeds {
  const shown = (principal: Principal): PrincipalEntry =>
    entryOf(principal, known.passwordsOf(principal.id).length > 0)
  const keysOf = (id: string) => known.keysOf(id).map(keyEntryOf).sort(byAge)
  const told = (principal: Principal) =>
    toldOfPrincipal(principal, keysOf(principal.id), known.passwordsOf(principal.id).length > 0 || undefined)
  const happened = (before: Principal | undefined, after: Principal): Happening => ({
    subject: 'principal',
    id: after.id,
    before: before && told(before),
    after: told(after),
  })

  async function save(
    asker: Asker,
    manager: Principal,
    before: Principal | undefined,
    after: Principal,
  ): Promise<Deed<PrincipalEntry>> {
    const catalogue = known.catalogue(asker.tenant)
    requireFields(after, { known, catalogue })
    if (!mayMake(manager, after, catalogue)) throw beyond(`principal ${after.id}`)
    if (before !== undefined) requireAnother(asker.tenant, before, after)
    const entries = [{ kind: 'principal' as const, tenant: asker.tenant, id: after.id, value: after }]
    return { answer: shown(after), entries, happening: happened(before, after) }
  }

  /** @throws Problem refused (last-superuser) */
  function requireAnother(tenant: string, before: Principal, after: Principal): void {
    const isOne = (one: Principal) => one.superuser && one.state === undefined
    if (!isOne(before) || isOne(after)) return
    if (
      known
        .catalogue(tenant)
        .principals()
        .some((one) => one.id !== before.id && isOne(one))
    )
      return
    throw refused('last-superuser')
  }

  return {
    principals(asker) {
      requireManager(asker)
      return known
        .catalogue(asker.tenant)
        .principals()
        .filter(({ state }) => state !== 'deleted')
        .map(shown)
    },

    principal(asker, id) {
      requireManager(asker)
      return shown(find(asker, id))
    },

    createPrincipal: (asker, id, fields) =>
      change(asker, async (manager, tx) => {
        const own = id ?? newId()
        if (known.principal(own) !== undefined)
          throw problem('key-taken', { key: 'id', value: own, holder: own })
        const number = await tx.nextNumber(asker.tenant, 'principal')
        const after = principalOf({ id: own, number, tenant: asker.tenant }, fields)
        return save(asker, manager, undefined, after)
      }),

    editPrincipal: (asker, id, edit) =>
      change(asker, async (manager) => {
        const before = findManaged(asker, manager, id)
        const { number, tenant } = before
        return save(asker, manager, before, principalOf({ id, number, tenant }, edit(shown(before))))
      }),

    deletePrincipal: (asker, id, require) =>
      change(asker, async (manager) => {
        const before = findManaged(asker, manager, id)
        require(shown(before))
        const after: Principal = { ...before, superuser: false, roles: [], state: 'deleted' }
        requireAnother(asker.tenant, before, after)
        const keys = known.keysOf(id).map((key) => keyRow({ ...key, revoked: true }))
        const entries = [
          { kind: 'principal' as const, tenant: asker.tenant, id, value: after },
          ...keys,
          ...passwordRows(known, id),
        ]
        const happening = { subject: 'principal' as const, id, before: told(before), after: undefined }
        return { answer: undefined, entries, happening }
      }),
  }
}
