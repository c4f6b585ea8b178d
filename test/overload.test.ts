import { equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { serveDemo } from './served.ts'

const CONNECTIONS = 2_000

/** Of what all those connections ask for, answering everything would take several times as long; a busy machine is slow, too. */
const QUICKLY_MS = 8_000

/** What bodies may hold, with as much again for the process itself. */
const MEMORY_AT_MOST = 1_100 * 1_048_576

const served = await serveDemo([])
after(() => served.stop())

const { port } = new URL(served.url)
const headers = { authorization: 'Bearer demo-token', 'content-type': 'application/json' }

/** Kilobytes in RAM, as the kernel counts them. */
function residentMemory(): number {
  const status = readFileSync(`/proc/${served.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024
}

/** Asks for something and does not take the answer. */
function askAndTurnAway(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.pause()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

async function quickly(path: string): Promise<Response> {
  const begun = performance.now()
  const reply = await fetch(`${served.url}${path}`, { headers })
  ok(performance.now() - begun < QUICKLY_MS, `${path} took ${performance.now() - begun} ms`)
  return reply
}

async function createLarge(at: number): Promise<void> {
  const description = { nl: 'x'.repeat(900_000) }
  const document = {
    mainLanguage: 'nl',
    name: { nl: 'Groot' },
    url: `https://groot${at}.example`,
    description,
  }
  const reply = await fetch(`${served.url}/organizers`, {
    method: 'POST',
    headers,
    body: JSON.stringify(document),
  })
  equal(reply.status, 201)
}

test('clients that take no answers fill no memory, keep nobody waiting for long, and are forgotten when they go', async () => {
  for (let at = 0; at < 8; at += 1) await createLarge(at)
  // Seven megabytes each: more than the buffers of a connection take in for a client who does not.
  const path = '/organizers?embed=true&q=Groot'
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => askAndTurnAway(path)))

  // All at once are sent away for that alone, so a few more come one by one until nothing more fits.
  let refused = await quickly(path)
  while (refused.status === 200 && sockets.length < 2 * CONNECTIONS) {
    await refused.body?.cancel()
    sockets.push(await askAndTurnAway(path))
    equal((await quickly('/health/live')).status, 200)
    refused = await quickly(path)
  }
  equal(refused.status, 503)
  equal(refused.headers.get('retry-after'), '1')
  equal(refused.headers.get('content-type'), 'application/problem+json')
  ok(residentMemory() < MEMORY_AT_MOST, `${residentMemory()} bytes`)

  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  equal((await quickly(path)).status, 200)
})
