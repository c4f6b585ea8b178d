import { readable } from '../../../core/history.ts'
import { notFound, refused } from '../../../core/problem.ts'
import type { AnyLens, Dialect, Reply, Request, Services } from '../../dialect.ts'
import type { Explanation } from '../looking/explaining.ts'
import { explanationOf } from '../looking/explaining.ts'
import { answerOf } from '../looking-through.ts'
import { accepted } from '../media.ts'
import type { Refusal } from '../problems.ts'
import { json } from '../replies.ts'
import { JSON_TYPE } from '../wire.ts'
import { organizationOf } from './reading.ts'

/** What clients of another API see of an organization, and with `?explain` what they do not. */
export async function getView(request: Request, services: Services): Promise<Reply> {
  accepted(request, [JSON_TYPE])
  const dialect = dialectOf(request, services)
  const isExplained = readQuery(request)
  const { asker } = request
  const { directory } = services
  const found = await directory.find(asker, organizationOf(request), 'none')
  const path = dialect.window.read(found.dossier.organization)
  const asked = { dialect, method: 'GET', path } as const
  const view = shown(await answerOf(asked, request, services, directory))
  const answer = {
    request: { method: 'GET', path },
    ...view,
    ...(isExplained && { explanation: await explanationFor(request, services, dialect.window.lens) }),
  }
  return json(200, answer, { 'cache-control': 'private, no-cache' })
}

/** What the lens of another API leaves out of what the reader may see. */
async function explanationFor(
  request: Request,
  { directory }: Services,
  lens: AnyLens,
): Promise<Explanation> {
  const key = organizationOf(request)
  const found = await directory.find(request.asker, key, lens.people)
  const all = await directory.find(request.asker, key, 'all')
  return explanationOf(lens, found, all.dossier)
}

/** What a write through another API, with that API's own body, would answer and change. Nothing is written. */
export async function previewView(request: Request, services: Services): Promise<Reply> {
  accepted(request, [JSON_TYPE])
  const dialect = dialectOf(request, services)
  const { directory } = services
  const { dossier, context } = await directory.find(request.asker, organizationOf(request), 'none')
  const { method } = dialect.window.write
  const path = dialect.window.write.path(dossier.organization)
  const refusal: { reply?: Reply } = {}
  const rehearsal = directory.rehearse(async (inside) => {
    const reply = await answerOf({ dialect, method, path }, request, services, inside)
    if (reply.status >= 400) refusal.reply = reply
    return reply
  })
  const { answer, events } = await rehearsal.catch((fault: unknown) => {
    // A refusal inside the write is its answer.
    if (refusal.reply === undefined) throw fault
    return { answer: refusal.reply, events: [] }
  })
  const told = events.flatMap((event) => readable({ ...event, seq: 0 }, context.grant) ?? [])
  return json(200, {
    request: { method, path },
    ...shown(answer),
    changes: told.map(({ kind, recordKind, record, parts }) => ({ kind, recordKind, record, parts })),
  })
}

/** @throws Problem not-found */
function dialectOf({ params }: Request, { apis }: Services): Dialect {
  const name = params['dialect'] ?? ''
  const found = apis.find((api) => api.name === name)
  if (found === undefined) throw notFound('dialect', name)
  return found
}

function shown({ status, body, bytes }: Reply): { readonly status: number; readonly body?: unknown } {
  const text = body ?? Buffer.from(bytes ?? []).toString()
  return { status, ...(text !== '' && { body: parsed(text) }) }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** @throws Problem refused (query-invalid) */
function readQuery({ query }: Request): boolean {
  const parameters = new URLSearchParams(query)
  const unknown = [...parameters.keys()].filter((name) => name !== 'explain')
  const detail = `There is no parameter ${unknown.join(', ')}.`
  if (unknown.length > 0) throw refused('query-invalid' satisfies Refusal, { detail })
  return parameters.has('explain')
}
