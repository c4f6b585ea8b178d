import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import type { Known } from '../core/known.ts'
import type { Principal } from '../core/principal.ts'
import type { CredentialFault } from '../core/problem.ts'
import { problem } from '../core/problem.ts'
import type { KeyScope } from '../core/settings.ts'
import type { Claims, Credential, KeyStanding, Sessions, SessionTokens } from '../dialects/dialect.ts'
import { isWithinScope } from './scope.ts'
import { createPasswordCheck, hashKey } from './secrets.ts'
import type { Tokens, VerifiedToken } from './tokens.ts'

/** Who was let in, and what their key is narrowed to. */
export interface Admission {
  readonly principal: Principal
  readonly scope?: KeyScope
  /** Hash of the API key that was shown. */
  readonly key?: string
  /** Of the password that they showed, now or when their session began. */
  readonly login?: string
  /** The key is not held to the number of requests that an API takes. */
  readonly unlimited?: true
  /** Of a token that an issuer of the access file signed. */
  readonly claims?: Claims
}

/** Judges credentials. Nothing else in the server does. */
export interface Doorman extends Sessions {
  /** @throws Problem unauthenticated */
  admit(credential: Credential): Promise<Admission>
  /** Whether somebody who was let in still is: their key was not revoked, nor their password changed, nor are they disabled. */
  isIn(admission: Admission): boolean
  /** Of an API key that comes beside another credential, for a request with `method`. */
  standingOf(key: string, method: string): KeyStanding
}

type LoggedIn = Required<Pick<Admission, 'principal' | 'login'>>

const ACCESS_LIFETIME_S = 3_600
const SESSION_LIFETIME_S = 86_400
const REFRESH_LIFETIME_S = 30 * 86_400

/** Verified tokens that are remembered until they expire. */
const VERIFIED_LIMIT = 10_000

/** Keys whose hashes are remembered: each is asked for with every request. */
const HASHES_LIMIT = 1_000

/** Longer tokens are verified each time, in UTF-16 units: those that are remembered take 40 MB at most. */
const VERIFIED_LENGTH_LIMIT = 2_048

