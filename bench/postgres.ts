import type { PostgresServer } from '../src/store/testing/postgres-server.ts'
import { query, startPostgres } from '../src/store/testing/postgres-server.ts'
import type { Load } from './generator.ts'
import { load } from './generator.ts'
import type { Server, Target } from './operations.ts'
import type { Options } from './pgbench.ts'
import { AS_OURS, makeTables, PLAIN, pgbench, pgbenchProgram } from './pgbench.ts'
import { start, stop } from './processes.ts'

/** Organizations that the load is spread over. */
const SPREAD = 300

/** Updates through our APIs on PostgreSQL, interleaved with the same work done by `pgbench` on the same server. */
export async function comparedWithPgbench(options: Options): Promise<string> {
  const database = await startPostgres(true)
  try {
    await makeTables(database, SPREAD)
    await query(database.url, 'create database directory')
    const directory = new URL(database.url)
    directory.pathname = '/directory'
    const serve = () =>
      start([
        'src/main.ts',
        ...['serve', '--demo', '--port', '0', '--log-level', 'error', '--database', directory.href],
      ])
    const one = await serve()
    const organizations = await createdOn(one)
    const nodes = [one, await serve()]
    const table = await measured(database, nodes, organizations, options)
    await Promise.all(nodes.map(stop))
    return table
  } finally {
    await database.stop()
  }
}

interface Run {
  /** Organizations that are updated. */
  readonly rows: number
  readonly what: keyof typeof AS_OURS
  readonly targets: readonly Target[]
}

async function measured(
  database: PostgresServer,
  nodes: readonly Server[],
  organizations: readonly Organization[],
  options: Options,
): Promise<string> {
  const [first] = nodes
  if (first === undefined) throw new Error('no node')
  const { rounds, seconds, connections } = options
  const spread = organizations.flatMap((organization) => updatesOf(first, organization))
  const isPoint = ({ path }: Target) => path.includes('point')
  const runs: Readonly<Record<string, Run>> = {
    'contact-point, spread': { rows: SPREAD, what: 'point', targets: spread.filter(isPoint) },
    'contact, spread': { rows: SPREAD, what: 'contact', targets: spread.filter((one) => !isPoint(one)) },
    'both, spread': { rows: SPREAD, what: 'both', targets: spread },
    'both, on one': { rows: 1, what: 'both', targets: spread.slice(0, 2) },
    'both, spread, two nodes': {
      rows: SPREAD,
      what: 'both',
      targets: organizations.flatMap((organization, at) =>
        updatesOf(nodes[at % nodes.length] ?? first, organization),
      ),
    },
  }
  const own = new Map<string, Load[]>()
  const plain = new Map<string, number[]>()
  const indexed = new Map<string, number[]>()
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, { rows, what, targets }] of Object.entries(runs)) {
      const load_ = await load(targets, connections, seconds)
      const other = await pgbench(database, rows, PLAIN, options)
      const searched = await pgbench(database, rows, AS_OURS[what], options)
      // The first round warms up.
      if (round === 0) continue
      own.set(name, [...(own.get(name) ?? []), load_])
      plain.set(name, [...(plain.get(name) ?? []), other])
      indexed.set(name, [...(indexed.get(name) ?? []), searched])
    }
  }
  const lines = Object.keys(runs).map((name) => {
    const loads = own.get(name) ?? []
    const ours = medianOf(loads.map(({ perSecond }) => perSecond))
    const [theirs, searched] = [plain, indexed].map((figures) => medianOf(figures.get(name) ?? []))
    return [
      name,
      String(connections),
      ours.toFixed(0),
      medianOf(loads.map(({ p50 }) => p50)).toFixed(1),
      medianOf(loads.map(({ p99 }) => p99)).toFixed(1),
      medianOf(loads.map(({ cpu = 0 }) => cpu)).toFixed(0),
      ...[theirs, searched].flatMap((figure = 0) => [figure.toFixed(0), (ours / figure).toFixed(2)]),
      String(loads.reduce((sum, { failures }) => sum + failures, 0)),
    ]
  })
  const program = pgbenchProgram() === undefined ? 'the same through pg (no pgbench here)' : 'pgbench'
  const columns = `updates, connections, a second, p50 ms, p99 ms, CPU µs, ${program}, ratio, indexed as ours, ratio, failures`
  const head = columns.split(', ')
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

interface Organization {
  readonly id: string
  readonly number: number
}

/** Organizations like the first of the demo. */
async function createdOn({ url }: Server): Promise<readonly Organization[]> {
  const headers = { authorization: 'Bearer demo-api-key', 'content-type': 'application/json' }
  const model = (await (await fetch(`${url}/v1/organizations/1`, { headers })).json()) as Record<
    string,
    unknown
  >
  const { uid: _, created: __, updated: ___, relatedTo: ____, links: _____, ...card } = model
  const made: Organization[] = []
  // One after another: a busy machine refuses many at once.
  while (made.length < SPREAD) {
    const answer = await fetch(`${url}/v1/organizations`, {
      method: 'POST',
      headers,
      body: JSON.stringify(card),
    })
    if (answer.status !== 201) throw new Error(`a new organization was answered ${answer.status}`)
    const { uid, ...rest } = (await answer.json()) as { uid: string; 'polydex:number': number }
    made.push({ id: uid.replace('urn:uuid:', ''), number: rest['polydex:number'] })
  }
  return made
}

/** One update in each of two APIs. */
function updatesOf({ url, pid }: Server, { id, number }: Organization): readonly Target[] {
  const json = { 'content-type': 'application/json' }
  const contact = {
    contact_type: 'organization_contact',
    first_name: 'Ann',
    last_name: 'Peeters',
    email: 'ann@voorbeeld.example',
    telephone: '016 00 00 10',
    job_title: '[<id>]',
  }
  return [
    {
      name: 'uitdatabank PUT contact-point',
      url,
      pid,
      method: 'PUT',
      path: `/organizers/${id}/contact-point`,
      headers: { ...json, authorization: 'Bearer demo-token' },
      body: JSON.stringify({ phone: ['016 [<id>]'], email: ['info@voorbeeld.example'], url: [] }),
    },
    {
      name: 'digicert PUT contact',
      url,
      pid,
      method: 'PUT',
      path: `/services/v2/organization/${number}/contact`,
      headers: { ...json, 'x-dc-devkey': 'demo-api-key' },
      body: JSON.stringify({ contacts: [contact] }),
    },
  ]
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((left, right) => left - right)[Math.floor(figures.length / 2)] ?? 0
}
