import { Problem, problem, refused } from '../../../core/problem.ts'
import type { Headers, Reply, Request, Services } from '../../dialect.ts'
import { readJson } from '../../kit/json.ts'
import { chainsOf } from '../batch/chains.ts'
import type { Batch, Operation } from '../batch/operations.ts'
import { readBatch } from '../batch/operations.ts'
import type { Made } from '../batch/references.ts'
import { resolvedOperation, spokenBy } from '../batch/references.ts'
import { idempotencyKeyOf, repeatable, subKey } from '../idempotency.ts'
import { NATIVE } from '../lens/kept.ts'
import { routeFor } from '../looking-through.ts'
import { accepted, requireMediaType } from '../media.ts'
import type { Refusal } from '../problems.ts'
import { replyTo } from '../problems.ts'
import { json } from '../replies.ts'
import { BASE_PATH, JSON_TYPE, LIMITS, MERGE_PATCH_TYPE } from '../wire.ts'

/**
 * Many writes in one request, each answered as if it had been sent alone, in their order; or all of them or none. Those about
 * one organization and its people are done in their order, the others in any.
 */
export async function postBatch(request: Request, services: Services): Promise<Reply> {
  accepted(request, [JSON_TYPE])
  requireMediaType(request, [JSON_TYPE])
  const batch = readBatch(readJson(request.body))
  return batch.atomic === true ? together(request, services, batch) : each(request, services, batch)
}

/** Names that an operation speaks of, with the ids of what they stand for as far as it is there. */
type Spoken = ReadonlyMap<string, string | undefined>

/** Each with its own outcome. A key that makes the batch repeatable makes each operation so. */
async function each(request: Request, services: Services, { operations }: Batch): Promise<Reply> {
  const key = request.headers['idempotency-key'] === undefined ? undefined : idempotencyKeyOf(request)
  const chains = await chainsOf(operations, request, services)
  const spoken = spokenBy(operations)
  const lastOf = new Map<string, Promise<unknown>>()
  const making = new Map<string, Promise<Reply>>()
  const kept = withinRoom()
  const outcomes = operations.map((operation, at) => {
    const own = key === undefined ? {} : { 'idempotency-key': subKey(key, at) }
    const names = spoken[at] ?? []
    const chain = chains[at] ?? ''
    const before = Promise.all([lastOf.get(chain), ...names.map((name) => making.get(name))])
    const outcome = before.then(async ([, ...replies]) => {
      const made = new Map(names.map((name, index) => [name, idMade(replies[index])]))
      return kept(await attempt(operation, request, services, own, made))
    })
    lastOf.set(chain, outcome)
    if (operation.as !== undefined) making.set(operation.as, outcome)
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
      const kept = withinRoom()
      const made = new Map<string, string | undefined>()
      const spoken = spokenBy(operations)
      for (at = 0; at < operations.length; at += 1) {
        const operation = operations[at] as Operation
        const known = new Map(spoken[at]?.map((name) => [name, made.get(name)]))
        const reply = await perform(operation, asked, { ...others, directory: inside }, {}, known)
        if (operation.as !== undefined) made.set(operation.as, idMade(reply))
        replies.push(kept(reply))
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
  made: Spoken,
): Promise<Reply> {
  try {
    return await perform(operation, request, services, own, made)
  } catch (error) {
    if (error instanceof Problem) return replyTo(error, request)
    throw error
  }
}

/** @throws Problem whatever the request alone would */
async function perform(
  operation: Operation,
  request: Request,
  services: Services,
  own: Headers,
  made: Spoken,
): Promise<Reply> {
  const missing = [...made].flatMap(([name, id]) => (id === undefined ? [name] : []))
  if (missing.length > 0) throw refused('operation-failed' satisfies Refusal, { names: missing })
  const { method, path, mediaType, ifMatch, ifNoneMatch, base, body } = resolvedOperation(
    operation,
    made as Made,
  )
  const native = services.apis.find(({ name }) => name === NATIVE)
  if (native === undefined) throw problem('internal', {})
  const { route, params } = routeFor(native, method, `${BASE_PATH}${path}`)
  const { prefer } = request.headers
  const text = body === undefined ? '' : JSON.stringify(body)
  const limit = route.bodyLimit ?? LIMITS.card
  if (Buffer.byteLength(text) > limit) throw problem('body-too-large', { limit })
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

/**
 * What is answered with all the others: when those before it have filled the answer, without its body, unless that is short.
 * A short request could otherwise ask for one large Card a thousand times.
 */
function withinRoom(): (reply: Reply) => Reply {
  let length = 0
  return (reply) => {
    const { body: { length: own } = '' } = reply
    if (own > LIMITS.shortOutcome && length + own > LIMITS.outcomesLength) {
      const { body: _, ...rest } = reply
      return rest
    }
    length += own
    return reply
  }
}

/** The id of what an operation has made; undefined when it has not. */
function idMade(reply: Reply | undefined): string | undefined {
  const location = reply?.status === 201 ? reply.headers?.['location'] : undefined
  return location?.slice(location.lastIndexOf('/') + 1)
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
