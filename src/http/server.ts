import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from 'pino'
import type { Admission, Doorman } from '../access/doorman.ts'
import { requireScope } from '../access/scope.ts'
import { tenantOfHost } from '../access/tenancy.ts'
import type { Asker } from '../core/command.ts'
import type { Known } from '../core/known.ts'
import type { Catalogue } from '../core/principal.ts'
import { Problem, problem } from '../core/problem.ts'
import type { Dialect, Headers, Reply, Request, RequestHead, Route, Services } from '../dialects/dialect.ts'
import { BODY_LIMIT, bodySize, limitOf, requireWithinLimit, textOf } from './bodies.ts'
import { drainOnClose } from './draining.ts'
import type { LoadGate } from './load-gate.ts'
import { createOutbox } from './outbox.ts'
import { plainReplyTo, tellPlainly } from './plain-problem.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { countedBy } from './rate-limiter.ts'
import { leavingOf, stream } from './streaming.ts'
import { headOf } from './target.ts'
import { keepTicksFast } from './ticks.ts'

/** Longest path segment that a route parameter takes: a name of 255 characters of four bytes, percent-encoded. */
const PARAMETER_LIMIT = 3_072

/** How long a client may take to send a whole request: whoever trickles a body holds a connection no longer. */
const REQUEST_WITHIN_MS = 60_000

/** How long nothing may pass on a connection: whoever takes an answer no further than this is cut off. Longer than any wait. */
const SILENT_AT_MOST_MS = 120_000

/** A media type as far as its subtype. @see RFC 9110 §8.3.1 */
const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** When whoever finds no room may come again, where the API itself does not say. */
const RETRY_AFTER_S = '1'

export interface ServerParts {
  readonly dialects: readonly Dialect[]
  readonly services: Services
  readonly doorman: Doorman
  readonly known: Known
  readonly limiter: RateLimiter
  readonly gate: LoadGate
  readonly log: Logger
  /** Base of absolute links. A function: it may depend on the port that the system chose. */
  readonly baseUrl: () => string
  /** What else to tell of a server that is ready. @throws when the store cannot be reached */
  readonly probe: () => Promise<Readonly<Record<string, string>>>
}

