import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, serve } from './loading.ts'
import { stop } from './processes.ts'
import type { Latencies } from './scale-requests.ts'
import { requestsOf } from './scale-requests.ts'

interface Measured {
  readonly organizations: number
  readonly loadedPerSecond: number
  readonly startMs: number
  readonly residentMb: number
  readonly fileMb: number
  readonly requests: Latencies
}

/** Loads directories of each size through `polydex import`, and measures what each of them costs. */
export async function scale(
  sizes: readonly number[],
  files: readonly (string | undefined)[] = [],
): Promise<string> {
  const measured: Measured[] = []
  for (const [at, size] of sizes.entries()) measured.push(await measure(size, files[at]))
  return table(measured)
}

/** @param loaded a database that has them already, as an earlier run made it */
async function measure(size: number, loaded: string | undefined): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-scale-'))
  const file = loaded ?? join(folder, 'scale.db')
  try {
    if (loaded === undefined) await stop(await serve(file))
    const loadedPerSecond = loaded === undefined ? await load(file, size) : Number.NaN
    const begun = performance.now()
    const server = await serve(file)
    const startMs = performance.now() - begun
    const requests = await requestsOf(server.url, size)
    const residentMb = residentOf(server.pid)
    await stop(server)
    const fileMb = statSync(file).size / 1e6
    return { organizations: size, loadedPerSecond, startMs, residentMb, fileMb, requests }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function table(all: readonly Measured[]): string {
  const first = all[0]
  const rows: (readonly string[])[] = [
    ['', ...all.map(({ organizations }) => `${organizations.toLocaleString('en')} organizations`), 'growth'],
    ['---', ...all.map(() => '---'), '---'],
    [
      'loaded per second',
      ...all.map(({ loadedPerSecond }) => (Number.isNaN(loadedPerSecond) ? '-' : loadedPerSecond.toFixed(0))),
      '',
    ],
    ['start, ms', ...all.map(({ startMs }) => startMs.toFixed(0)), ''],
    ['resident memory, MB', ...all.map(({ residentMb }) => residentMb.toFixed(0)), ''],
    ['database, MB', ...all.map(({ fileMb }) => fileMb.toFixed(0)), ''],
    ...Object.keys(first?.requests ?? {}).map((kind) => {
      const of = all.map(({ requests }) => requests[kind] ?? ([0, 0] as const))
      const growth = (of.at(-1)?.[0] ?? 0) / (of[0]?.[0] ?? 1)
      return [
        `${kind}, p50 / p95 ms`,
        ...of.map(([p50, p95]) => `${p50.toFixed(2)} / ${p95.toFixed(2)}`),
        `${growth.toFixed(2)} ×`,
      ]
    }),
  ]
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
}
