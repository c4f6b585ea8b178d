import { createHash } from 'node:crypto'
import { notFound } from '../../../core/problem.ts'
import type { Dialect, Reply, Request, Route, Services } from '../../dialect.ts'
import { NATIVE } from '../lens/kept.ts'
import { isKnown } from '../preconditions.ts'
import { BASE_PATH, JSON_TYPE } from '../wire.ts'
import type { Document } from './document.ts'
import { documentOf } from './document.ts'

/** What every API takes and answers, for programs. Anybody may know it. */
export const documentRoutes: readonly Route[] = [
  open(`${BASE_PATH}/openapi.json`, (request, services) => document(request, services, NATIVE)),
  open('/openapi/:name', (request, services) => document(request, services, nameIn(request))),
]

/** Of the documents, not of the server. */
const VERSION = '1.0.0'

export function open(path: string, answer: (request: Request, services: Services) => Reply): Route {
  return {
    method: 'GET',
    path,
    access: 'open',
    handle: async (request, services) => answer(request, services),
  }
}

function document(request: Request, { apis }: Services, name: string): Reply {
  const dialect = apis.find((one) => one.name === name)
  if (dialect === undefined) throw notFound('document', `${name}.json`)
  return shown(request, textOf(dialect, request.asker.baseUrl), JSON_TYPE)
}

/** What changes with a release only: made once, and told from others by its content. */
export function shown(request: Request, text: string, type: string, more: Reply['headers'] = {}): Reply {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`
  const headers = { etag, 'cache-control': 'public, no-cache', ...more }
  if (isKnown(request, etag)) return { status: 304, headers }
  return { status: 200, headers: { ...headers, 'content-type': type }, body: text }
}

/** What is made of the document of an API, once: a server has one base of its links, or two while it starts. */
export function cachedFor(
  make: (document: Document, name: string) => string,
): (dialect: Dialect, baseUrl: string) => string {
  const texts = new WeakMap<Dialect, Map<string, string>>()
  return (dialect, baseUrl) => {
    const known = texts.get(dialect) ?? new Map<string, string>()
    texts.set(dialect, known)
    const text = known.get(baseUrl) ?? make(documentOf(dialect, baseUrl, VERSION), dialect.name)
    known.set(baseUrl, text)
    return text
  }
}

const textOf = cachedFor((document) => JSON.stringify(document))

/** @throws Problem not-found for what is no document */
function nameIn({ params }: Request): string {
  const file = params['name'] ?? ''
  if (!file.endsWith('.json')) throw notFound('document', file)
  return file.slice(0, -'.json'.length)
}
