import { load } from './generator.ts'
import type { Target } from './operations.ts'

/** What is measured of a server that somebody else wrote: one item read, one item changed. */
interface Peer {
  readonly name: string
  /** The environment variables that name it: its URL, a token, and a collection with the texts `name` and `phone`. */
  readonly variables: readonly [url: string, token: string, collection: string]
  readonly path: string
  readonly write: 'PATCH' | 'PUT'
  wrapped(item: object): object
  idOf(answer: Record<string, Record<string, unknown>>): unknown
}

const PEERS: readonly Peer[] = [
  {
    name: 'directus',
    variables: ['DIRECTUS_URL', 'DIRECTUS_TOKEN', 'DIRECTUS_COLLECTION'],
    path: '/items',
    write: 'PATCH',
    wrapped: (item) => item,
    idOf: ({ data }) => data?.['id'],
  },
  {
    name: 'strapi',
    variables: ['STRAPI_URL', 'STRAPI_TOKEN', 'STRAPI_COLLECTION'],
    path: '/api',
    write: 'PUT',
    wrapped: (item) => ({ data: item }),
    idOf: ({ data }) => data?.['documentId'] ?? data?.['id'],
  },
]

/** Reads and updates of the peers that the environment names, as many at once as asked for. */
export async function peers(connections: readonly number[], seconds: number): Promise<string> {
  const lines: string[] = []
  for (const peer of PEERS) {
    const [url, token, collection] = peer.variables.map((name) => process.env[name] ?? '')
    if (!url || !token || !collection) {
      lines.push(`${peer.name} is not measured: set ${peer.variables.join(', ')} (bench/README.md)`)
      continue
    }
    for (const target of await targetsOf(peer, url, token, collection)) {
      for (const count of connections) {
        const { perSecond, p50, p99, failures } = await load(target, count, seconds)
        lines.push(
          `${target.name}, ${count} connections: ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${failures} failures`,
        )
      }
    }
  }
  return lines.join('\n')
}

async function targetsOf(
  { name, path, write, wrapped, idOf }: Peer,
  url: string,
  token: string,
  collection: string,
): Promise<readonly Target[]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const items = `${path}/${collection}`
  const body = JSON.stringify(wrapped({ name: 'Voorbeeld vzw', phone: '016 00 00 00' }))
  const made = await fetch(`${url}${items}`, { method: 'POST', headers, body })
  if (!made.ok) throw new Error(`${name} answered ${made.status}: ${await made.text()}`)
  const item = `${items}/${idOf((await made.json()) as Record<string, Record<string, unknown>>)}`
  // Its process is not ours to look at.
  const one = { url, pid: 0, path: item, headers }
  return [
    { ...one, name: `${name} GET`, method: 'GET' },
    {
      ...one,
      name: `${name} ${write}`,
      method: write,
      body: JSON.stringify(wrapped({ phone: '016 [<id>]' })),
    },
  ]
}
