import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import type { Target } from './operations.ts'
import { FLOOR, operations } from './operations.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,16,50' },
  },
})
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const connections = values.connections.split(',').map(Number)

interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Answers that were no success: a figure with any is worth nothing. */
  readonly failures: number
}

const folder = mkdtempSync(join(tmpdir(), 'polydex-bench-'))
const children: ChildProcess[] = []
try {
  const floor = await start(['bench/floor.ts'])
  const polydex = await start([
    'src/main.ts',
    'serve',
    '--demo',
    '--port',
    '0',
    '--log-level',
    'error',
    '--database',
    `sqlite:${join(folder, 'bench.db')}`,
  ])
  const measured = await measure(floor, await operations(polydex))
  print(table(measured))
} finally {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

/** Interleaved: every round runs the floor and each operation in turn, so that a slower minute slows them all. */
async function measure(floor: string, asked: readonly Target[]): Promise<Map<string, Measured>> {
  const runs = new Map<string, Measured[]>()
  const targets: Target[] = [{ ...FLOOR, url: floor }, ...asked]
  for (let round = 0; round < rounds; round += 1) {
    for (const count of connections) {
      for (const target of targets) {
        const key = `${target.name}|${count}`
        runs.set(key, [...(runs.get(key) ?? []), await load(target, count)])
      }
    }
  }
  return new Map([...runs].map(([key, all]) => [key, medianOf(all)]))
}

async function load(target: Target, count: number): Promise<Measured> {
  const result = await autocannon({
    url: target.url,
    connections: count,
    duration: seconds,
    idReplacement: true,
    requests: [
      {
        method: target.method as 'PUT',
        path: target.path,
        headers: target.headers,
        ...(target.body !== undefined && { body: target.body }),
      },
    ],
  } as autocannon.Options)
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors,
  }
}

function medianOf(runs: readonly Measured[]): Measured {
  const median = (of: (run: Measured) => number) =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  return {
    perSecond: median(({ perSecond }) => perSecond),
    p50: median(({ p50 }) => p50),
    p99: median(({ p99 }) => p99),
    failures: runs.reduce((sum, { failures }) => sum + failures, 0),
  }
}

function table(measured: ReadonlyMap<string, Measured>): string {
  const rows = [...measured].map(([key, { perSecond, p50, p99, failures }]) => {
    const [name = '', count = ''] = key.split('|')
    const floor = measured.get(`${FLOOR.name}|${count}`)?.perSecond ?? 0
    return [
      name,
      count,
      perSecond.toFixed(0),
      String(p50),
      String(p99),
      (perSecond / floor).toFixed(2),
      String(failures),
    ]
  })
  const head = ['operation', 'connections', 'requests/s', 'p50 ms', 'p99 ms', '× floor', 'failures']
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

async function start(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${args[0]} exited with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /ready on (\S+)/.exec(chunk.toString())?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
