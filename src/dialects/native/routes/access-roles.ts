import type { RoleFields } from '../../../core/access-desk.ts'
import { problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import type { Role } from '../access/bodies.ts'
import { newRoleFrom, roleFrom } from '../access/bodies.ts'
import { listed, requireSame, rolePath, roleView, showing, written } from '../access/replies.ts'
import { createsOnly } from '../preconditions.ts'
import { jsonBody } from './access-principals.ts'
import { located, patchBody } from './patching.ts'

export async function listRoles({ asker }: Request, { access }: Services): Promise<Reply> {
  return listed(access.roles(asker).map(roleView))
}

export async function postRole(request: Request, { access }: Services): Promise<Reply> {
  const { id, ...sent } = newRoleFrom(jsonBody(request))
  const { role } = await access.putRole(request.asker, id, (before) => {
    if (before !== undefined) throw problem('key-taken', { key: 'id', value: id, holder: id })
    return fieldsOf(sent)
  })
  return written(roleView(role), { location: rolePath(role) }, true)
}

export async function getRole(request: Request, { access }: Services): Promise<Reply> {
  return showing(request, roleView(access.role(request.asker, idOf(request))))
}

/** Makes it, or replaces all of it. */
export async function putRole(request: Request, { access }: Services): Promise<Reply> {
  const sent = roleFrom(jsonBody(request))
  const id = idOf(request)
  // Whoever made the role in the path another one would be surprised either way.
  newRoleFrom({ ...sent, id })
  requireOwnId(sent, id)
  const { role, isNew } = await access.putRole(request.asker, id, (before) => {
    if (before !== undefined && createsOnly(request))
      throw problem('precondition-failed', { reason: 'The role is there.' })
    if (before === undefined && request.headers['if-match'] !== undefined)
      throw problem('precondition-failed', { reason: 'There is no such role.' })
    if (before !== undefined) requireSame(request, roleView(before))
    return fieldsOf(sent)
  })
  return written(roleView(role), isNew ? { location: rolePath(role) } : {}, isNew)
}

export async function patchRole(request: Request, { access }: Services): Promise<Reply> {
  const patch = patchBody(request)
  const id = idOf(request)
  access.role(request.asker, id)
  const { role } = await located(patch, () =>
    access.putRole(request.asker, id, (before) => {
      if (before === undefined) throw problem('not-found', { kind: 'role', id })
      requireSame(request, roleView(before))
      const after = roleFrom(patch.apply(roleView(before)))
      requireOwnId(after, id)
      return fieldsOf(after)
    }),
  )
  return written(roleView(role))
}

export async function deleteRole(request: Request, { access }: Services): Promise<Reply> {
  await access.deleteRole(request.asker, idOf(request), (before) => requireSame(request, roleView(before)))
  return { status: 204 }
}

function idOf({ params }: Request): string {
  return params['id'] ?? ''
}

/** @throws Problem body-invalid */
function requireOwnId({ id }: Role, own: string): void {
  if (id === undefined || id === own) return
  throw problem('body-invalid', { violations: [{ path: ['id'], keyword: 'fixed', params: { is: own } }] })
}

function fieldsOf({ permissions = [], where, parts }: Role): RoleFields {
  return { permissions, ...(where !== undefined && { where }), ...(parts !== undefined && { parts }) }
}
