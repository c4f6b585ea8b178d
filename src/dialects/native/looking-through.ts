import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import { Problem, problem } from '../../core/problem.ts'
import type { Dialect, Headers, Method, Reply, Request, RequestHead, Services } from '../dialect.ts'

/** What a client of this API sends for this API alone: another one is not to read it as meant for it. */
const OWN_HEADERS = [
  'accept',
  'authorization',
  'content-length',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'prefer',
]

/** A request to another API, by whoever asks, as a client of it would send it. */
export interface OtherRequest {
  readonly dialect: Dialect
  readonly method: Method
  readonly path: string
}

/** What another API answers, problems in its own words. Nothing is written but through `directory`. */
export async function answerOf(
  { dialect, method, path }: OtherRequest,
  request: Request,
  services: Services,
  directory: Directory,
): Promise<Reply> {
  const headers: Headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.includes(name)),
  )
  const head: RequestHead = { method, path, query: '', headers }
  const isReading = method === 'GET'
  try {
    const { route, params } = routeFor(dialect, method, dialect.rewrite?.(path) ?? path)
    return await route.handle(
      {
        ...request,
        ...head,
        params,
        body: isReading ? '' : request.body,
        bytes: isReading ? new Uint8Array() : request.bytes,
        asker: askerOf(dialect, request.asker, head),
      },
      { ...services, directory },
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return dialect.replyTo(error, head, directory.draft(request.asker).context.catalogue.lists)
  }
}

function askerOf(dialect: Dialect, asker: Asker, head: RequestHead): Asker {
  const { name: via, seesPublic, seesDeleted } = dialect
  return { ...asker, via, seesPublic, seesDeleted, ...dialect.wishesOf?.(head) }
}

/** The route of an API for a path as its routes spell it. @throws Problem route-not-found */
export function routeFor({ routes }: Dialect, method: Method, path: string) {
  const steps = path.split('/')
  for (const route of routes) {
    const names = route.path.split('/')
    const fits = names.every((name, at) => name.startsWith(':') || name === steps[at])
    if (route.method !== method || names.length !== steps.length || !fits) continue
    const params = names.flatMap((name, at) =>
      name.startsWith(':') ? [[name.slice(1), steps[at] ?? '']] : [],
    )
    return { route, params: Object.fromEntries(params) as Record<string, string> }
  }
  throw problem('route-not-found', { path })
}
