import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, SignJWT } from 'jose'
import type { Known } from '../core/known.ts'
import type { CredentialFault } from '../core/problem.ts'
import { problem } from '../core/problem.ts'
import type { Issuer } from '../core/settings.ts'

/** `iss` of the server's own tokens. */
export const OWN_ISSUER = 'polydex'

/** Name of the secret that signs them, 32 random bytes as base64url. */
export const SIGNING_SECRET = 'signing-key'

/** Clocks may differ by this much. @see specs/uitdatabank.md 3.4 */
const CLOCK_TOLERANCE_S = 30

/** Never `none`, and no symmetric one: a public key must not serve as a shared secret. @see RFC 8725 §3.1 */
const ISSUER_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']

export interface VerifiedToken {
  readonly claims: JWTPayload
  /** Whose principals the token may name; undefined for the server's own tokens. */
  readonly issuer?: Issuer
}

export interface Tokens {
  /** @throws Problem unauthenticated */
  verify(token: string): Promise<VerifiedToken>
  /** @param lifetime seconds */
  issue(claims: JWTPayload, lifetime: number): Promise<string>
}

/** @param signingKey of the server's own tokens, base64url */
export function createTokens(known: Known, signingKey: () => string): Tokens {
  const keySets = new Map<string, JWTVerifyGetKey>()

  function keySetOf(issuer: Issuer): JWTVerifyGetKey {
    const id = issuer.jwks ?? issuer.jwksUri ?? ''
    const cached = keySets.get(id)
    if (cached !== undefined) return cached
    const keySet =
      issuer.jwks === undefined ? remoteKeySetOf(issuer) : createLocalJWKSet(JSON.parse(issuer.jwks))
    keySets.set(id, keySet)
    return keySet
  }

  const ownKey = () => Buffer.from(signingKey(), 'base64url')

  async function verify(token: string): Promise<VerifiedToken> {
    const claimed = issuerOf(token)
    const options = { clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp'] }
    try {
      if (claimed === OWN_ISSUER) {
        const { payload } = await jwtVerify(token, ownKey(), { ...options, algorithms: ['HS256'] })
        return { claims: payload }
      }
      const issuer = known.issuer(claimed)
      if (issuer === undefined) throw refusal('issuer', token)
      const { payload } = await jwtVerify(token, keySetOf(issuer), {
        ...options,
        algorithms: ISSUER_ALGORITHMS,
      })
      return { claims: payload, issuer }
    } catch (error) {
      throw error instanceof errors.JOSEError ? refusal(faultOf(error), token) : error
    }
  }

  return {
    verify,
    issue: (claims, lifetime) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(OWN_ISSUER)
        .setIssuedAt()
        .setExpirationTime(`${lifetime} seconds`)
        .sign(ownKey()),
  }
}

/** The issuer that a token names, before anything is verified. @throws Problem unauthenticated when it is no JWT */
function issuerOf(token: string): string {
  const [header, payload, signature, more] = token.split('.')
  if (header && payload && signature && more === undefined) {
    try {
      JSON.parse(Buffer.from(header, 'base64url').toString())
      const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
      return String((claims as { iss?: unknown } | null)?.iss ?? '')
    } catch {
      // Not JSON: malformed, as below.
    }
  }
  throw refusal('malformed', token)
}

/** The keys where an issuer publishes them. That they cannot be had now says nothing about the token. */
function remoteKeySetOf({ issuer, jwksUri = '' }: Issuer): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(new URL(jwksUri))
  return async (header, token) => {
    try {
      return await keySet(header, token)
    } catch (error) {
      if (TOLD_OF_TOKENS.some((kind) => error instanceof kind)) throw error
      throw problem('store-unavailable', { reason: `key set of ${issuer}: ${(error as Error).message}` })
    }
  }
}

const TOLD_OF_TOKENS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]

function faultOf(error: errors.JOSEError): CredentialFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' ? 'expired' : 'claims'
  return 'unsigned'
}

function refusal(reason: CredentialFault, credential: string) {
  return problem('unauthenticated', { reason, credential })
}
