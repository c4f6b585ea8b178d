import { notFound } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { linkTo } from '../query.ts'
import { organizationShown, showing } from '../replies.ts'
import { LIMITS } from '../wire.ts'
import { shownPerson } from './people.ts'
import { organizationOf, personOf } from './reading.ts'

/** An organization as it was, with what the reader may see of it now. */
export async function getOrganizationVersion(request: Request, { directory }: Services): Promise<Reply> {
  const found = await directory.past(request.asker, organizationOf(request), versionIn(request))
  return withLinks(request, showing(request, organizationShown(found)))
}

export async function getPersonVersion(request: Request, services: Services): Promise<Reply> {
  const { home, person } = await personOf(request, services)
  const found = await services.directory.past(request.asker, home, versionIn(request), person)
  return withLinks(request, showing(request, shownPerson(found, request)))
}

/** @throws Problem not-found */
function versionIn({ params }: Request): number {
  const text = params['version'] ?? ''
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= LIMITS.version) return Number(text)
  throw notFound('version', text)
}

/** @see RFC 5829 §3 */
function withLinks({ path }: Request, reply: Reply): Reply {
  const record = path.replace(/\/versions\/[^/]*$/, '')
  const links = [linkTo('latest-version', record), linkTo('version-history', `${record}/history`)]
  return { ...reply, headers: { ...reply.headers, link: links.join(', ') } }
}
