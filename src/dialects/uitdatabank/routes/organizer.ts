import type { Reply, Request, RequestHead, Route, Services } from '../../dialect.ts'
import { renderedBytes } from '../../kit/rendered.ts'
import { contactPoint } from '../lens/contact-point.ts'
import { contributors } from '../lens/contributors.ts'
import { existence } from '../lens/members.ts'
import { organizer } from '../lens/organizer.ts'
import { findAllMedia } from '../media.ts'
import { readContactPoint, readOrganizer } from '../reading.ts'
import { turtleOf } from '../turtle.ts'
import { isTrue, toJson } from '../wire.ts'
import { afterOrganizer, idOf, keyOf } from './organizer-key.ts'

/** The order of the methods of one path is that of its `Allowed:` list. @see specs/uitdatabank.md 3.3 */
export const organizerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/organizers',
    access: 'required',
    handle: (request, services) => create(request, services, 201),
  },
  {
    method: 'POST',
    path: '/imports/organizers',
    access: 'required',
    handle: (request, services) => create(request, services, 200),
  },
  {
    method: 'GET',
    path: '/organizers/:organizerId',
    access: (head) => (embedsContributors(head) ? 'required' : 'optional'),
    handle: show,
  },
  { method: 'DELETE', path: '/organizers/:organizerId', access: 'required', handle: remove },
  { method: 'PUT', path: '/organizers/:organizerId', access: 'required', handle: replace },
  { method: 'PUT', path: '/imports/organizers/:organizerId', access: 'required', handle: replace },
  {
    method: 'PUT',
    path: '/organizers/:organizerId/contact-point',
    access: 'required',
    handle: replaceContactPoint,
  },
]

const TURTLE = 'text/turtle'

/** Always sent; no client needs it any more. */
const COMMAND_ID = '00000000-0000-0000-0000-000000000000'

async function create({ body, asker }: Request, { directory }: Services, status: 200 | 201): Promise<Reply> {
  const input = await readOrganizer(body, { baseUrl: asker.baseUrl, id: 'new' }, async (files) => ({
    media: await findAllMedia(directory, asker, files),
    linked: [],
  }))
  const { dossier } = await directory.execute(asker, {
    lens: organizer,
    target: 'new',
    input,
    permission: 'organizations.create',
  })
  return written(status, asker.baseUrl, dossier.organization.id)
}

async function replace(request: Request, services: Services): Promise<Reply> {
  const { body, asker } = request
  const place = { baseUrl: asker.baseUrl, id: idOf(request) }
  const input = await afterOrganizer(request, services, () =>
    readOrganizer(body, place, async (files) => ({
      media: await findAllMedia(services.directory, asker, files),
      linked: await linkedFilesOf(request, services),
    })),
  )
  await services.directory.execute(asker, {
    lens: organizer,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return written(200, asker.baseUrl, idOf(request))
}

async function remove(request: Request, { directory }: Services): Promise<Reply> {
  await directory.execute(request.asker, {
    lens: existence,
    target: keyOf(request),
    input: false,
    permission: 'organizations.delete',
  })
  return { status: 204 }
}

async function replaceContactPoint(request: Request, services: Services): Promise<Reply> {
  const input = await afterOrganizer(request, services, () => readContactPoint(request.body))
  await services.directory.execute(request.asker, {
    lens: contactPoint,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return { status: 204 }
}

async function show(request: Request, { directory }: Services): Promise<Reply> {
  const found = await directory.find(request.asker, keyOf(request), organizer.people)
  const { dossier, context } = found
  // The one media type besides JSON that a client can ask for; any other `Accept` is not looked at.
  if (request.headers['accept'] === TURTLE) {
    return {
      status: 200,
      headers: { 'content-type': TURTLE },
      body: turtleOf(organizer.get(dossier, context)),
    }
  }
  const isEmbedded = embedsContributors(request) && context.grant.may('organizations.edit')
  const embedded = isEmbedded ? contributors.get(dossier, context) : []
  if (embedded.length > 0) {
    const body = toJson({ ...organizer.get(dossier, context), contributors: embedded })
    return { status: 200, headers: JSON_LD, body }
  }
  const render = () => toJson(organizer.get(dossier, context))
  return { status: 200, headers: JSON_LD, bytes: renderedBytes(found, 'uitdatabank organizer', render) }
}

const JSON_LD = { 'content-type': 'application/ld+json' }

/** Only then is the token looked at. @see specs/uitdatabank.md 5.2 */
function embedsContributors({ query }: RequestHead): boolean {
  if (!query.includes('embedContributors')) return false
  return isTrue(new URLSearchParams(query).get('embedContributors'))
}

async function linkedFilesOf(request: Request, { directory }: Services): Promise<readonly string[]> {
  const { dossier } = await directory.find(request.asker, keyOf(request), 'none')
  return dossier.organization.images.map(({ file }) => file)
}

function written(status: number, baseUrl: string, id: string): Reply {
  const url = `${baseUrl}/organizers/${id}`
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: toJson({ id, organizerId: id, url, commandId: COMMAND_ID }),
  }
}
