import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDemoServers } from './demo-server.ts'
import type { Observed } from './exchange.ts'
import { differencesOf } from './exchange.ts'
import { readAccess, readExchanges } from './exchange-file.ts'

/**
 * Replays every exchange of the native API through Prism's proxy, a tool that others made and that knows nothing of us but our
 * OpenAPI document, and prints what it finds wrong with the answers. Ends with 1 if there is anything.
 *
 * Prism is fetched by npm when this runs; no other test needs it. What the proxy itself changes of an answer, it follows
 * redirects for one, is not looked at: other tests compare answers.
 */
const PRISM = ['--yes', '--ignore-scripts', '@stoplight/prism-cli@5.14.2']
const PRISM_PORT = 18_998

/** How long an answer is waited for. */
const PATIENCE_MS = 5_000

interface Violation {
  readonly location: readonly string[]
  readonly message: string
}

const folder = mkdtempSync(join(tmpdir(), 'polydex-prism-'))
const servers = await prepareDemoServers()
let target = 0
const relay = await listening(
  createServer((socket) => {
    const onward = connect(target, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  }),
)

const document = join(folder, 'native.json')
const first = await servers.start()
writeFileSync(document, await (await fetch(`${first.url}/v1/openapi.json`)).text())
await first.close()

const prism = spawn(
  'npx',
  [...PRISM, 'proxy', document, `http://127.0.0.1:${relay}`, '-p', String(PRISM_PORT)],
  { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
)
const found = new Set<string>()
let count = 0
try {
  await new Promise<void>((resolve, reject) => {
    prism.on('exit', (code) => reject(new Error(`Prism ended with ${code}`)))
    prism.stdout.on('data', (text: Buffer) => {
      if (text.includes('is listening')) resolve()
    })
  })
  for (const file of globSync('src/dialects/native/exchanges/*.http').sort()) {
    const text = readFileSync(file, 'utf8')
    const app = await servers.start(readAccess(text))
    target = Number(new URL(app.url).port)
    const captures = new Map([['base', app.url]])
    for (const exchange of readExchanges(file, text)) {
      const sent = differencesOf(exchange, `http://127.0.0.1:${PRISM_PORT}`, captures, (observed) => {
        count += 1
        for (const told of deviationsOf(observed)) found.add(`${file}: ${told}`)
        return []
      })
      // Prism waits for the end of a stream.
      await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
    }
    await app.close()
  }
} finally {
  prism.removeAllListeners('exit')
  if (prism.pid !== undefined) process.kill(-prism.pid)
  await servers.remove()
  rmSync(folder, { recursive: true })
}
for (const told of found) process.stdout.write(`${told}\n`)
process.stdout.write(`${count} requests, ${found.size} deviations\n`)
process.exit(found.size === 0 ? 0 : 1)

/** What Prism finds wrong with an answer. */
function deviationsOf({ method, target: path, status, reply }: Observed): readonly string[] {
  // A document tells nothing of methods that a path does not have, and cannot tell that a body may be missing, which is
  // what `Prefer: return=minimal` asks for (RFC 7240 §4.2).
  if (status === 405 || (status === 201 && reply.body === '')) return []
  const all = JSON.parse(String(reply.headers['sl-violations'] ?? '[]')) as readonly Violation[]
  const ofAnswers = all.filter(({ location: [side] }) => side === 'response')
  return ofAnswers.map(
    ({ location, message }) => `${method} ${path} ${status} ${location.join('.')}: ${message}`,
  )
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
