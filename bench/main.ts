import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Load } from './generator.ts'
import { load as sent } from './generator.ts'
import { load, serve } from './loading.ts'
import type { Floors, Server, Target } from './operations.ts'
import { floorOf, operations } from './operations.ts'
import { peers } from './peers.ts'
import { comparedWithPgbench } from './postgres.ts'
import { killAll, start, stop } from './processes.ts'
import { topOf } from './profile.ts'
import { scale } from './scale.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,16,50,200' },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '' },
    postgres: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    profile: { type: 'string', default: '' },
    databases: { type: 'string', default: '' },
  },
})
/** How long each server is asked before it is measured. */
const WARM_UP_S = 2

const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const connections = values.connections.split(',').map(Number)

/** In the directory that is measured, besides those of the demo. */
const ORGANIZATIONS = 1_000

const folder = mkdtempSync(join(tmpdir(), 'polydex-bench-'))
try {
  print(await asked())
} finally {
  killAll()
  rmSync(folder, { recursive: true, force: true })
}

function asked(): Promise<string> {
  if (values.postgres) return comparedWithPgbench({ seconds, rounds, connections: 16, folder })
  if (values.peers) return peers(connections, seconds)
  if (values.profile !== '') return profiled(values.profile)
  if (values.scale === '') return compared()
  return scale(
    values.scale.split(',').map(Number),
    values.databases.split(',').map((file) => file || undefined),
  )
}

/** A server whose lists and searches have something to find. */
async function servedDirectory(flags: readonly string[] = []): Promise<Server> {
  const file = join(folder, 'bench.db')
  await stop(await serve(file))
  await load(file, ORGANIZATIONS)
  return serve(file, flags)
}

/** What the server's time goes to while it does nothing but the operations of that name, one after another. */
async function profiled(name: string): Promise<string> {
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`]
  if (name === 'import') {
    const file = join(folder, 'bench.db')
    await stop(await serve(file))
    await load(file, ORGANIZATIONS * 5, flags)
    return topOf(folder)
  }
  const polydex = await servedDirectory(flags)
  for (const operation of (await operations(polydex)).filter((one) => one.name.includes(name)))
    await sent(operation, connections.at(-1) ?? 1, seconds)
  await stop(polydex)
  return topOf(folder)
}

/** Every operation beside its floors. */
async function compared(): Promise<string> {
  const floors = {
    writes: await start(['bench/floor.ts', join(folder, 'floor.db')]),
    groupedWrites: await start(['bench/floor.ts', join(folder, 'grouped.db'), '--grouped']),
    reads: await start(['bench/fastify-floor.ts']),
  }
  const polydex = await servedDirectory()
  const measured = await measure(
    floors,
    (await operations(polydex)).filter(({ name }) => name.includes(values.only)),
  )
  return table(measured)
}

interface Row {
  readonly operation: Target
  readonly connections: number
  readonly own: Load
  readonly floor: Load
  /** With the same group commit; of writes only. */
  readonly grouped?: Load
}

/** Interleaved: each operation runs beside the floor with the same body, so that a slower minute slows both. */
async function measure(floors: Floors, asked: readonly Target[]): Promise<readonly Row[]> {
  const runs = new Map<string, { own: Load[]; floor: Load[]; grouped: Load[] }>()
  const keys = connections.flatMap((count) => asked.map((operation) => ({ operation, count })))
  for (const operation of asked) await warmUp(operation, floors)
  for (let round = 0; round < rounds; round += 1) {
    for (const { operation, count } of keys) {
      const key = `${operation.name} ${count}`
      const { own, floor, grouped } = runs.get(key) ?? { own: [], floor: [], grouped: [] }
      own.push(await sent(operation, count, seconds))
      floor.push(await sent(await floorOf(operation, floors), count, seconds))
      if (operation.method !== 'GET') {
        const target = await floorOf(operation, { ...floors, writes: floors.groupedWrites })
        grouped.push(await sent(target, count, seconds))
      }
      runs.set(key, { own, floor, grouped })
    }
  }
  return keys.map(({ operation, count }) => {
    const measured = runs.get(`${operation.name} ${count}`)
    return {
      operation,
      connections: count,
      own: medianOf(measured?.own ?? []),
      floor: medianOf(measured?.floor ?? []),
      ...(operation.method !== 'GET' && { grouped: medianOf(measured?.grouped ?? []) }),
    }
  })
}

/** Code runs slowly until it is compiled, ours longer than that of a floor with a single route: no server is measured before. */
async function warmUp(operation: Target, floors: Floors): Promise<void> {
  const grouped = { ...floors, writes: floors.groupedWrites }
  for (const target of [operation, await floorOf(operation, floors), await floorOf(operation, grouped)])
    await sent(target, 16, WARM_UP_S)
}

function medianOf(runs: readonly Load[]): Load {
  const median = (of: (run: Load) => number) =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  return {
    perSecond: median(({ perSecond }) => perSecond),
    p50: median(({ p50 }) => p50),
    p99: median(({ p99 }) => p99),
    max: median(({ max }) => max),
    cpu: runs.some(({ cpu }) => cpu === undefined) ? undefined : median(({ cpu = 0 }) => cpu),
    generator: median(({ generator }) => generator),
    failures: runs.reduce((sum, { failures }) => sum + failures, 0),
  }
}

function table(rows: readonly Row[]): string {
  const head = [
    'operation',
    'body bytes',
    'connections',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'max ms',
    'floor requests/s',
    'floor p99 ms',
    '× floor',
    'CPU µs',
    'floor CPU µs',
    '× floor by CPU',
    '× grouped floor',
    'generator %',
    'failures',
  ]
  const cells = rows.map(({ operation, connections: count, own, floor, grouped }) => [
    operation.name,
    String(operation.body?.length ?? 0),
    String(count),
    own.perSecond.toFixed(0),
    own.p50.toFixed(2),
    own.p99.toFixed(2),
    own.max.toFixed(0),
    floor.perSecond.toFixed(0),
    floor.p99.toFixed(2),
    (own.perSecond / floor.perSecond).toFixed(2),
    own.cpu?.toFixed(0) ?? '-',
    floor.cpu?.toFixed(0) ?? '-',
    own.cpu === undefined || floor.cpu === undefined ? '-' : (floor.cpu / own.cpu).toFixed(2),
    grouped === undefined ? '-' : (own.perSecond / grouped.perSecond).toFixed(2),
    `${(100 * own.generator).toFixed(0)} / ${(100 * floor.generator).toFixed(0)}`,
    String(own.failures + floor.failures + (grouped?.failures ?? 0)),
  ])
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
