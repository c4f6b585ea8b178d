import type { Known } from '../../../core/known.ts'
import type { Grant } from '../../../core/policy.ts'
import { mayShare } from '../../../core/policy.ts'
import type { Principal } from '../../../core/principal.ts'
import { notFound, Problem, refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { violationsOfOwnership } from '../bodies.ts'
import { pagedCollection } from '../collection.ts'
import type { Ownership, Transition } from '../ownerships/ownership.ts'
import { asObject, isOpen, OWNERSHIP, settingsFor, transitioned } from '../ownerships/ownership.ts'
import { viewOf } from '../ownerships/view.ts'
import { readValid } from '../reading.ts'
import { toJson } from '../wire.ts'

const OWNERSHIPS = '/ownerships'

/** @see specs/uitdatabank.md 2.5 */
export const ownershipRoutes: readonly Route[] = [
  { method: 'GET', path: OWNERSHIPS, access: 'required', handle: list },
  { method: 'POST', path: OWNERSHIPS, access: 'required', handle: request },
  { method: 'GET', path: `${OWNERSHIPS}/:ownershipId`, access: 'required', handle: show },
  { method: 'DELETE', path: `${OWNERSHIPS}/:ownershipId`, access: 'required', handle: decide('delete') },
  {
    method: 'POST',
    path: `${OWNERSHIPS}/:ownershipId/approve`,
    access: 'required',
    handle: decide('approve'),
  },
  { method: 'POST', path: `${OWNERSHIPS}/:ownershipId/reject`, access: 'required', handle: decide('reject') },
]

interface OwnershipBody {
  readonly itemId: string
  readonly ownerId?: string
  readonly ownerEmail?: string
}

async function request(request: Request, services: Services): Promise<Reply> {
  const { asker, body } = request
  const asked = readValid(body, violationsOfOwnership) as OwnershipBody
  const requester = principalOf(request)
  const id = services.newId()
  // An unknown owner is told before an unknown organizer.
  const owner = await services.directory.keep(asker, async ({ known }) => [
    ownerOf(asked, requester, known),
    {},
  ])
  const isEditor = await mayEdit(request, services, asked.itemId)
  if (!isEditor && owner.id !== requester.id) {
    throw refused('ownership-not-allowed', { verb: 'request', what: 'for this item' })
  }
  await services.directory.keep(asker, async ({ objects, at }) => {
    const open = (await objects(OWNERSHIP, asked.itemId))
      .map(({ value }) => value as Ownership)
      .find((ownership) => ownership.ownerId === owner.id && isOpen(ownership))
    if (open !== undefined) throw refused('ownership-exists', { id: open.id })
    const ownership: Ownership = {
      id,
      itemId: asked.itemId,
      ownerId: owner.id,
      ...(owner.email !== undefined && { ownerEmail: owner.email }),
      requesterId: requester.id,
      ...(requester.email !== undefined && { requesterEmail: requester.email }),
      state: 'requested',
      created: at,
      modified: at,
    }
    return [undefined, { object: asObject(ownership) }]
  })
  return json(201, 'application/json', { id })
}

async function show(request: Request, services: Services): Promise<Reply> {
  const ownership = await ownershipNamed(request, services)
  if (!(await maySee(request, services, ownership))) throw refused('ownership-not-allowed', { verb: 'get' })
  return json(200, 'application/ld+json', viewOf(ownership))
}

function decide(transition: Transition): Route['handle'] {
  return async (request, services) => {
    const named = await ownershipNamed(request, services)
    const by = principalOf(request)
    const isWithdrawal = transition === 'delete' && named.ownerId === by.id
    const isAllowed = transition === 'approve' ? mayApprove : mayEdit
    if (!isWithdrawal && !(await isAllowed(request, services, named.itemId))) {
      throw refused('ownership-not-allowed', { verb: transition })
    }
    await services.directory.keep(request.asker, async (keeping) => {
      const before = ((await keeping.object(OWNERSHIP, named.id))?.value ?? named) as Ownership
      const act = { by: by.id, ...(by.email !== undefined && { email: by.email }), at: keeping.at }
      const after = transitioned(before, transition, act)
      if (after === before) return [undefined, {}]
      const owner = keeping.known.principal(after.ownerId) ?? strangerNamed(after, request.asker.tenant)
      return [
        undefined,
        { object: asObject(after), settings: await settingsFor(before, after, owner, keeping) },
      ]
    })
    return { status: 204 }
  }
}

/** Ownerships that are asked for by at least one of four filters; what the asker may not see is not counted. */
async function list(request: Request, services: Services): Promise<Reply> {
  const query = new URLSearchParams(request.query)
  const filters = ['itemId', 'state', 'ownerId', 'itemType'].filter((name) => query.has(name))
  if (filters.length === 0) throw refused('ownership-filter-missing')
  const all = await services.directory.objects(request.asker, OWNERSHIP, query.get('itemId') ?? undefined)
  const asked = all
    .map(({ value }) => value as Ownership)
    .filter((ownership) => filters.every((name) => memberOf(ownership, name) === query.get(name)))
  const visible: Ownership[] = []
  for (const ownership of asked) if (await maySee(request, services, ownership)) visible.push(ownership)
  const sort = query.get('sort') ?? ''
  visible.sort((left, right) =>
    /^-?created$/.test(sort)
      ? compared(left.created, right.created) * (sort.startsWith('-') ? -1 : 1)
      : compared(left.ownerId, right.ownerId),
  )
  const start = wholeNumber(query.get('start'), 0)
  const member = visible.slice(start, start + wholeNumber(query.get('limit'), 50)).map(viewOf)
  const page = pagedCollection(member, { itemsPerPage: member.length, totalItems: visible.length })
  return json(200, 'application/ld+json', page)
}

/** Who shall own: whom the body names, else who asks. @throws Problem refused */
function ownerOf(
  { ownerId, ownerEmail }: OwnershipBody,
  requester: Principal,
  known: Pick<Known, 'principal' | 'principalWithEmail'>,
): Principal {
  if (ownerId !== undefined && ownerId !== requester.id) {
    const owner = known.principal(ownerId)
    if (owner?.tenant !== requester.tenant) throw refused('no-user', { by: 'id', value: ownerId })
    return owner
  }
  if (ownerId === undefined && ownerEmail !== undefined && ownerEmail !== requester.email) {
    const owner = known.principalWithEmail(requester.tenant, ownerEmail)
    if (owner === undefined) throw refused('no-user', { by: 'email', value: ownerEmail })
    return owner
  }
  return requester
}

async function ownershipNamed({ asker, params }: Request, { directory }: Services): Promise<Ownership> {
  const id = params['ownershipId'] ?? ''
  const found = await directory.object(asker, OWNERSHIP, id)
  if (found === undefined) throw notFound('ownership', id)
  return found.value as Ownership
}

async function maySee(
  request: Request,
  services: Services,
  { ownerId, itemId }: Ownership,
): Promise<boolean> {
  return ownerId === request.asker.principal?.id || (await mayEdit(request, services, itemId))
}

/** Whether the asker may edit the organizer. @throws Problem not-found */
async function mayEdit(request: Request, services: Services, id: string): Promise<boolean> {
  return (await grantOn(request, services, id))?.may('organizations.edit') === true
}

/** Whether the asker may give somebody what owners have: they have it themselves. @throws Problem not-found */
async function mayApprove(request: Request, services: Services, id: string): Promise<boolean> {
  const grant = await grantOn(request, services, id)
  return grant?.may('organizations.edit') === true && mayShare(grant)
}

/** Undefined where the asker may not read the organizer. @throws Problem not-found */
async function grantOn({ asker }: Request, { directory }: Services, id: string): Promise<Grant | undefined> {
  try {
    const { context } = await directory.find(asker, { tenant: asker.tenant, id }, 'none')
    return context.grant
  } catch (fault) {
    if (fault instanceof Problem && fault.is('forbidden')) return undefined
    throw fault
  }
}

function principalOf({ asker }: Request): Principal {
  return asker.principal as Principal
}

/** An owner whom the directory does not know yet: their first token comes later. */
function strangerNamed({ ownerId, ownerEmail }: Ownership, tenant: string): Principal {
  return {
    id: ownerId,
    number: 0,
    kind: 'user',
    tenant,
    name: ownerId,
    ...(ownerEmail !== undefined && { email: ownerEmail }),
    superuser: false,
    roles: [],
  }
}

function memberOf(ownership: Ownership, name: string): string {
  if (name === 'itemType') return 'organizer'
  return ownership[name as 'itemId' | 'state' | 'ownerId']
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise
}

function compared(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function json(status: number, type: string, value: unknown): Reply {
  return { status, headers: { 'content-type': type }, body: toJson(value) }
}
