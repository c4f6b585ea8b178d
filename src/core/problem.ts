/** What a problem of each code tells: the closed catalogue of everything that can go wrong. */
export interface ProblemFacts {
  'route-not-found': { readonly path: string }
  'method-not-allowed': { readonly allowed: readonly string[] }
  unauthenticated: { readonly reason: CredentialFault; readonly credential?: string }
  forbidden: { readonly action: string; readonly principal: string; readonly id?: string }
  'parts-forbidden': { readonly parts: readonly string[]; readonly principal: string; readonly id: string }
  'not-found': { readonly kind: string; readonly id: string }
  'body-missing': Record<never, never>
  'body-syntax': { readonly fault: string }
  'body-too-large': { readonly limit: number }
  'body-invalid': { readonly violations: readonly Violation[] }
  'media-type-unsupported': { readonly mediaType: string }
  'not-acceptable': { readonly accept: string }
  'precondition-failed': { readonly reason: string }
  /** Without `holder` it is somebody of whom the asker knows nothing. */
  'key-taken': { readonly key: string; readonly value: string; readonly holder?: string }
  /** A refusal in one dialect's own terms; `reason` is a key of that dialect's `problems.ts`. */
  refused: { readonly reason: string; readonly facts?: Readonly<Record<string, unknown>> }
  /** More requests than the dialect takes of one caller in some time. */
  'rate-limited': { readonly requests: number; readonly seconds: number; readonly retryAfterSeconds: number }
  unsound: { readonly faults: readonly string[] }
  'store-unavailable': { readonly reason: string }
  internal: Record<never, never>
}

export type ProblemCode = keyof ProblemFacts

/** Why a credential was not accepted. */
export type CredentialFault =
  | 'absent'
  | 'malformed'
  | 'unsigned'
  | 'expired'
  | 'issuer'
  | 'claims'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-password'
  | 'session'

/** One fault of one place in a request body. */
export interface Violation {
  /** Path of raw property names and indexes from the root of the body. */
  readonly path: readonly (string | number)[]
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A failure with a meaning. It knows no status and no wording: each dialect's `problems.ts` gives it both. */
export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  readonly code: Code
  readonly facts: ProblemFacts[Code]

  constructor(code: Code, facts: ProblemFacts[Code], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options)
    this.name = 'Problem'
    this.code = code
    this.facts = facts
  }

  is<Asked extends ProblemCode>(code: Asked): this is Problem<Asked> {
    return (this.code as ProblemCode) === code
  }
}

/** A problem of `code`; facts are required where the catalogue has any. */
export function problem<Code extends ProblemCode>(code: Code, facts: ProblemFacts[Code]): Problem<Code> {
  return new Problem(code, facts)
}

export function notFound(kind: string, id: string | number): Problem<'not-found'> {
  return new Problem('not-found', { kind, id: String(id) })
}

export function refused(reason: string, facts?: Readonly<Record<string, unknown>>): Problem<'refused'> {
  return new Problem('refused', facts === undefined ? { reason } : { reason, facts })
}
