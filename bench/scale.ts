import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, stop } from './processes.ts'

/** How an organization of the benchmark and its three people come in: four operations of a batch. */
const OPERATIONS = 4

/** Organizations of one batch, and batches on their way at once. */
const BATCH = 250
const AT_ONCE = 4

/** Requests of each kind that are measured. */
const SAMPLES = 2_000

const HEADERS = {
  authorization: 'Bearer demo-api-key',
  'content-type': 'application/json',
  prefer: 'return=minimal',
}

interface Measured {
  readonly organizations: number
  readonly loadedPerSecond: number
  readonly startMs: number
  readonly residentMb: number
  readonly fileMb: number
  /** Milliseconds: p50 and p95 of each kind of request. */
  readonly requests: Readonly<Record<string, readonly [p50: number, p95: number]>>
}

/** Loads directories of each size through the product's own batches, and measures what each of them costs. */
export async function scale(sizes: readonly number[]): Promise<string> {
  const measured: Measured[] = []
  for (const size of sizes) measured.push(await measure(size))
  return table(measured)
}

async function measure(size: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-scale-'))
  const file = join(folder, 'scale.db')
  const serve = () =>
    start([
      'src/main.ts',
      'serve',
      '--demo',
      '--port',
      '0',
      '--log-level',
      'error',
      '--database',
      `sqlite:${file}`,
    ])
  try {
    const first = await serve()
    const loadedPerSecond = await loadInto(first.url, size)
    await stop(first)
    const begun = performance.now()
    const server = await serve()
    const startMs = performance.now() - begun
    const requests = await requestsOf(server.url, size)
    const residentMb = residentOf(server.pid)
    await stop(server)
    return {
      organizations: size,
      loadedPerSecond,
      startMs,
      residentMb,
      fileMb: statSync(file).size / 1e6,
      requests,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loadInto(url: string, size: number): Promise<number> {
  const begun = performance.now()
  let next = 0
  const loader = async () => {
    while (next < size) {
      const from = next
      next += BATCH
      const operations = Array.from({ length: Math.min(BATCH, size - from) }, (_, at) =>
        operationsFor(from + at),
      ).flat()
      const { outcomes } = await json(`${url}/v1/organizations:batch`, 'POST', { operations })
      const failed = (outcomes as { status: number }[]).find(({ status }) => status !== 201)
      if (failed !== undefined) throw new Error(JSON.stringify(failed))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, loader))
  return size / ((performance.now() - begun) / 1_000)
}

const WORDS = ['Muziek', 'Toneel', 'Sport', 'Natuur', 'Jeugd', 'Kunst', 'Buurt', 'Film', 'Dans', 'Boek']

/** The id of the nth organization that is loaded. */
const idOf = (at: number) => `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`

function operationsFor(at: number): readonly object[] {
  const id = idOf(at)
  const word = WORDS[at % WORDS.length]
  const organization = {
    uid: id,
    name: { full: `${word}vereniging ${at} vzw` },
    emails: { e: { address: `info@d${at}.example` } },
    phones: { p: { number: `016 ${String(at).padStart(6, '0')}` } },
    links: { w: { uri: `https://d${at}.example`, 'polydex:website': true } },
    addresses: {
      street: {
        components: [
          { kind: 'name', value: `Straat ${at % 300}` },
          { kind: 'locality', value: `Stad ${at % 500}` },
          { kind: 'postcode', value: String(1_000 + (at % 9_000)) },
        ],
        countryCode: 'BE',
      },
    },
  }
  const people = [1, 2, 3].map((n) => ({
    method: 'POST',
    path: `/organizations/${id}/people`,
    body: {
      name: { full: `Persoon ${at} van ${word} ${n}` },
      emails: { e: { address: `p${n}@d${at}.example` } },
      phones: { p: { number: `0470 ${at} ${n}` } },
    },
  }))
  return [{ method: 'POST', path: '/organizations', body: organization }, ...people].slice(0, OPERATIONS)
}

async function requestsOf(url: string, size: number): Promise<Measured['requests']> {
  const any = () => Math.floor(Math.random() * size)
  const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
    read: () => json(`${url}/v1/organizations/${idOf(any())}`, 'GET'),
    'read (SuperOffice)': () => json(`${url}/api/v1/Contact/${1 + any()}`, 'GET'),
    update: () =>
      send(
        `${url}/v1/organizations/${idOf(any())}`,
        'PATCH',
        { 'polydex:note': String(Math.random()) },
        'application/merge-patch+json',
      ),
    'update (UiTdatabank)': () =>
      send(`${url}/organizers/${idOf(any())}/contact-point`, 'PUT', { phone: [`016 ${any()}`] }),
    'list by number': () => json(`${url}/organizers?limit=30`, 'GET'),
    'search by words': () =>
      json(`${url}/v1/organizations?q=${WORDS[any() % 10]}vereniging%20${any()}`, 'GET'),
    'search by e-mail': () => json(`${url}/v1/organizations?q=p1@d${any()}.example`, 'GET'),
    'search by website (UiTdatabank)': () =>
      json(`${url}/organizers?website=https://d${any()}.example`, 'GET'),
    'list by name (DigiCert)': () =>
      fetchOk(`${url}/services/v2/organization?limit=50&sort=name`, {
        headers: { 'x-dc-devkey': 'demo-api-key' },
      }),
  }
  const requests: Record<string, readonly [number, number]> = {}
  for (const [kind, ask] of Object.entries(kinds)) {
    for (let warm = 0; warm < 50; warm += 1) await ask()
    const latencies: number[] = []
    const count = kind.startsWith('list') ? SAMPLES / 20 : SAMPLES
    for (let at = 0; at < count; at += 1) {
      const begun = performance.now()
      await ask()
      latencies.push(performance.now() - begun)
    }
    latencies.sort((left, right) => left - right)
    const share = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0
    requests[kind] = [share(0.5), share(0.95)]
  }
  return requests
}

function table(all: readonly Measured[]): string {
  const first = all[0]
  const rows: (readonly string[])[] = [
    ['', ...all.map(({ organizations }) => `${organizations.toLocaleString('en')} organizations`), 'growth'],
    ['---', ...all.map(() => '---'), '---'],
    ['loaded per second', ...all.map(({ loadedPerSecond }) => loadedPerSecond.toFixed(0)), ''],
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

async function json(url: string, method: string, body?: unknown): Promise<Record<string, unknown>> {
  return (await send(url, method, body)).json() as Promise<Record<string, unknown>>
}

async function send(
  url: string,
  method: string,
  body?: unknown,
  type = HEADERS['content-type'],
): Promise<Response> {
  return fetchOk(url, {
    method,
    headers: { ...HEADERS, 'content-type': type },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function fetchOk(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}
