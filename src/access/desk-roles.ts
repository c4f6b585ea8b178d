import type { AccessDesk, RoleFields } from '../core/access-desk.ts'
import type { Asker } from '../core/command.ts'
import type { Role } from '../core/principal.ts'
import { notFound, refused } from '../core/problem.ts'
import { toldOfRole } from './access-events.ts'
import type { DeskWork } from './desk.ts'
import { beyond, requireRoleFields } from './desk-rules.ts'
import { mayGive } from './giving.ts'

type Deeds = Pick<AccessDesk, 'roles' | 'role' | 'putRole' | 'deleteRole'>

export function roleDeeds({ known, isReadable, requireManager, change }: DeskWork): Deeds {
  function findRole({ tenant }: Asker, id: string): Role {
    const role = known.catalogue(tenant).role(id)
    if (role === undefined) throw notFound('role', id)
    return role
  }

  return {
    roles(asker) {
      requireManager(asker)
      return known.roles(asker.tenant).toSorted((left, right) => (left.id < right.id ? -1 : 1))
    },

    role(asker, id) {
      requireManager(asker)
      return findRole(asker, id)
    },

    putRole: (asker, id, edit) =>
      change(asker, async (manager) => {
        const catalogue = known.catalogue(asker.tenant)
        const before = catalogue.role(id)
        if (before !== undefined && !mayGive(manager, before, catalogue)) throw beyond(`role ${id}`)
        const fields: RoleFields = edit(before)
        requireRoleFields(fields, isReadable)
        const role: Role = { ...fields, id, tenant: asker.tenant }
        if (!mayGive(manager, role, catalogue)) throw beyond(`role ${id}`)
        const happening = {
          subject: 'role' as const,
          id,
          before: before && toldOfRole(before),
          after: toldOfRole(role),
        }
        const entries = [{ kind: 'role' as const, tenant: asker.tenant, id, value: role }]
        return { answer: { role, isNew: before === undefined }, entries, happening }
      }),

    deleteRole: (asker, id, require) =>
      change(asker, async (manager) => {
        const role = findRole(asker, id)
        require(role)
        if (!mayGive(manager, role, known.catalogue(asker.tenant))) throw beyond(`role ${id}`)
        const holders = known
          .catalogue(asker.tenant)
          .principals()
          .filter(({ roles }) => roles.includes(id))
        if (holders.length > 0)
          throw refused('role-held', { holders: holders.slice(0, 20).map((one) => one.id) })
        const entries = [{ kind: 'role' as const, tenant: asker.tenant, id, value: undefined }]
        const happening = { subject: 'role' as const, id, before: toldOfRole(role), after: undefined }
        return { answer: undefined, entries, happening }
      }),
  }
}
