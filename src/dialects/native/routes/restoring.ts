import type { Directory } from '../../../core/directory.ts'
import { Problem, problem, refused } from '../../../core/problem.ts'
import type { OrganizationKey, PersonKey } from '../../../core/store.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import type { RestoreBody } from '../deed-bodies.ts'
import { requireParts, restoreBody } from '../deed-bodies.ts'
import { organizationTag, personTag } from '../etag.ts'
import { requireGone, requireMatch, requireStated } from '../preconditions.ts'
import type { Refusal } from '../problems.ts'
import { organizationShown, requireShowable, written } from '../replies.ts'
import { listsOf } from './organizations.ts'
import { shownPerson } from './people.ts'
import { organizationOf, personOf, requireHome, requireThere } from './reading.ts'

/** Gives an organization back what it was, as a new version; a deleted one is there again. */
export async function restoreOrganization(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  const target = organizationOf(request)
  requireShowable(request)
  const body = restoreBody(request)
  return services.directory.together(async (directory) => {
    const { dossier, context } = await directory.find(asker, target, 'none')
    const { organization } = dossier
    requireState(request, services, organization.state, organizationTag(organization, context.grant))
    const past = (await pastOf(directory, request, body, target)).dossier.organization
    requireParts(body, 'organization', [...Object.keys(organization.facets), ...Object.keys(past.facets)])
    await directory.restore(asker, { organization: target, ...body })
    const found = await directory.find(asker, target, 'none')
    if (found.dossier.organization.state === 'deleted') throw stillGone(body)
    requireThere(found.dossier)
    return written(request, organizationShown(found), false)
  })
}

/** Nobody comes back to an organization that is not there. */
export async function restorePerson(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  requireShowable(request)
  const body = restoreBody(request)
  return services.directory.together(async (directory) => {
    const { home, person } = await personOf(request, { ...services, directory })
    const { dossier } = await directory.find(asker, home, 'focus', person)
    requireHome(dossier)
    const [now] = dossier.people
    const [past] = (await pastOf(directory, request, body, home, person)).dossier.people
    requireState(request, services, now?.state ?? 'deleted', now === undefined ? '' : personTag(now))
    const facets = [...Object.keys(now?.facets ?? {}), ...Object.keys(past?.facets ?? {})]
    requireParts(body, 'person', facets)
    await directory.restore(asker, { organization: home, person, ...body })
    const found = await directory.find(asker, home, 'focus', person)
    if (found.dossier.people.length === 0) throw stillGone(body)
    return written(request, shownPerson(found, request), false)
  })
}

/** @throws Problem precondition-failed, refused (precondition-required) */
function requireState(request: Request, services: Services, state: string, tag: string): void {
  if (state === 'deleted') requireGone(request)
  else {
    requireStated(request, undefined, listsOf(request, services))
    requireMatch(request, tag)
  }
}

/** @throws Problem body-invalid for a version that is not there, or tells the asker nothing */
async function pastOf(
  directory: Directory,
  { asker }: Request,
  { version }: RestoreBody,
  key: OrganizationKey,
  person?: PersonKey,
) {
  try {
    return await directory.past(asker, key, version, person)
  } catch (error) {
    if (!(error instanceof Problem && error.is('not-found') && error.facts.kind === 'version')) throw error
    throw problem('body-invalid', { violations: [{ path: ['version'], keyword: 'no-version', params: {} }] })
  }
}

function stillGone({ version }: RestoreBody) {
  const detail = `What is restored of version ${version} leaves it deleted.`
  return refused('gone' satisfies Refusal, { detail })
}
