import type { Found } from '../../../core/command.ts'
import type { Principal } from '../../../core/principal.ts'
import { notFound, Problem, problem, refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { violationsOfContributors } from '../bodies.ts'
import { contributors } from '../lens/contributors.ts'
import { readValid } from '../reading.ts'
import { toJson } from '../wire.ts'
import { afterOrganizer, idOf, keyOf } from './organizer-key.ts'

const ORGANIZER = '/organizers/:organizerId'

/** Who may edit an organizer. The order of the methods of one path is that of its `Allowed:` list. */
export const contributorRoutes: readonly Route[] = [
  { method: 'GET', path: `${ORGANIZER}/contributors`, access: 'required', handle: show },
  { method: 'PUT', path: `${ORGANIZER}/contributors`, access: 'required', handle: replace },
  { method: 'GET', path: `${ORGANIZER}/permissions`, access: 'required', handle: showOwnPermissions },
  { method: 'GET', path: `${ORGANIZER}/permissions/:userId`, access: 'optional', handle: showPermissions },
  { method: 'GET', path: `${ORGANIZER}/creator`, access: 'required', handle: showCreator },
]

async function show(request: Request, services: Services): Promise<Reply> {
  const found = await findEditable(request, services)
  if (found !== undefined) return json(contributors.get(found.dossier, found.context))
  const principal = request.asker.principal?.id ?? ''
  throw problem('forbidden', { action: 'contributors.read', principal, id: idOf(request) })
}

async function replace(request: Request, services: Services): Promise<Reply> {
  const input = await afterOrganizer(
    request,
    services,
    () => readValid(request.body, violationsOfContributors) as readonly string[],
  )
  await services.directory.execute(request.asker, {
    lens: contributors,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return { status: 204 }
}

async function showOwnPermissions(request: Request, services: Services): Promise<Reply> {
  return permissions(await findEditable(request, services))
}

/** A contributor is known by the e-mail of a token, so nobody else's shows. @see specs/uitdatabank.md 5.3 */
async function showPermissions(request: Request, services: Services): Promise<Reply> {
  const { asker, params } = request
  const { context } = await services.directory.find(asker, keyOf(request), 'none')
  const { userId = '' } = params
  const { email: _, ...known } = context.catalogue.principal(userId) ?? stranger(userId, asker.tenant)
  return permissions(await findEditable({ ...request, asker: { ...asker, principal: known } }, services))
}

async function showCreator(request: Request, services: Services): Promise<Reply> {
  const found = await findEditable(request, services)
  if (found === undefined) throw refused('creator')
  const { by } = found.dossier.organization.created
  const creator = found.context.catalogue.principal(by)
  if (creator === undefined) throw notFound('creator', by === '' ? 'unknown' : by)
  const { id, email } = creator
  return json({ userId: id, ...(email !== undefined && { email }) }, 'application/ld+json')
}

/** The organizer, if the asker may edit it. @throws Problem not-found */
async function findEditable(request: Request, { directory }: Services): Promise<Found | undefined> {
  try {
    const found = await directory.find(request.asker, keyOf(request), 'none')
    return found.context.grant.may('organizations.edit') ? found : undefined
  } catch (error) {
    if (error instanceof Problem && error.is('forbidden')) return undefined
    throw error
  }
}

/** Somebody whom the directory does not know. */
function stranger(id: string, tenant: string): Principal {
  return { id, number: 0, kind: 'user', tenant, name: id, superuser: false, roles: [] }
}

function permissions(editable: Found | undefined): Reply {
  return json({ permissions: editable === undefined ? [] : ['Organisaties bewerken'] })
}

function json(value: unknown, type = 'application/json'): Reply {
  return { status: 200, headers: { 'content-type': type }, body: toJson(value) }
}
