import type { Permission } from '../../core/principal.ts'
import { notFound, problem, refused } from '../../core/problem.ts'
import type { OrganizationKey } from '../../core/store.ts'
import type { Method, Reply, Request, Route, Services } from '../dialect.ts'
import { readContacts, readOrganization } from './bodies.ts'
import { isDuplicated } from './duplicates.ts'
import { contacts } from './lens/contacts.ts'
import { organization, rowOf } from './lens/organization.ts'
import { readListQuery } from './list-query.ts'
import { requireAcceptsJson, requireJsonBody } from './media.ts'
import type { Refusal } from './problems.ts'
import { BASE_PATH, JSON_TYPE } from './wire.ts'

const ORGANIZATIONS = `${BASE_PATH}/organization`
const APPROVERS = `${ORGANIZATIONS}/potential-approvers`
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export const routes: readonly Route[] = [
  route('PUT', `${ORGANIZATIONS}/:id/contact`, putContacts),
  route('GET', `${ORGANIZATIONS}/:id`, getOrganization),
  route('GET', ORGANIZATIONS, listOrganizations),
  route('POST', ORGANIZATIONS, createOrganization),
  // Not yet there, and no id either: it must not fall into the route above.
  ...METHODS.map((method) => route(method, APPROVERS, noRoute)),
]

/** @see specs/digicert.md 3.2 for the order of checks */
async function putContacts(request: Request, { directory }: Services): Promise<Reply> {
  const target = keyOf(request)
  const permission = 'organizations.edit'
  const input = await readAfterLookup(request, directory, target, permission, readContacts)
  await directory.execute(request.asker, { lens: contacts, target, input, permission })
  return { status: 204 }
}

async function getOrganization(request: Request, { directory }: Services): Promise<Reply> {
  const { dossier, context } = await directory.find(request.asker, keyOf(request), organization.people)
  return json(200, organization.get(dossier, context))
}

async function listOrganizations({ asker, query }: Request, { directory }: Services): Promise<Reply> {
  const asked = readListQuery(query)
  const { items, total } = await directory.search(asker, asked)
  const organizations = items.map(({ dossier, context }) => rowOf(dossier.organization, context))
  return json(200, { organizations, page: { total, limit: asked.limit, offset: asked.offset } })
}

async function createOrganization(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, body } = request
  requireJsonBody(request)
  const { input, skipsDuplicateCheck, container } = readOrganization(body)
  const isDuplicate = !skipsDuplicateCheck && (await isDuplicated(input, asker, directory))
  if (isDuplicate) throw refused('duplicate_organization' satisfies Refusal)
  const { dossier } = await directory.execute(asker, {
    lens: organization,
    target: 'new',
    input: (_view, context) => {
      requireContainer(container, context.catalogue.tenant.number)
      return input
    },
    permission: 'organizations.create',
  })
  return json(201, { id: dossier.organization.number })
}

async function noRoute({ path }: Request): Promise<Reply> {
  throw problem('route-not-found', { path })
}

/** A route of this API: a key is needed, and a client that takes JSON. */
function route(method: Method, path: string, handle: Route['handle']): Route {
  return {
    method,
    path,
    access: 'required',
    handle: async (request, services) => {
      requireAcceptsJson(request)
      return handle(request, services)
    },
  }
}

/** What the body says. An unknown organization is told before a body that cannot be read, at no cost to those that can. */
async function readAfterLookup<Body>(
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
function keyOf({ asker, params }: Request): OrganizationKey {
  const { id = '' } = params
  if (!/^[1-9]\d{0,9}$/.test(id)) throw notFound('organization', id)
  return { tenant: asker.tenant, number: Number(id) }
}

/** @throws Problem body-invalid unless the container is the tenant's, the only one there is */
function requireContainer(container: number | undefined, own: number): void {
  if (container === undefined || container === own) return
  throw problem('body-invalid', {
    violations: [{ path: ['container'], keyword: 'invalid', params: {} }],
  })
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) }
}
