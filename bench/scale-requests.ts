import { idOf, WORDS } from './directory.ts'

/** Requests of each kind that are measured. */
const SAMPLES = 500

/** Milliseconds: p50 and p95 of each kind of request. */
export type Latencies = Readonly<Record<string, readonly [p50: number, p95: number]>>

const HEADERS = {
  authorization: 'Bearer demo-api-key',
  'content-type': 'application/json',
  prefer: 'return=minimal',
}

/** Asks a directory of `size` organizations one thing after another, and measures each. */
export async function requestsOf(url: string, size: number): Promise<Latencies> {
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
    'search by a prefix': () =>
      json(`${url}/v1/organizations?q=${WORDS[any() % 10]?.slice(0, 1 + (any() % 3))}`, 'GET'),
    'search by several words': () =>
      json(`${url}/v1/organizations?q=persoon%20${any()}%20van%20${WORDS[any() % 10]}`, 'GET'),
    'search by the end of a phone number': () =>
      json(`${url}/v1/organizations?q=${String(any()).padStart(6, '0').slice(-5)}`, 'GET'),
    'list (native)': () => json(`${url}/v1/organizations?limit=50`, 'GET'),
    'list (SuperOffice)': () => json(`${url}/api/v1/Contact?$top=50`, 'GET'),
    'list by name (DigiCert)': () =>
      fetchOk(`${url}/services/v2/organization?limit=50&sort=name`, {
        headers: { 'x-dc-devkey': 'demo-api-key' },
      }),
  }
  const requests: Record<string, readonly [number, number]> = {}
  for (const [kind, ask] of Object.entries(kinds)) {
    for (let warm = 0; warm < 20; warm += 1) await ask()
    const latencies: number[] = []
    const count = /^(?:list|search by (?:a prefix|several))/.test(kind) ? SAMPLES / 20 : SAMPLES
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
