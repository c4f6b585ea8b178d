import { problem } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { cookiesFor } from '../cookies.ts'
import { credentialOf } from '../credentials.ts'

const SESSION = '/api/v1/session'

/** Where a browser gets its cookies: an extension, for the vendor's come with a log-in page of its own. Choice 44 */
export const sessionRoutes: readonly Route[] = [
  { method: 'POST', path: SESSION, access: 'open', handle: begin },
  { method: 'DELETE', path: SESSION, access: 'open', handle: end },
]

/** @throws Problem unauthenticated unless the request carries a good name and password (Basic) */
async function begin(request: Request, { sessions }: Services): Promise<Reply> {
  const credential = credentialOf(request)
  if (typeof credential === 'string') throw problem('unauthenticated', { reason: credential })
  if (credential.kind !== 'basic') throw problem('unauthenticated', { reason: 'malformed' })
  const { tokens } = await sessions.logIn(credential.name, credential.password)
  const cookies = cookiesFor(tokens, tokens.accessLifetime, request.asker.baseUrl)
  return { status: 204, headers: { 'cache-control': 'no-store' }, cookies }
}

/** Takes the cookies back; the tokens themselves end with their hour. */
async function end({ asker }: Request): Promise<Reply> {
  return { status: 204, cookies: cookiesFor({ access: '', session: '' }, 0, asker.baseUrl) }
}
