import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { setTimeout as passed } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { LOOP_WAIT_S, startCluster, TTL_S } from './cluster.ts'
import type { Load } from './load.ts'
import { startLoad } from './load.ts'
import { preparePrograms } from './packages.ts'
import { faultsIn, silenceAround } from './verdict.ts'

/** How often the server that writes is killed. */
const KILLS = 3
const NODES = 2

/** How long there is load before a server is killed, and after all is well again. */
const LOAD_MS = 5_000

const RESUME_WITHIN_MS = 180_000

interface Kill {
  readonly killed: string
  readonly promoted: string
  /** Seconds until a bare insert was committed again: what the cluster takes of it. */
  readonly bare: number
  /** Seconds without an acknowledged write, by node. */
  readonly silences: readonly number[]
  /** Seconds until the killed one followed again, once it was started. */
  readonly rejoined: number
}

// So that whatever was started is ended.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const programs = preparePrograms()
print(`${programs.versions}; three servers, one etcd, ttl ${TTL_S} s, loop_wait ${LOOP_WAIT_S} s`)
const cluster = await startCluster(programs)
const nodes: Node[] = []
let isEnding = false
try {
  for (let count = 0; count < NODES; count += 1) nodes.push(await startNode(cluster.url))
  const load = await startLoad(nodes.map(({ url }) => url))
  const kills: Kill[] = []
  for (let count = 0; count < KILLS; count += 1) kills.push(await killPrimary(cluster, load))
  await passed(LOAD_MS)
  await load.finish()
  tell(load, kills)
} finally {
  isEnding = true
  for (const { child } of nodes) child.kill('SIGTERM')
  await cluster.stop()
}

async function killPrimary(cluster: Cluster, { written }: Load): Promise<Kill> {
  await passed(LOAD_MS)
  const killed = await cluster.primary()
  if (killed === undefined) throw new Error('there is nobody to kill')
  const at = performance.now()
  cluster.kill(killed)
  let bare = Number.NaN
  const probing = cluster.written().then(() => {
    bare = (performance.now() - at) / 1_000
  })
  const isResumed = () =>
    written.every((list) => list.some((write) => write.isAcknowledged && write.at > at + 1_000))
  while (!isResumed()) {
    if (performance.now() > at + RESUME_WITHIN_MS) {
      const told = written.map((list) => list.at(-1)?.refusal ?? 'acknowledged')
      throw new Error(
        `writes did not resume; a bare insert did after ${bare} s; the nodes say ${told.join(', ')}`,
      )
    }
    await passed(100)
  }
  await probing
  await passed(LOAD_MS)
  const promoted = (await cluster.primary()) ?? 'nobody'
  const silences = written.map((list) => silenceAround(at, list) / 1_000)
  const revived = performance.now()
  cluster.revive(killed)
  await cluster.whole()
  const kill = { killed, promoted, bare, silences, rejoined: (performance.now() - revived) / 1_000 }
  print(`killed ${killed}: ${promoted} writes`)
  return kill
}

function tell({ written, seen }: Load, kills: readonly Kill[]): void {
  const rows = kills.map(({ killed, promoted, bare, silences, rejoined }, at) =>
    [
      at + 1,
      killed,
      promoted,
      bare.toFixed(1),
      ...silences.map((silence) => silence.toFixed(1)),
      rejoined.toFixed(0),
    ].join(' | '),
  )
  const heads = written.map((_, at) => `node ${at + 1} without writes, s`)
  print(
    `\n| kill | killed | then writes | bare insert again after, s | ${heads.join(' | ')} | follows again after, s |`,
  )
  print(`| ---: | --- | --- |${' ---: |'.repeat(NODES + 2)}`)
  for (const row of rows) print(`| ${row} |`)
  const all = written.flat()
  const acknowledged = all.filter(({ isAcknowledged }) => isAcknowledged).length
  const faults = faultsIn(written, seen)
  print(
    `\n${acknowledged} writes acknowledged, ${all.length - acknowledged} refused; ${seen[0]?.length} events; ${faults.length} faults`,
  )
  for (const fault of faults.slice(0, 20)) print(fault)
  if (faults.length > 0) process.exitCode = 1
}

interface Node {
  readonly url: string
  readonly child: ChildProcess
}

async function startNode(database: string): Promise<Node> {
  const options = ['serve', '--demo', '--port', '0', '--log-level', 'silent']
  const child = spawn(process.execPath, ['src/main.ts', ...options], {
    env: { ...process.env, DATABASE_URL: database },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text) => resolve(String(text).replace('polydex ready on ', '').trim()))
    child.once('exit', (code) => {
      const fault = new Error(`a node exited with ${code}`)
      reject(fault)
      // A node that falls with the database is what must not happen.
      if (isEnding) return
      print(fault.message)
      process.exit(1)
    })
  })
  return { url, child }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
