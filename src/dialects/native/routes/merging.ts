import type { Directory } from '../../../core/directory.ts'
import type { Grant } from '../../../core/policy.ts'
import { mayReadPart } from '../../../core/policy.ts'
import { Problem, problem, refused } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Unmerged } from '../../../core/unmerging.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { mergeBody, requireNoBody } from '../deed-bodies.ts'
import { organizationTag } from '../etag.ts'
import { organizationCard } from '../lens/organization-card.ts'
import { cardOf } from '../lens/person-card.ts'
import { urnOf } from '../lens/sent.ts'
import { accepted } from '../media.ts'
import { requireGone, requireMatch, requireStated } from '../preconditions.ts'
import type { Refusal } from '../problems.ts'
import { json, organizationShown, requireShowable, written } from '../replies.ts'
import { JSON_TYPE } from '../wire.ts'
import { listsOf } from './organizations.ts'
import { keyIn, organizationOf, requireThere } from './reading.ts'

/** Merges the organization that the path names into another; shows the one that stays. */
export async function mergeOrganization(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  const source = organizationOf(request)
  requireShowable(request)
  const { into, ...options } = mergeBody(request)
  requireStated(request, undefined, listsOf(request, services))
  return services.directory.together(async (directory) => {
    const { dossier, context } = await directory.find(asker, source, 'none')
    requireThere(dossier)
    requireMatch(request, organizationTag(dossier.organization, context.grant))
    const destination = await survivorOf(directory, request, into)
    if (destination.id === dossier.organization.id)
      throw refused('same-organization' satisfies Refusal, { errors: AT_INTO })
    await directory.merge(asker, { source, destination, ...options })
    const shown = organizationShown(await directory.find(asker, destination, 'none'))
    const reply = written(request, shown, false)
    // The Card is not that of the organization in the path. @see RFC 9110 §8.7
    return { ...reply, headers: { ...reply.headers, 'content-location': shown.path } }
  })
}

const AT_INTO = [{ pointer: '#/into', detail: 'It is the organization itself.', code: 'same' }]

/** Takes a merge back; tells what came back, and what stays because somebody changed it since. */
export async function unmergeOrganization(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  const source = organizationOf(request)
  accepted(request, [JSON_TYPE])
  requireNoBody(request)
  return services.directory.together(async (directory) => {
    const before = await directory.find(asker, source, 'none')
    if (before.dossier.organization.state === 'deleted') requireGone(request)
    const { left } = await directory.unmerge(asker, source)
    const { dossier, context } = await directory.find(asker, source, 'all')
    const { id, tenant } = dossier.organization
    const { mergedInto } = before.dossier.organization
    const other =
      mergedInto && (await directory.find(asker, { tenant, id: mergedInto }, 'none')).context.grant
    return json(200, {
      organization: organizationCard.get(dossier, context),
      people: dossier.people.map(cardOf),
      left: left.filter(isReadable(id, context.grant, other || undefined)).map(leftOf),
    })
  })
}

/** The one that stays, by id. @throws Problem body-invalid, forbidden */
async function survivorOf(
  directory: Directory,
  { asker }: Request,
  into: string,
): Promise<OrganizationKey & { readonly id: string }> {
  try {
    const key = { tenant: asker.tenant, ...keyIn('organization', into) }
    const { organization } = (await directory.find(asker, key, 'none')).dossier
    if (organization.state !== 'deleted') return { tenant: asker.tenant, id: organization.id }
  } catch (error) {
    if (!(error instanceof Problem && error.is('not-found'))) throw error
  }
  const violations = [{ path: ['into'], keyword: 'no-organization', params: {} }]
  throw problem('body-invalid', { violations })
}

type Left = Unmerged['left'][number]

/** Whoever takes a merge back is told of nothing that they may not read. */
function isReadable(id: string, own: Grant, other: Grant | undefined): (left: Left) => boolean {
  const sees = (grant: Grant | undefined) => grant !== undefined && mayReadPart(grant, 'people')
  return ({ kind, id: of, part }) => {
    if (kind === 'person') return sees(own) && sees(other)
    const grant = of === id ? own : other
    return grant !== undefined && mayReadPart(grant, part)
  }
}

function leftOf({ kind, id, part }: Left) {
  return { kind: kind === 'person' ? 'individual' : 'org', uid: urnOf(id), part }
}
