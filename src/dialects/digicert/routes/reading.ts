import type { Permission } from '../../../core/principal.ts'
import { notFound, problem } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Method, Reply, Request, Route, Services } from '../../dialect.ts'
import { acceptedType, requireJsonBody } from '../media.ts'
import { BASE_PATH, JSON_TYPE } from '../wire.ts'

export type Handle = (request: Request, services: Services, type: string) => Promise<Reply>

/** A route of this API: a key is needed, and a client that takes one of `types`. */
export function route(
  method: Method,
  path: string,
  handle: Handle,
  types: readonly [string, ...string[]] = [JSON_TYPE],
): Route {
  return {
    method,
    path: `${BASE_PATH}${path}`,
    access: 'required',
    handle: async (request, services) => handle(request, services, acceptedType(request, types)),
  }
}

/** What the body says. An unknown organization is told before a body that cannot be read, at no cost to those that can. */
export async function readAfterLookup<Body>(
  request: Request,
  directory: Services['directory'],
  key: OrganizationKey,
  permission: Permission,
  read: (text: string) => Body,
): Promise<Body> {
  try {
    requireJsonBody(request)
    return read(request.body)
  } catch (error) {
    const { context } = await directory.find(request.asker, key, 'none')
    if (context.grant.may(permission)) throw error
    const principal = request.asker.principal?.id ?? ''
    throw problem('forbidden', { action: permission, principal })
  }
}

/** @throws Problem not-found when the id is no number that an organization can have */
export function keyOf({ asker, params }: Request): OrganizationKey {
  const { id = '' } = params
  if (!/^[1-9]\d{0,9}$/.test(id)) throw notFound('organization', id)
  return { tenant: asker.tenant, number: Number(id) }
}

/** The number of the only container that has organizations: the tenant's. */
export function ownContainer({ asker }: Request, { directory }: Services): number {
  return directory.draft(asker).context.catalogue.tenant.number
}
