import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  /** Microseconds. */
  readonly timeDeltas: readonly number[]
}

const SHOWN = 30

/** Where the time of a process went, by function, without what it waited. @param folder where Node put its one profile */
export function topOf(folder: string): string {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? ''
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const spent = new Map<string, number>()
  for (const [at, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[at] ?? 0))
  }
  for (const idle of ['(idle)', '(program)', '(root)']) spent.delete(idle)
  const all = [...spent.values()].reduce((sum, one) => sum + one, 0)
  const lines = [...spent]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, SHOWN)
    .map(([name, time]) => `| ${((100 * time) / all).toFixed(1)} | ${name} |`)
  return ['| % | function |', '| --- | --- |', ...lines].join('\n')
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const place = url.replace(/^.*\/(?=src\/|node_modules\/)/, '')
  return place === '' ? functionName : `${functionName || 'a function'} ${place}:${lineNumber + 1}`
}
