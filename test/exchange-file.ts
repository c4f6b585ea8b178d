import type { AccessFile } from '../src/access/access-file.ts'

/** One request of an exchange file with the reply that it must get. */
export interface Exchange {
  /** What it shows. */
  readonly title: string
  /** Of the request line, from 1. */
  readonly line: number
  readonly method: string
  /** Path and query, as they go out. */
  readonly target: string
  readonly headers: readonly Header[]
  readonly body: string
  readonly reply: ExpectedReply
}

export interface Header {
  readonly line: number
  readonly name: string
  readonly value: string
}

export interface ExpectedReply {
  /** Of the status line, from 1. */
  readonly line: number
  readonly status: number
  /** Only these are compared; the value `-` means that there is none. */
  readonly headers: readonly Header[]
  /** Undefined = not compared. */
  readonly body: string | undefined
}

interface Line {
  readonly number: number
  readonly text: string
}

const ACCESS = /^# access: (.+)$/m
const REQUEST_LINE = /^([A-Z]+) (\/\S*|\*)(?: HTTP\/1\.1)?$/
const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d)(?: .*)?$/
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/
const REPEAT = /\{\{repeat:([^:]+):(\d+)\}\}/g

/**
 * The exchanges of a file. Each begins with `### what it shows`; then the request line, headers, a blank line and a body;
 * then `HTTP/1.1 STATUS` with the headers and the body of the reply. Lines that begin with `#` before the request are comments.
 * `{{repeat:x:3}}` stands for `xxx`.
 * @throws Error with `file:line` when the file is none
 */
export function readExchanges(file: string, text: string): readonly Exchange[] {
  const lines = text.split(/\r?\n/).map((line, at) => ({ number: at + 1, text: expanded(line) }))
  const starts = lines.flatMap(({ text: line }, at) => (line.startsWith('###') ? [at] : []))
  if (starts.length === 0)
    throw new Error(`${file}:1: no exchange: each begins with a line ### and what it shows`)
  for (const { number, text: line } of lines.slice(0, starts[0])) {
    if (line !== '' && !line.startsWith('#'))
      throw new Error(`${file}:${number}: only comments may precede the first ###`)
  }
  return starts.map((start, at) => readExchange(file, lines.slice(start, starts[at + 1])))
}

/**
 * What the server of a file is started with besides the demo: an access file as JSON on a line `# access: {…}` before the
 * first exchange.
 */
export function readAccess(text: string): AccessFile | undefined {
  const [head = ''] = text.split('###', 1)
  const written = ACCESS.exec(head)?.[1]
  return written === undefined ? undefined : { version: 1, ...JSON.parse(written) }
}

function readExchange(file: string, [heading, ...lines]: readonly Line[]): Exchange {
  const fail = (at: Line | undefined, what: string): never => {
    throw new Error(`${file}:${at?.number ?? heading?.number}: ${what}`)
  }
  const title = heading?.text.replace(/^#+\s*/, '') ?? ''
  if (title === '') fail(heading, 'a line ### tells what the exchange shows')
  const first = lines.findIndex(({ text }) => text !== '' && !text.startsWith('#'))
  const split = lines.findIndex(({ text }) => STATUS_LINE.test(text))
  const requestLine = lines[first]
  const [, method, target] = REQUEST_LINE.exec(requestLine?.text ?? '') ?? []
  if (requestLine === undefined || method === undefined || target === undefined) {
    return fail(requestLine, `expected METHOD /path, found ${JSON.stringify(requestLine?.text)}`)
  }
  const statusLine = lines[split]
  if (statusLine === undefined) return fail(requestLine, 'no expected reply: a line HTTP/1.1 STATUS')
  const request = readMessage(lines.slice(first + 1, split), fail)
  const reply = readMessage(lines.slice(split + 1), fail)
  const status = Number(STATUS_LINE.exec(statusLine.text)?.[1])
  return {
    title,
    line: requestLine.number,
    method,
    target,
    headers: request.headers,
    body: request.body ?? '',
    reply: { line: statusLine.number, status, headers: reply.headers, body: reply.body },
  }
}

/** Headers up to a blank line; then the body, without the blank lines at its end. */
function readMessage(
  lines: readonly Line[],
  fail: (at: Line, what: string) => never,
): { readonly headers: readonly Header[]; readonly body: string | undefined } {
  const blank = lines.findIndex(({ text }) => text === '')
  const head = blank < 0 ? lines : lines.slice(0, blank)
  const headers = head.map((line): Header => {
    const [, name, value] = HEADER.exec(line.text) ?? []
    if (name === undefined || value === undefined)
      return fail(line, `expected a header, found ${JSON.stringify(line.text)}`)
    return { line: line.number, name, value: value.trimEnd() }
  })
  const body =
    blank < 0
      ? ''
      : lines
          .slice(blank + 1)
          .map(({ text }) => text)
          .join('\n')
          .replace(/\n+$/, '')
  return { headers, body: body === '' ? undefined : body }
}

function expanded(line: string): string {
  return line.replace(REPEAT, (_, text: string, count: string) => text.repeat(Number(count)))
}
