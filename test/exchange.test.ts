import assert from 'node:assert/strict'
import type { IncomingMessage, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { replay } from './exchange.ts'
import { readExchanges } from './exchange-file.ts'

describe('reading an exchange file', () => {
  test('gives requests and expected replies with their lines', () => {
    const text = [
      '# a comment',
      '',
      '### creates one',
      '# why',
      'POST /a?b=c',
      'X-One: 1',
      'X-One:  2 ',
      '',
      '{"a": "{{repeat:é:3}}"}',
      '',
      'more',
      '',
      '',
      'HTTP/1.1 201 Created',
      'Location: -',
      '',
      '{}',
      '### reads it',
      'GET /',
      'HTTP/1.1 200',
    ]
    assert.deepEqual(readExchanges('x.http', text.join('\r\n')), [
      {
        title: 'creates one',
        line: 5,
        method: 'POST',
        target: '/a?b=c',
        headers: [
          { line: 6, name: 'X-One', value: '1' },
          { line: 7, name: 'X-One', value: '2' },
        ],
        body: '{"a": "ééé"}\n\nmore',
        reply: { line: 14, status: 201, headers: [{ line: 15, name: 'Location', value: '-' }], body: '{}' },
      },
      {
        title: 'reads it',
        line: 19,
        method: 'GET',
        target: '/',
        headers: [],
        body: '',
        reply: { line: 20, status: 200, headers: [], body: undefined },
      },
    ])
  })

  const mistakes: readonly (readonly [text: string, message: string])[] = [
    ['GET /\nHTTP/1.1 200', 'x.http:1: no exchange'],
    ['GET /\n### a\nGET /\nHTTP/1.1 200', 'x.http:1: only comments'],
    ['###\nGET /\nHTTP/1.1 200', 'x.http:1: a line ### tells'],
    ['### a', 'x.http:1: expected METHOD /path'],
    ['### a\nHTTP/1.1 200', 'x.http:2: expected METHOD /path'],
    ['### a\nGET http://x/\nHTTP/1.1 200', 'x.http:2: expected METHOD /path'],
    ['### a\nGET /\n\n{}', 'x.http:2: no expected reply'],
    ['### a\nGET /\n{}\nHTTP/1.1 200', 'x.http:3: expected a header, found "{}"'],
    ['### a\nGET /\nHTTP/1.1 200\n{}', 'x.http:4: expected a header, found "{}"'],
  ]
  for (const [text, message] of mistakes) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => readExchanges('x.http', text), new RegExp(`^Error: ${RegExp.escape(message)}`))
    })
  }
})

