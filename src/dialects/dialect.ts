import type { AccessDesk } from '../core/access-desk.ts'
import type { Forgetting } from '../core/blanking.ts'
import type { Asker } from '../core/command.ts'
import type { Directory } from '../core/directory.ts'
import type { FileStore } from '../core/files.ts'
import type { Indexer } from '../core/index-rows.ts'
import type { Inherit } from '../core/inheriting.ts'
import type { Lens } from '../core/lens.ts'
import type { Organization } from '../core/organization.ts'
import type { Catalogue, Principal } from '../core/principal.ts'
import type { CredentialFault, Problem } from '../core/problem.ts'

/** One API, as the server needs to know it. Adding an API = one folder with one of these + one line in `index.ts`. */
export interface Dialect {
  /** Lower case; the name of its facet and its folder. */
  readonly name: string
  /** Path prefixes that belong to it, lower case; the longest match over all dialects answers unknown paths. */
  readonly mounts: readonly string[]
  /** Whether deleted organizations exist for its clients. */
  readonly seesDeleted: boolean
  /** Whether its clients may read what is public without any right. */
  readonly seesPublic: boolean
  /** The path as the routes spell it; the query is not part of it. Pure and total. */
  readonly rewrite?: (path: string) => string
  /** Where a request carries its credential. */
  readonly credentialOf: (head: RequestHead) => Credential | CredentialFault
  /**
   * Judges a token of a foreign issuer that is good in itself: whether this API takes its kind.
   * @param standingOf an API key that comes with it
   * @throws Problem unauthenticated, refused
   */
  readonly judge?: (claims: Claims, head: RequestHead, standingOf: (key: string) => KeyStanding) => void
  readonly routes: readonly Route[]
  readonly reference: ApiReference
  /**
   * How many requests it takes of one caller, as the tenant's catalogues may choose: asked once a caller is let in,
   * before the body is read. The first window that is full is told. Pure; the same array for the same catalogues.
   */
  readonly limitsOf?: (lists: Catalogue['lists']) => readonly RateWindow[]
  /** What replies tell of those limits. Pure. */
  readonly limitHeadersOf?: (states: readonly WindowState[]) => Headers
  /** The vendor's form of a problem, as the tenant's catalogues may choose it. Total. */
  readonly replyTo: (problem: Problem, head: RequestHead, lists: Catalogue['lists']) => Reply
  /** How the client wants to be answered, in the dialect's terms. Pure and total. */
  readonly wishesOf?: (head: RequestHead) => Wishes
  /** Headers of every reply, errors included; those of the reply win. */
  readonly headersOf?: (head: RequestHead) => Headers
  /** An answer given before anything is matched or anybody is let in: a CORS preflight. */
  readonly preflight?: (head: RequestHead) => Reply | undefined
  /** What its clients search organizations by; kinds of rows are named `NAME.…`. */
  readonly indexers?: readonly Indexer[]
  /** Raised whenever the indexers make other rows of the same record: all that is stored is indexed anew. */
  readonly indexForm?: number
  /** What it reads of a tenant's `catalogues`; nobody else reads the same. */
  readonly catalogues?: CatalogueTerms
  /** What of its facet an organization hands over to the one it is merged into: members where that has none, or as it says. */
  readonly heritable?: readonly string[] | Inherit
  /** What of a person an erasure has to look for outside their record. */
  readonly forgetting?: Forgetting
  /** Every lens, for the laws. */
  readonly lenses: readonly AnyLens[]
  /** How an organization as a whole is read and written, for whoever looks through this API from outside. */
  readonly window: Window
}

/** The requests that clients of an API read and write an organization with. */
export interface Window {
  /** Where they read it. */
  readonly read: (organization: Organization) => string
  readonly write: { readonly method: Method; readonly path: (organization: Organization) => string }
  /** What they see of it. */
  readonly lens: AnyLens
}

// biome-ignore lint/suspicious/noExplicitAny: a list of lenses whose views differ; nothing calls one without knowing which it is
export type AnyLens = Lens<any, any>

/** At most `requests` in any span of `seconds`, wherever it begins. */
export interface RateWindow {
  readonly requests: number
  readonly seconds: number
}

/** What one caller has left of a window. */
export interface WindowState extends RateWindow {
  readonly remaining: number
  /** Whole seconds until there is more; 0 while nothing of it is used. */
  readonly resetSeconds: number
}

export interface CatalogueTerms {
  /** Members of `catalogues` that mean something to it. */
  readonly names: readonly string[]
  /** What is wrong with those members, each mistake beginning with where it is. Pure and total. */
  readonly mistakesIn: (catalogues: Catalogue['lists']) => readonly string[]
}

/** What a view may depend on besides the record and the reader's rights. */
export type Wishes = Pick<Asker, 'language' | 'timeZone'>

/** What a client shows to say who it is. The doorman alone judges it. */
export type Credential =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'basic'; readonly name: string; readonly password: string }
  /** Two tokens that must belong to one session. */
  | { readonly kind: 'session'; readonly access: string; readonly session: string }

