import { Problem, problem } from '../../../core/problem.ts'
import type { Headers, Reply, Request, Services } from '../../dialect.ts'
import { readJson } from '../../kit/json.ts'
import { compileSchema } from '../../kit/schema.ts'
import { BatchBody } from '../batch-schema.ts'
import { repeatable } from '../idempotency.ts'
import { NATIVE } from '../lens/kept.ts'
import { routeFor } from '../looking-through.ts'
import { requireMediaType } from '../media.ts'
import { replyTo } from '../problems.ts'
import { json } from '../replies.ts'
import { BASE_PATH, JSON_TYPE, MERGE_PATCH_TYPE } from '../wire.ts'

interface Operation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly mediaType?: string
  readonly ifMatch?: string
  readonly ifNoneMatch?: string
  readonly base?: number
  readonly body?: unknown
}

interface Batch {
  readonly atomic?: boolean
  readonly operations: readonly Operation[]
}

const violationsOf = compileSchema(BatchBody)

/**
 * Many writes in one request, each answered as if it had been sent alone, in their order; or all of them or none. Those that
 * name the same record by the same id are done in their order, the others in any.
 */
export async function postBatch(request: Request, services: Services): Promise<Reply> {
  requireMediaType(request, [JSON_TYPE])
  const batch = readJson(request.body) as unknown as Batch
  const violations = violationsOf(batch)
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return batch.atomic === true ? together(request, services, batch) : each(request, services, batch)
}

/** Each with its own outcome. A key that makes the batch repeatable makes each operation so. */
async function each(request: Request, services: Services, { operations }: Batch): Promise<Reply> {
  const key = request.headers['idempotency-key']?.trim().replace(/^"(.*)"$/, '$1')
  const lastOf = new Map<string, Promise<unknown>>()
  const outcomes = operations.map((operation, at) => {
    const own = key === undefined ? {} : { 'idempotency-key': `"${key}.${at}"` }
    const ids = idsIn(operation)
    const before = ids.flatMap((id) => lastOf.get(id) ?? [])
    const outcome = Promise.all(before).then(() => attempt(operation, request, services, own))
    for (const id of ids) lastOf.set(id, outcome)
    return outcome
  })
  return json(200, { outcomes: (await Promise.all(outcomes)).map(outcomeOf) })
}

/** All or none; the first one that cannot be done is told, with its place. */
async function together(request: Request, services: Services, { operations }: Batch): Promise<Reply> {
  let at = 0
  const handle = repeatable((asked, { directory, ...others }) =>
    directory.together(async (inside) => {
      const replies: Reply[] = []
      for (at = 0; at < operations.length; at += 1) {
        replies.push(await perform(operations[at] as Operation, asked, { ...others, directory: inside }, {}))
      }
      return json(200, { outcomes: replies.map(outcomeOf) })
    }),
  )
  try {
    return await handle(request, services)
  } catch (error) {
    if (!(error instanceof Problem) || at >= operations.length) throw error
    const { status, headers, body = '{}' } = replyTo(error, request)
    return { status, headers: { ...headers }, body: JSON.stringify({ ...JSON.parse(body), operation: at }) }
  }
}

/** The answer to one operation, a problem included. */
async function attempt(
  operation: Operation,
  request: Request,
  services: Services,
  own: Headers,
): Promise<Reply> {
  try {
    return await perform(operation, request, services, own)
  } catch (error) {
    if (error instanceof Problem) return replyTo(error, request)
    throw error
  }
}

/** @throws Problem whatever the request alone would */
async function perform(
  { method, path, mediaType, ifMatch, ifNoneMatch, base, body }: Operation,
  request: Request,
  services: Services,
  own: Headers,
): Promise<Reply> {
  const native = services.dialect(NATIVE)
  if (native === undefined) throw problem('internal', {})
  const { route, params } = routeFor(native, method, `${BASE_PATH}${path}`)
  const { prefer } = request.headers
  const text = body === undefined ? '' : JSON.stringify(body)
  return route.handle(
    {
      ...request,
      method,
      path: `${BASE_PATH}${path}`,
      query: base === undefined ? '' : `base=${base}`,
      params,
      headers: {
        'content-type': mediaType ?? (method === 'PATCH' ? MERGE_PATCH_TYPE : JSON_TYPE),
        ...(prefer !== undefined && { prefer }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
        ...own,
      },
      body: text,
      bytes: Buffer.from(text),
    },
    services,
  )
}

/** Ids by which an operation names records: in its path, and the one that a new record shall have. */
function idsIn({ path, body }: Operation): readonly string[] {
  const uid = typeof body === 'object' && body !== null ? (body as { uid?: unknown }).uid : undefined
  const named = path.split('/')[2]
  return [named, typeof uid === 'string' ? uid.replace(/^urn:uuid:/i, '') : undefined].flatMap((id) =>
    id === undefined ? [] : [id.toLowerCase()],
  )
}

function outcomeOf({ status, headers = {}, body = '' }: Reply) {
  const { location, etag } = headers
  return {
    status,
    ...(location !== undefined && { location }),
    ...(etag !== undefined && { etag }),
    ...(body !== '' && { body: JSON.parse(body) }),
  }
}