describe('replaying', () => {
  let server: Server
  let baseUrl: string

  before(async () => {
    server = createServer(async (request, reply) => {
      const told = await toldOf(request)
      reply.setHeader('X-Tag', '"a-1"')
      reply.writeHead(Number(request.headers['x-status'] ?? 200), { 'Content-Type': 'application/json' })
      reply.end(
        request.headers['x-status'] === '304' ? '' : (request.headers['x-reply'] ?? JSON.stringify(told)),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  const run = (text: string): Promise<void> => replay('x.http', readExchanges('x.http', text), baseUrl)

  /** The exchange passes with the right expectation, and fails with each of the wrong ones. */
  const expectations: readonly (readonly [
    title: string,
    request: string,
    right: string,
    ...wrong: string[],
  ])[] = [
    ['the status', 'GET /', 'HTTP/1.1 200', 'HTTP/1.1 201'],
    [
      'a header',
      'GET /',
      'HTTP/1.1 200\nx-tag: "a-1"',
      'HTTP/1.1 200\nx-tag: "a-2"',
      'HTTP/1.1 200\nx-tog: "a-1"',
    ],
    ['a header that must be absent', 'GET /', 'HTTP/1.1 200\nX-Tog: -', 'HTTP/1.1 200\nX-Tag: -'],
    [
      'a JSON body',
      'GET /\nX-Reply: {"a":1}',
      'HTTP/1.1 200\n\n{ "a": "{{number}}" }',
      'HTTP/1.1 200\n\n{}',
      'HTTP/1.1 200\n\n{ "a": "{{string}}" }',
      'HTTP/1.1 200\n\n{ "a": {{number}} }',
    ],
    [
      'a text body',
      'GET /\nX-Reply: a {b}',
      'HTTP/1.1 200\n\na {b}',
      'HTTP/1.1 200\n\na',
      'HTTP/1.1 200\n\n{"a":1}',
    ],
    ['an empty body', 'GET /\nX-Status: 304', 'HTTP/1.1 304', 'HTTP/1.1 304\nX-Tag: -'],
    ['a body that is empty', 'HEAD /', 'HTTP/1.1 200\n\n{{empty}}', 'HTTP/1.1 200\n\n{}'],
    ['a body that is not empty', 'GET /', 'HTTP/1.1 200\n\n{{any}}', 'HTTP/1.1 200\n\n{{empty}}'],
    [
      'the raw request',
      'PUT /%7Ea/?q=%20&q\nX-B: 1\nX-B: 2\nAccept: */*\n\né',
      'HTTP/1.1 200\n\n["PUT /%7Ea/?q=%20&q", ["Content-Length: 2", "X-B: 1", "X-B: 2", "Accept: */*"], "é"]',
      'HTTP/1.1 200\n\n["PUT /~a/?q=%20&q", ["Content-Length: 2", "X-B: 1", "X-B: 2", "Accept: */*"], "é"]',
    ],
    [
      'the lines of a form',
      'POST /\nContent-Type: multipart/form-data; boundary=x\n\n--x\n\n--x--',
      'HTTP/1.1 200\n\n["POST /", "{{any}}", "--x\\r\\n\\r\\n--x--"]',
      'HTTP/1.1 200\n\n["POST /", "{{any}}", "--x\\n\\n--x--"]',
    ],
    [
      'a request without a body',
      'POST /',
      'HTTP/1.1 200\n\n["POST /", [], ""]',
      'HTTP/1.1 200\n\n["POST /", ["Content-Length: 0"], ""]',
    ],
    [
      'a length that is written',
      'POST /\nContent-Length: 0',
      'HTTP/1.1 200\n\n["POST /", ["Content-Length: 0"], ""]',
      'HTTP/1.1 200\n\n["POST /", [], ""]',
    ],
  ]
  for (const [title, request, right, ...wrong] of expectations) {
    test(`compares ${title}`, async () => {
      await run(`### a\n${request}\n${right}`)
      for (const reply of wrong)
        await assert.rejects(run(`### a\n${request}\n${reply}`), /^Error: a\nx\.http:\d+: .*expected /)
    })
  }

  test('sends what an earlier reply gave', async () => {
    const first = '### a\nGET /\nX-Reply: {"id":7}\nHTTP/1.1 200\nX-Tag: "{{=TAG}}"\n\n{"id":"{{=ID}}"}\n'
    const second = '### b\nPUT /{{ID}}\nIf-Match: "{{TAG}}"\n\n{"id":{{ID}}}\nHTTP/1.1 200\n\n'
    await run(`${first}${second}["PUT /7", ["Content-Length: 8", "If-Match: \\"a-1\\""], "{\\"id\\":7}"]`)
    await assert.rejects(
      run(`${first}${second}["PUT /8", "{{any}}", "{{any}}"]`),
      /x\.http:13: \$\[0\]: expected "PUT \/8"/,
    )
  })

  test('stops at the first exchange that differs, and shows the reply', async () => {
    const text = '### a\nGET /\nX-Reply: {"b":2}\nHTTP/1.1 201\n\n{"a":1}\n### b\nGET /\nHTTP/1.1 500'
    await assert.rejects(run(text), (error: Error) => {
      assert.match(
        error.message,
        /^a\nx\.http:4: expected status 201, found 200\nx\.http:4: \$\.a: expected 1, found nothing/,
      )
      assert.match(error.message, /the reply was\nHTTP\/1\.1 200\nx-tag: "a-1"[\s\S]*\{"b":2\}$/)
      return true
    })
  })

  test('a server that cannot be reached is a difference', async () => {
    const exchanges = readExchanges('x.http', '### a\nGET /\nHTTP/1.1 200')
    await assert.rejects(replay('x.http', exchanges, 'http://127.0.0.1:1'), /x\.http:2: /)
  })
})

/** The request line, the headers that a client chooses, and the body. */
async function toldOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = Array.from({ length: request.rawHeaders.length / 2 }, (_, at) => {
    return `${request.rawHeaders[at * 2]}: ${request.rawHeaders[at * 2 + 1]}`
  })
  const chosen = headers.filter((header) => !/^(Host|Connection): /.test(header))
  return [`${request.method} ${request.url}`, chosen, Buffer.concat(chunks).toString()]
}
