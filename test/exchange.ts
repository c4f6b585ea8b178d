import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import type { Exchange } from './exchange-file.ts'
import type { Captures } from './matching.ts'
import { filled, isMatchingText, jsonDifferences } from './matching.ts'

/** Statuses whose replies have no body. @see RFC 9110 §15.3.5, §15.4.5 */
const WITHOUT_BODY = [204, 304]

/** The whole expected body of a reply that must have none, whatever its status. */
const EMPTY = '{{empty}}'

/** What was sent, and what came back. */
export interface Observed {
  readonly method: string
  /** Path and query, as they went out. */
  readonly target: string
  readonly mediaType: string
  readonly body: string
  readonly status: number
  readonly reply: {
    readonly mediaType: string
    readonly body: string
    readonly headers: IncomingMessage['headers']
  }
}

/**
 * Sends the exchanges of one file in turn and compares each reply.
 * @param findings what else is wrong with an exchange
 * @throws Error that tells, with `file:line`, every difference of the first exchange that has any
 */
export async function replay(
  file: string,
  exchanges: readonly Exchange[],
  baseUrl: string,
  findings: (observed: Observed) => readonly string[] = () => [],
): Promise<void> {
  const captures: Captures = new Map([['base', baseUrl]])
  for (const exchange of exchanges) {
    const differences = await differencesOf(exchange, baseUrl, captures, findings)
    if (differences.length === 0) continue
    const told = differences.map(({ line, what }) => `${file}:${line}: ${what}`)
    throw new Error([exchange.title, ...told].join('\n'))
  }
}

interface Difference {
  readonly line: number
  readonly what: string
}

/** Sends one exchange; what differs from what it says, or nothing. */
export async function differencesOf(
  exchange: Exchange,
  baseUrl: string,
  captures: Captures,
  findings: (observed: Observed) => readonly string[],
): Promise<readonly Difference[]> {
  try {
    const reply = await send(exchange, baseUrl, captures)
    const { line } = exchange
    const differences = [
      ...findings(observedOf(exchange, reply, captures)).map((what) => ({ line, what })),
      ...statusDifferences(exchange, reply),
      ...headerDifferences(exchange, reply, captures),
      ...bodyDifferences(exchange, reply, captures),
    ]
    if (differences.length === 0) return []
    return [...differences, { line: exchange.reply.line, what: `the reply was\n${textOf(reply)}` }]
  } catch (error) {
    return [{ line: exchange.line, what: (error as Error).message }]
  }
}

function observedOf(exchange: Exchange, { message, body }: Reply, captures: Captures): Observed {
  const { method, target, headers } = exchange
  const sent = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return {
    method,
    target: filled(target, captures),
    mediaType: sent,
    body: filled(exchange.body, captures),
    status: message.statusCode ?? 0,
    reply: { mediaType: message.headers['content-type'] ?? '', body, headers: message.headers },
  }
}

interface Reply {
  readonly message: IncomingMessage
  readonly body: string
}

/** Sends what is written and nothing else, but Host, Connection and the Content-Length of a body. */
function send(
  { method, target, headers, body }: Exchange,
  baseUrl: string,
  captures: Captures,
): Promise<Reply> {
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    // Nothing is begun that lacks something.
    const told = headers.map(({ name, value }) => [name, filled(value, captures)] as const)
    const bytes = Buffer.from(withLineEnds(filled(body, captures), headers))
    const sent = request({ hostname, port, method, path: filled(target, captures), agent: false })
    sent.removeHeader('content-length')
    sent.removeHeader('transfer-encoding')
    if (bytes.length > 0) sent.setHeader('Content-Length', bytes.length)
    for (const name of new Set(headers.map((header) => header.name.toLowerCase()))) sent.removeHeader(name)
    for (const [name, value] of told) sent.appendHeader(name, value)
    sent.on('error', reject)
    sent.on('response', (message) => {
      const chunks: Buffer[] = []
      message.on('data', (chunk: Buffer) => chunks.push(chunk))
      message.on('error', reject)
      message.on('end', () => resolve({ message, body: Buffer.concat(chunks).toString() }))
    })
    sent.end(bytes.length > 0 ? bytes : undefined)
  })
}

const MULTIPART = /^multipart\//i

/** Lines of a multipart body end in CR LF, which a file of lines cannot tell. @see RFC 2046 §5.1.1 */
function withLineEnds(body: string, headers: Exchange['headers']): string {
  const isMultipart = headers.some(
    ({ name, value }) => name.toLowerCase() === 'content-type' && MULTIPART.test(value),
  )
  return isMultipart ? body.replaceAll('\n', '\r\n') : body
}

function statusDifferences({ reply }: Exchange, { message }: Reply): readonly Difference[] {
  if (message.statusCode === reply.status) return []
  return [{ line: reply.line, what: `expected status ${reply.status}, found ${message.statusCode}` }]
}

function headerDifferences(
  { reply }: Exchange,
  { message }: Reply,
  captures: Captures,
): readonly Difference[] {
  return reply.headers.flatMap(({ line, name, value }) => {
    const found = message.headersDistinct[name.toLowerCase()] ?? []
    if (value === '-')
      return found.length === 0 ? [] : [{ line, what: `expected no ${name}, found ${found}` }]
    if (found.some((text) => isMatchingText(value, text, captures))) return []
    return [
      {
        line,
        what: `expected ${name}: ${value}, found ${found.length === 0 ? 'nothing' : found.join(' and ')}`,
      },
    ]
  })
}

function bodyDifferences({ reply }: Exchange, { body }: Reply, captures: Captures): readonly Difference[] {
  const { line, status, body: expected } = reply
  if (WITHOUT_BODY.includes(status) || expected === EMPTY) {
    return body === '' ? [] : [{ line, what: 'expected an empty body' }]
  }
  if (expected === undefined) return []
  const json = parsed(expected)
  if (json === undefined) {
    return isMatchingText(expected, body, captures) ? [] : [{ line, what: `expected the body\n${expected}` }]
  }
  const found = parsed(body)
  if (found === undefined) return [{ line, what: 'expected a JSON body' }]
  return jsonDifferences(json.value, found.value, captures).map((what) => ({ line, what }))
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function textOf({ message, body }: Reply): string {
  const headers = Object.entries(message.headersDistinct).map(
    ([name, values]) => `${name}: ${values?.join(', ')}`,
  )
  return [`HTTP/1.1 ${message.statusCode}`, ...headers, '', body].join('\n')
}