/** Whether an API key is anybody's, and may be used for the request at hand. */
export type KeyStanding = 'good' | 'unknown' | 'out-of-scope'

/** What a verified token says. @see RFC 7519 §4 */
export type Claims = Readonly<Record<string, unknown>>

/** Lower-case name → value. */
export type Headers = Readonly<Record<string, string | undefined>>

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

export interface RequestHead {
  readonly method: string
  /** As sent, before `rewrite`, without the query; what needs no percent-encoding has none. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly headers: Headers
}

export interface Request extends RequestHead {
  /** Values of the `:names` in the route's path, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  /** UTF-8; empty when there is none, and where the route takes bytes. */
  readonly body: string
  /** The body as it came. */
  readonly bytes: Uint8Array
  readonly asker: Asker
  /** What tells that the client has gone, or the server closes: for whoever waits. */
  readonly leaving: () => AbortSignal
}

export interface Reply {
  readonly status: number
  readonly headers?: Headers
  /** Each as a Set-Cookie of its own. */
  readonly cookies?: readonly string[]
  readonly body?: string
  /** In place of `body`, what is no text, or is one that is kept encoded. */
  readonly bytes?: Uint8Array
  /** In place of `body`, UTF-8 text that comes with time. It must end when the request is `leaving`. */
  readonly stream?: AsyncIterable<string>
}

/**
 * `required`: refused without a good credential, before the body is read. `optional`: anonymous without one, and a bad one
 * does no harm. `open`: credentials are not looked at.
 */
export type Access = 'required' | 'optional' | 'open'

export interface Route {
  readonly method: Method
  /** Segments `:name` take any non-empty text without a slash; literal segments win. */
  readonly path: string
  /** A function where the query decides. */
  readonly access: Access | ((head: RequestHead) => Access)
  /** Largest body, in bytes (default 1 MiB). */
  readonly bodyLimit?: number
  /** What it is about, where a key may be narrowed to something else (default organizations). */
  readonly subject?: 'organizations' | 'access'
  /** What the body is read as (default text, which must be UTF-8). */
  readonly body?: 'text' | 'bytes'
  readonly handle: (request: Request, services: Services) => Promise<Reply>
}

/** What a route may use. */
export interface Services {
  readonly directory: Directory
  readonly sessions: Sessions
  readonly access: AccessDesk
  /** Every API that is served, for what is told of them. */
  readonly apis: readonly Dialect[]
  /** Bytes that are no records. */
  readonly files: FileStore
  /** UTC, milliseconds. */
  readonly now: () => string
  readonly newId: () => string
}

export interface SessionTokens {
  readonly access: string
  readonly session: string
  readonly refresh: string
  /** Seconds. */
  readonly accessLifetime: number
}

export interface Sessions {
  /** @throws Problem unauthenticated (wrong-password) */
  logIn(name: string, password: string): Promise<Session>
  /** Fresh tokens of the session that a refresh token is of. @throws Problem unauthenticated, of any other token */
  renew(refresh: string): Promise<Session>
}

/** Who is logged in, and with what. */
export interface Session {
  readonly principal: Principal
  readonly tokens: SessionTokens
}

/** A JSON Schema of draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>

/** What the reference of an API tells. Every route has an operation, named `METHOD /path` as the route has them. */
export interface ApiReference {
  readonly title: string
  readonly description: string
  /** Tag → what its operations are about, in their order. */
  readonly tags: Readonly<Record<string, string>>
  /** Ways to show a credential: name → Security Scheme Object. @see OpenAPI 3.1.1 §4.8.27 */
  readonly security: Readonly<Record<string, Schema>>
  /** What a request must show where a credential is needed: any of these, whole. */
  readonly required: readonly (readonly string[])[]
  /** Name → schema; wherever one of them stands as it is, it is referred to. */
  readonly schemas: Readonly<Record<string, Schema>>
  /** Names of parameters of paths → what they are. */
  readonly pathParameters: Readonly<Record<string, Parameter>>
  readonly problems: {
    readonly content: Readonly<Record<string, Schema>>
    /** Those that any operation of a kind may end with: all, those that need a credential, those that have a body. */
    readonly ofAll: readonly number[]
    readonly ofCredentials: readonly number[]
    readonly ofBodies: readonly number[]
  }
  readonly operations: Readonly<Record<string, Operation>>
}

export interface Operation {
  /** Unique in its API. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly query?: Readonly<Record<string, Parameter>>
  readonly headers?: Readonly<Record<string, Parameter>>
  readonly body?: { readonly content: Readonly<Record<string, Schema>>; readonly isOptional?: true }
  /** Status → what it means and holds; problems stand apart. */
  readonly replies: Readonly<Record<number, ReplyReference>>
  /** Statuses of problems, besides those that any operation may end with. */
  readonly problems?: readonly number[]
}

export interface Parameter {
  readonly schema: Schema
  readonly description?: string
  readonly isRequired?: true
}

export interface ReplyReference {
  readonly description: string
  readonly content?: Readonly<Record<string, Schema>>
  readonly headers?: Readonly<Record<string, Parameter>>
}