/** The HTTP server: routes, who is let in, bodies read, problems told. It knows no API by name. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { dialects, services, doorman, known, limiter, gate, log, baseUrl, probe } = parts
  const mounts = dialects
    .flatMap((dialect) => dialect.mounts.map((mount) => ({ mount, dialect })))
    .sort((left, right) => right.mount.length - left.mount.length)
  const dialectOf = (path: string): Dialect | undefined =>
    mounts.find(({ mount }) => isBelow(path.toLowerCase(), mount))?.dialect

  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_WITHIN_MS,
    connectionTimeout: SILENT_AT_MOST_MS,
    forceCloseConnections: 'idle',
    // What arrives on a connection that is still busy while the server closes has begun, too.
    return503OnClosing: false,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    clientErrorHandler: tellPlainly,
    rewriteUrl: (message) => {
      const { path, query } = headOf(message)
      const spelled = dialectOf(path)?.rewrite?.(path) ?? path
      return query === '' ? spelled : `${spelled}?${query}`
    },
    frameworkErrors: (_error, request, reply) => {
      const head = headOf(request.raw)
      tell(reply, head, routeNotFound(head))
    },
  })

  const closing = drainOnClose(server)
  const outbox = createOutbox(gate.busyFor)
  keepTicksFast()
  server.decorateRequest('passage', undefined)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.get('/health/live', (_request, reply) => reply.send({ status: 'live' }))
  server.get('/health/ready', async (_request, reply) => {
    try {
      return reply.send({ status: 'ready', ...(await probe()) })
    } catch {
      return reply.status(503).send({ status: 'unavailable' })
    }
  })
  for (const dialect of dialects) {
    for (const [path, routes] of Map.groupBy(dialect.routes, (route) => route.path))
      mount(dialect, path, routes)
  }
  server.setNotFoundHandler((request, reply) => {
    const head = headOf(request.raw)
    tell(reply, head, routeNotFound(head))
  })
  server.setErrorHandler((error, request, reply) => {
    const head = headOf(request.raw)
    tell(reply, head, request.is404 ? routeNotFound(head) : asProblem(error, request.routeOptions.bodyLimit))
  })
  return server

  /** One path with all its methods, those that it does not have included: they are a problem of its dialect. */
  function mount(dialect: Dialect, path: string, routes: readonly Route[]): void {
    const allowed = routes.map(({ method }) => method)
    const routeOf = (method: string): Route | undefined =>
      routes.find((route) => route.method === (method === 'HEAD' ? 'GET' : method))
    server.route({
      method: [...METHODS],
      url: path,
      bodyLimit: Math.max(...routes.map(limitOf)),
      // Before the body is read: a stranger's megabyte is not.
      onRequest: async (request, reply) => {
        const head = headOf(request.raw)
        const early = dialect.preflight?.(head)
        if (early !== undefined) return write(reply, dialect, head, early)
        const route = routeOf(request.method)
        if (route === undefined) throw problem('method-not-allowed', { allowed })
        const admission = await admissionOf(dialect, route, head)
        if (admission !== undefined) {
          const { lists } = known.catalogue(admission.principal.tenant)
          const counted = await countedBy(limiter, dialect, lists, admission)
          passages(request).passage = { admission, limitHeaders: counted?.headers }
          if (counted?.excess !== undefined) throw problem('rate-limited', counted.excess)
        }
        gate.admit(bodySize(head, route), (release) => reply.raw.once('close', release))
        // The dialect judges the media type; one that the framework cannot read would be refused in its own terms.
        const mediaType = request.headers['content-type']
        if (mediaType !== undefined && !MEDIA_TYPE.test(mediaType))
          request.headers = { 'content-type': undefined }
      },
      handler: async (request, reply) => {
        const head = headOf(request.raw)
        const route = routeOf(request.method) as Route
        requireWithinLimit(route, request.body as Buffer | undefined)
        const asked = requestOf(dialect, route, request, reply, head)
        const turn = gate.turn()
        if (turn !== undefined) await turn
        const answer = await route.handle(asked, services)
        return write(reply, dialect, head, answer)
      },
    })
  }

  async function admissionOf(
    dialect: Dialect,
    route: Route,
    head: RequestHead,
  ): Promise<Admission | undefined> {
    const access = typeof route.access === 'function' ? route.access(head) : route.access
    if (access === 'open') return undefined
    const credential = dialect.credentialOf(head)
    const isOptional = access === 'optional'
    if (typeof credential === 'string') {
      if (isOptional) return undefined
      throw problem('unauthenticated', { reason: credential })
    }
    try {
      const admission = await doorman.admit(credential)
      requireScope(admission, head.method, route.subject)
      const { claims } = admission
      if (claims !== undefined) dialect.judge?.(claims, head, (key) => doorman.standingOf(key, head.method))
      return admission
    } catch (error) {
      if (isOptional && error instanceof Problem) return undefined
      throw error
    }
  }

  function requestOf(
    dialect: Dialect,
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
    head: RequestHead,
  ): Request {
    const admission = passages(request).passage?.admission
    const asker: Asker = {
      principal: admission?.principal,
      tenant: admission?.principal.tenant ?? tenantOfHost(known, head.headers['host']),
      via: dialect.name,
      baseUrl: baseUrl(),
      seesPublic: dialect.seesPublic,
      seesDeleted: dialect.seesDeleted,
      ...dialect.wishesOf?.(head),
    }
    return {
      ...head,
      params: request.params as Record<string, string>,
      body: route.body === 'bytes' ? '' : textOf(request.body as Buffer | undefined),
      bytes: (request.body as Buffer | null | undefined) ?? NO_BYTES,
      asker,
      leaving: () => leavingOf(reply.raw, closing, () => admission === undefined || doorman.isIn(admission)),
    }
  }

  /** Tells a problem in the form of the API that the path belongs to. */
  function tell(reply: FastifyReply, head: RequestHead, fault: Problem): void {
    const dialect = dialectOf(head.path)
    write(
      reply,
      dialect,
      head,
      dialect?.replyTo(fault, head, listsOf(reply.request, head)) ?? plainReplyTo(fault),
    )
  }

  function write(
    reply: FastifyReply,
    dialect: Dialect | undefined,
    head: RequestHead,
    answer: Reply,
  ): FastifyReply {
    const body = answer.body ?? answer.bytes
    if (body !== undefined) gate.hold(body.length, (release) => reply.raw.once('close', release))
    const headers: (string | string[])[] = []
    if (answer.status === 503) put(headers, 'retry-after', RETRY_AFTER_S)
    putAll(headers, dialect?.headersOf?.(head))
    putAll(headers, passages(reply.request).passage?.limitHeaders)
    putAll(headers, answer.headers)
    if (answer.cookies !== undefined) headers.push('set-cookie', [...answer.cookies])
    if (body !== undefined) put(headers, 'content-length', String(Buffer.byteLength(body)))
    else if (answer.stream === undefined && answer.status !== 204 && answer.status !== 304)
      put(headers, 'content-length', '0')
    if (closing.aborted) put(headers, 'connection', 'close')
    // Past the framework: of a text it would change the content type, of bytes it would make two packets.
    reply.hijack()
    reply.raw.writeHead(answer.status, headers)
    if (answer.stream === undefined || head.method === 'HEAD') outbox.send(reply.raw, body)
    else stream(answer.stream, reply.raw, closing)
    return reply
  }

  /** Catalogues of the tenant that a request belongs to; none while no tenant is known. */
  function listsOf(request: FastifyRequest, { headers }: RequestHead): Catalogue['lists'] {
    const tenant =
      passages(request).passage?.admission.principal.tenant ?? tenantOfHost(known, headers['host'])
    return known.tenants().some(({ id }) => id === tenant) ? known.catalogue(tenant).lists : {}
  }

  function asProblem(error: unknown, limit = BODY_LIMIT): Problem {
    if (error instanceof Problem) {
      if (error.is('store-unavailable')) log.error({ reason: error.facts.reason }, 'not available')
      return error
    }
    const code = (error as { code?: string }).code
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('body-too-large', { limit })
    const { statusCode } = error as { statusCode?: number }
    if (statusCode !== undefined && statusCode < 500) return problem('body-syntax', { fault: String(code) })
    log.error({ err: error }, 'unexpected failure')
    return problem('internal', {})
  }
}

const NO_BYTES = new Uint8Array()

/** Names and values by turns, which cost Node less than an object does. What is put later counts. */
function put(headers: (string | string[])[], name: string, value: string): void {
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at] !== name) continue
    headers[at + 1] = value
    return
  }
  headers.push(name, value)
}

function putAll(headers: (string | string[])[], more: Headers | undefined): void {
  for (const name in more) {
    const value = more[name]
    if (value !== undefined) put(headers, name, value)
  }
}

/** What is known of a request once it was let in. */
interface Passage {
  readonly admission: Admission
  readonly limitHeaders: Headers | undefined
}

/** A property of its own: a map whose keys are requests keeps the garbage collector busy. */
function passages(request: FastifyRequest): { passage?: Passage } {
  return request as { passage?: Passage }
}

function isBelow(path: string, mount: string): boolean {
  return path.startsWith(mount) && (path.length === mount.length || path[mount.length] === '/')
}

function routeNotFound({ path }: RequestHead): Problem {
  return problem('route-not-found', { path })
}
