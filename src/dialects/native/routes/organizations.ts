import type { Found, Outcome } from '../../../core/command.ts'
import { withOrganization } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Violation } from '../../../core/problem.ts'
import { notFound, problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { findImage } from '../../kit/images.ts'
import { organizationCardFrom } from '../card-bodies.ts'
import { fileIn } from '../lens/item-maps.ts'
import { organizationCard } from '../lens/organization-card.ts'
import { idIn } from '../lens/sent.ts'
import { createsOnly, requireStated } from '../preconditions.ts'
import { organizationShown, showing, written } from '../replies.ts'
import type { Card } from '../wire.ts'
import { basedOn, baseOf, edit, located, patchBody } from './patching.ts'
import { cardBody, organizationCheck, organizationOf, requireThere } from './reading.ts'

export async function getOrganization(request: Request, { directory }: Services): Promise<Reply> {
  const found = await directory.find(request.asker, organizationOf(request), 'none')
  requireThere(found.dossier)
  return showing(request, organizationShown(found))
}

/** An id that the writer chose is the UUID of `uid`. */
export async function postOrganization(request: Request, services: Services): Promise<Reply> {
  const card = organizationCardFrom(cardBody(request), tenantLanguage(request, services))
  await requireImages(request, services, card)
  const outcome = await create(request, services, card, card.uid === undefined ? undefined : uuidOf(card.uid))
  return written(request, organizationShown(outcome), true)
}

/** Replaces the whole Card; under a UUID that nobody has yet, it makes the organization. @see RFC 9110 §9.3.4 */
export async function putOrganization(request: Request, services: Services): Promise<Reply> {
  const target = organizationOf(request)
  requireStated(request, undefined, listsOf(request, services))
  const card = organizationCardFrom(cardBody(request), tenantLanguage(request, services))
  await requireImages(request, services, card)
  return services.directory.together(async (directory) => {
    const isThere = await directory.has(request.asker, target)
    const inside = { ...services, directory }
    if (!isThere) {
      if (target.id === undefined) throw notFound('organization', String(target.number))
      if (request.headers['if-match'] !== undefined)
        throw problem('precondition-failed', { reason: 'There is no such organization.' })
      return written(request, organizationShown(await create(request, inside, card, target.id)), true)
    }
    if (createsOnly(request)) throw problem('precondition-failed', { reason: 'The organization is there.' })
    const outcome = await directory.execute(request.asker, {
      lens: organizationCard,
      target,
      input: card,
      permission: 'organizations.edit',
      require: organizationCheck(request),
    })
    return written(request, organizationShown(outcome), false)
  })
}

export async function patchOrganization(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  const target = organizationOf(request)
  const patch = patchBody(request)
  const base = baseOf(request)
  requireStated(request, base, listsOf(request, services))
  const change = edit(patch, (value, shown) => organizationCardFrom(value, shown.language ?? '', shown))
  const outcome = await located(patch, async () => {
    // A picture can only be looked for outside the write, and only a patch that speaks of one can bring one.
    if (request.body.includes('/images/')) {
      const found = await services.directory.find(asker, target, 'none')
      await requireImages(request, services, change(organizationCard.get(found.dossier, found.context)))
    }
    return services.directory.execute(asker, {
      lens:
        base === undefined
          ? organizationCard
          : basedOn(organizationCard, base, (dossier) => dossier.organization),
      target,
      input: change,
      permission: 'organizations.edit',
      require: organizationCheck(request),
    })
  })
  return written(request, organizationShown(outcome), false)
}

export async function deleteOrganization(request: Request, services: Services): Promise<Reply> {
  requireStated(request, undefined, listsOf(request, services))
  await services.directory.execute(request.asker, {
    lens: state,
    target: organizationOf(request),
    input: 'deleted',
    permission: 'organizations.delete',
    require: organizationCheck(request),
  })
  return { status: 204 }
}

/** What an organization is, as a whole. */
export const state: Lens<Organization['state']> = {
  name: 'state',
  get: ({ organization }) => organization.state,
  put: (dossier, input) => withOrganization(dossier, { state: input }),
  echo: (view) => view,
  reads: { organization: ['state'], person: [] },
  writes: { organization: ['state'], person: [] },
  people: 'none',
}

function create(
  { asker }: Request,
  { directory }: Services,
  card: Card,
  id: string | undefined,
): Promise<Outcome> {
  return directory.execute(asker, {
    lens: organizationCard,
    target: 'new',
    ...(id !== undefined && { id }),
    input: card,
    permission: 'organizations.create',
  })
}

/** @throws Problem body-invalid */
export function uuidOf(uid: string): string {
  const id = idIn(uid)
  if (id !== undefined) return id
  throw problem('body-invalid', { violations: [{ path: ['uid'], keyword: 'uuid', params: {} }] })
}

export function listsOf({ asker }: Request, { directory }: Services): Found['context']['catalogue']['lists'] {
  return directory.draft(asker).context.catalogue.lists
}

function tenantLanguage({ asker }: Request, { directory }: Services): string {
  return directory.draft(asker).context.catalogue.tenant.language
}

/** @throws Problem body-invalid when a Card shows pictures that nobody has uploaded */
export async function requireImages(
  { asker }: Pick<Request, 'asker'>,
  { directory }: Pick<Services, 'directory'>,
  { media = {} }: Card,
): Promise<void> {
  const violations: Violation[] = []
  for (const [id, { uri }] of Object.entries(media)) {
    const file = uri.startsWith(`${asker.baseUrl}/`) ? fileIn({ uri }) : undefined
    if (file === undefined || (await findImage(directory, asker, file)) !== undefined) continue
    violations.push({ path: ['media', id, 'uri'], keyword: 'no-image', params: {} })
  }
  if (violations.length > 0) throw problem('body-invalid', { violations })
}