/** @param nowInSeconds since 1970 */
export function createDoorman(known: Known, tokens: Tokens, nowInSeconds: () => number): Doorman {
  const isPassword = createPasswordCheck()
  const verified = new Map<string, VerifiedToken>()
  let verifiedAt = known.edition
  const hashes = new Map<string, string>()

  async function verify(token: string): Promise<VerifiedToken> {
    // What an issuer's keys or the own secret vouch for may have changed with the settings.
    if (verifiedAt !== known.edition) verified.clear()
    verifiedAt = known.edition
    const cached = verified.get(token)
    if (cached !== undefined && (cached.claims.exp ?? 0) > nowInSeconds()) return cached
    const fresh = await tokens.verify(token)
    if (token.length > VERIFIED_LENGTH_LIMIT) return fresh
    if (verified.size >= VERIFIED_LIMIT) verified.delete(verified.keys().next().value ?? '')
    verified.set(token, fresh)
    return fresh
  }

  /** The hash under which a key is known; only of those that were, once. */
  function hashOf(key: string): string {
    const before = hashes.get(key)
    if (before !== undefined) return before
    const hash = hashKey(key)
    if (known.keyWithHash(hash) === undefined) return hash
    if (hashes.size >= HASHES_LIMIT) hashes.delete(hashes.keys().next().value ?? '')
    hashes.set(key, hash)
    return hash
  }

  function byKey(key: string): Admission | undefined {
    const hash = hashOf(key)
    const stored = known.keyWithHash(hash)
    const principal = stored === undefined ? undefined : known.principal(stored.principal)
    if (stored === undefined || principal === undefined || principal.state !== undefined) return undefined
    const { scope, unlimited } = stored
    return {
      principal,
      key: hash,
      ...(scope !== undefined && { scope }),
      ...(unlimited !== undefined && { unlimited }),
    }
  }

  async function byPassword(name: string, password: string): Promise<LoggedIn> {
    const principal = known.principalNamed(name)
    const stored = principal === undefined ? [] : known.passwordsOf(principal.id)
    const checks = await Promise.all(
      (stored.length === 0 ? [undefined] : stored).map((credential) => isPassword(password, credential)),
    )
    const isIn = principal !== undefined && principal.state === undefined
    const shown = stored[checks.indexOf(true)]
    if (!isIn || shown === undefined) throw refusal('wrong-password')
    return { principal, login: markOf(shown) }
  }

  async function byToken(token: string): Promise<Admission> {
    const admitted = byKey(token)
    if (admitted !== undefined) return admitted
    const { claims, issuer } = await verify(token)
    if (claims['use'] === 'session' || claims['use'] === 'refresh') throw refusal('claims', token)
    return issuer === undefined
      ? ownOf(claims)
      : { principal: principalOf(known, claims, issuer.tenant), claims }
  }

  async function bySession(access: string, session: string): Promise<Admission> {
    const [first, second] = await Promise.all([verify(access), verify(session)])
    const isPair =
      first.issuer === undefined &&
      second.issuer === undefined &&
      first.claims['use'] === 'access' &&
      second.claims['use'] === 'session'
    if (!isPair) throw refusal('claims')
    if (first.claims['sessionId'] !== second.claims['sessionId']) throw refusal('session')
    return ownOf(first.claims)
  }

  /** Whom a token of the server names; one of a session lives no longer than the password that began it. @throws Problem unauthenticated */
  function ownOf(claims: JWTPayload): Pick<Admission, 'principal' | 'login'> {
    const principal = principalOf(known, claims, undefined)
    const login = text(claims['login'])
    if (claims['use'] !== undefined && !hasPassword(principal.id, login)) throw refusal('expired')
    return login === undefined ? { principal } : { principal, login }
  }

  function hasPassword(id: string, login: string | undefined): boolean {
    return known.passwordsOf(id).some((stored) => markOf(stored) === login)
  }

  async function sessionFor({ principal, login }: LoggedIn, sessionId: string): Promise<SessionTokens> {
    const organizationId = known.catalogue(principal.tenant).tenant.number
    const claims = { sub: principal.id, userId: String(principal.number), sessionId, organizationId, login }
    return {
      access: await tokens.issue({ ...claims, use: 'access' }, ACCESS_LIFETIME_S),
      session: await tokens.issue({ ...claims, use: 'session' }, SESSION_LIFETIME_S),
      refresh: await tokens.issue({ ...claims, use: 'refresh' }, REFRESH_LIFETIME_S),
      accessLifetime: ACCESS_LIFETIME_S,
    }
  }

  return {
    async admit(credential) {
      switch (credential.kind) {
        case 'bearer':
          return byToken(credential.token)
        case 'session':
          return bySession(credential.access, credential.session)
        case 'basic':
          return byPassword(credential.name, credential.password)
        case 'key': {
          const admitted = byKey(credential.key)
          if (admitted === undefined) throw refusal('unknown-key')
          return admitted
        }
      }
    },
    isIn: ({ principal: { id }, key, login }) =>
      known.principal(id)?.state === undefined &&
      (key === undefined || known.keyWithHash(key) !== undefined) &&
      (login === undefined || hasPassword(id, login)),
    standingOf(key, method) {
      const admitted = byKey(key)
      if (admitted === undefined) return 'unknown'
      return isWithinScope(admitted.scope, method) ? 'good' : 'out-of-scope'
    },
    async logIn(name, password) {
      const loggedIn = await byPassword(name, password)
      return { principal: loggedIn.principal, tokens: await sessionFor(loggedIn, randomUUID()) }
    },
    async renew(refresh) {
      const { claims, issuer } = await verify(refresh)
      const sessionId = text(claims['sessionId'])
      const isOwn = issuer === undefined && claims['use'] === 'refresh'
      if (!isOwn || sessionId === undefined) throw refusal('claims', refresh)
      const { principal, login = '' } = ownOf(claims)
      return { principal, tokens: await sessionFor({ principal, login }, sessionId) }
    },
  }
}

/** The principal that a verified token names; one that the directory does not know yet has no number and no roles. */
function principalOf(known: Known, claims: JWTPayload, tenant: string | undefined): Principal {
  const id =
    text(claims['uid']) ?? text(claims['https://publiq.be/uitidv1id']) ?? clientId(claims) ?? claims.sub
  if (id === undefined || id === '') throw refusal('claims')
  const email = text(claims['email']) ?? text(claims['https://publiq.be/email'])
  const principal = known.principal(id)
  // An issuer vouches for the principals of its own tenant only; own tokens name principals of all.
  if (principal !== undefined && tenant !== undefined && principal.tenant !== tenant) throw refusal('issuer')
  if (principal?.state !== undefined) throw refusal('claims')
  if (principal !== undefined) return email === undefined ? principal : { ...principal, email }
  if (tenant === undefined) throw refusal('claims')
  return {
    id,
    number: 0,
    kind: claims['gty'] === 'client-credentials' ? 'client' : 'user',
    tenant,
    name: text(claims['name']) ?? id,
    ...(email !== undefined && { email }),
    superuser: false,
    roles: [],
  }
}

/** Tells the passwords of one principal apart, and nothing of them: a password that is set has a salt of its own. */
function markOf({ salt }: ReturnType<Known['passwordsOf']>[number]): string {
  return hashKey(`login ${salt}`).slice(0, 16)
}

/** @see specs/uitdatabank.md 5.1 */
function clientId(claims: JWTPayload): string | undefined {
  const client = text(claims['azp'])
  return claims['gty'] === 'client-credentials' && client !== undefined ? `${client}@clients` : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function refusal(reason: CredentialFault, credential?: string) {
  return problem('unauthenticated', credential === undefined ? { reason } : { reason, credential })
}
