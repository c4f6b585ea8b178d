import { deepEqual } from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { dialects } from '../src/dialects/index.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import { differencesOf } from './exchange.ts'
import type { Exchange } from './exchange-file.ts'
import { readAccess, readExchanges } from './exchange-file.ts'
import { contradictionsIn } from './ledger.ts'
import type { Captures } from './matching.ts'
import { filled } from './matching.ts'
import type { Sent } from './spoiling.ts'
import { spoiled } from './spoiling.ts'

// What clients really send, with something wrong with it: nothing of it makes the server fail, and whatever of it is taken
// leaves records that are sound.

/** `MALFORMED_REQUESTS=100000` for the long version. */
const REQUESTS = Number(process.env['MALFORMED_REQUESTS'] ?? 2_500)

/** Of each exchange: those of some of the files are taken, until there are enough requests. */
const OF_EACH = Math.max(8, Math.ceil(REQUESTS / 2_000))

/** `MALFORMED_SEED` for the same requests again. */
const SEED = Number(process.env['MALFORMED_SEED'] ?? Date.now() % 2 ** 31)

/** After this an answer is missing, in milliseconds. */
const PATIENCE_MS = 20_000

const ROOT = join(import.meta.dirname, '..')

function exchangesOf(dialect: string): readonly (readonly Exchange[])[] {
  const files = globSync(`src/dialects/${dialect}/exchanges/*.http`, { cwd: ROOT }).sort()
  const texts = files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const)
  const all = texts.flatMap(([file, text]) =>
    readAccess(text) === undefined ? [readExchanges(file, text)] : [],
  )
  const order =
    fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { numRuns: 1, seed: SEED })[0] ?? []
  let count = 0
  return order.filter((exchanges) => {
    const isWanted = count < REQUESTS / dialects.length
    if (isWanted) count += exchanges.length * OF_EACH
    return isWanted
  })
}

describe(`requests with something wrong, seed ${SEED}`, { concurrency: 2 }, () => {
  let servers: DemoServers
  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  for (const { name } of dialects) {
    test(`of ${name}`, async (context) => {
      let count = 0
      for (const exchanges of exchangesOf(name)) {
        const { apps, database } = await servers.startTogether(1)
        try {
          const sent = await sendSpoiled(exchanges, apps[0]?.url ?? '')
          count += sent.count
          deepEqual(sent.failures, [])
        } finally {
          for (const app of apps) await app.close()
        }
        deepEqual(await contradictionsIn(database), [])
      }
      context.diagnostic(`${count} requests`)
    })
  }
})

/** Sends the exchanges in turn, each behind itself with something wrong. */
async function sendSpoiled(
  exchanges: readonly Exchange[],
  url: string,
): Promise<{ readonly count: number; readonly failures: readonly string[] }> {
  const captures: Captures = new Map([['base', url]])
  const failures: string[] = []
  for (const [at, exchange] of exchanges.entries()) {
    // What went before has changed what is there: only the names that it gives are wanted.
    await Promise.race([differencesOf(exchange, url, captures, () => []), setTimeout(HELD_MS)])
    const all = fc.sample(spoiled(sentOf(exchange, captures)), { numRuns: OF_EACH, seed: SEED + at })
    for (const sent of all) {
      const { status, text } = await send(sent, url)
      if (status >= 500) failures.push(told(sent, status, text))
    }
  }
  return { count: exchanges.length * OF_EACH, failures }
}

function sentOf({ method, target, headers, body }: Exchange, captures: Captures): Sent {
  const known = (text: string) => {
    try {
      return filled(text, captures)
    } catch {
      return text
    }
  }
  return {
    method,
    target: known(target),
    headers: headers.map(({ name, value }) => [name, known(value)] as const),
    body: Buffer.from(known(body)),
  }
}

function told({ method, target, headers, body }: Sent, status: number, text: string): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${target}`, ...lines, '', body.toString().slice(0, 4_000), `→ ${status} ${text}`].join(
    '\n',
  )
}

/** What may be answered when something happens, which is not waited for. */
const HELD = /\/v1\/changes/
const HELD_MS = 500

/** Sends it and waits for its status; a body that does not end by itself is not waited for. */
function send(
  { method, target, headers, body }: Sent,
  url: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const { hostname, port } = new URL(url)
  const path = target.replaceAll(/[^\x21-\xff]/g, (character) => encodeURIComponent(character.toWellFormed()))
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname,
      port,
      method,
      path,
      agent: false,
      timeout: HELD.test(target) ? HELD_MS : PATIENCE_MS,
    })
    for (const [name, value] of headers)
      if (!/^(content-length|transfer-encoding|connection)$/i.test(name)) sent.appendHeader(name, value)
    if (body.length > 0) sent.setHeader('Content-Length', body.length)
    sent.on('timeout', () => {
      if (HELD.test(target)) resolve({ status: 0, text: '' })
      else reject(new Error(`no answer to ${method} ${target}`))
      sent.destroy()
    })
    // What answers before all was sent may hang up.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve({ status: 0, text: '' })
        : reject(error),
    )
    sent.on('response', (message) => {
      const status = message.statusCode ?? 0
      let text = ''
      message.on('data', (chunk: Buffer) => {
        text = (text + chunk.toString()).slice(0, 2_000)
      })
      const done = () => {
        resolve({ status, text })
        sent.destroy()
      }
      message.on('end', done)
      message.on('error', done)
      if (String(message.headers['content-type']).startsWith('text/event-stream')) done()
    })
    sent.end(body)
  })
}
