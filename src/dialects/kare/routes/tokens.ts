import type { Reply, Request, Services } from '../../dialect.ts'
import { readCredentials, readToken } from '../bodies.ts'
import { clipUnits } from '../lens/text.ts'
import { LIMITS, WORKPLACE } from '../wire.ts'
import { json, requireJson } from './reading.ts'

export async function logIn(request: Request, services: Services): Promise<Reply> {
  const { access, session, refresh } = await tokensFor(request, services)
  return json(201, { data: { accessToken: access, refreshToken: refresh, sessionToken: session } })
}

export async function logInToBackOffice(request: Request, services: Services): Promise<Reply> {
  const { access, session, refresh, accessLifetime } = await tokensFor(request, services)
  const expiresIn = String(accessLifetime)
  return json(200, { data: { accessToken: access, sessionToken: session, refreshToken: refresh, expiresIn } })
}

/** A fresh pair of the session whose refresh token this is, and where its user works. @see specs/kare.md 1.1 */
export async function verifyToken(request: Request, { directory, sessions }: Services): Promise<Reply> {
  requireJson(request)
  const { principal, tokens } = await sessions.renew(readToken(request.body, 'token'))
  const { catalogue } = directory.draft({ ...request.asker, principal, tenant: principal.tenant }).context
  return json(201, {
    accessToken: tokens.access,
    sessionToken: tokens.session,
    organizationName: clipUnits(catalogue.tenant.name, LIMITS.organizationName),
    ...WORKPLACE,
  })
}

/** What a log-in answers, of the same session. */
export async function refreshTokens(request: Request, { sessions }: Services): Promise<Reply> {
  requireJson(request)
  const { tokens } = await sessions.renew(readToken(request.body, 'refreshToken'))
  const { access, session, refresh } = tokens
  return json(201, { data: { accessToken: access, refreshToken: refresh, sessionToken: session } })
}

async function tokensFor(request: Request, { sessions }: Services) {
  requireJson(request)
  const { email, password } = readCredentials(request.body)
  return (await sessions.logIn(email, password)).tokens
}
