export interface Target {
  readonly name: string
  readonly url: string
  /** Of the server's process. */
  readonly pid: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** `[<id>]` becomes a text that no other request has, so that every write really writes. */
  readonly body?: string
}

/** The bare servers that Polydex is measured against. */
export interface Floors {
  /** Each write in a transaction of its own. */
  readonly writes: Server
  readonly groupedWrites: Server
  readonly reads: Server
}

export interface Server {
  readonly url: string
  readonly pid: number
}

/**
 * The same request to a bare server: the same bytes to read and to keep, or to return, with nothing to know about them.
 * The server of reads gets the bytes here.
 */
export async function floorOf(
  target: Target,
  { writes, reads }: Pick<Floors, 'writes' | 'reads'>,
): Promise<Target> {
  const { method, url, path, headers, body } = target
  const name = 'floor'
  if (method !== 'GET') {
    return {
      name,
      ...writes,
      method: 'PUT',
      path: '/documents/1',
      headers: JSON_TYPE,
      ...(body !== undefined && { body }),
    }
  }
  const answer = await fetch(`${url}${path}`, { headers })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  await fetch(`${reads.url}/bytes`, { method: 'PUT', body: await answer.bytes() })
  return { name, ...reads, method, path: '/bytes', headers }
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACT = '/api/v1/Contact/1'
const JSON_TYPE = { 'content-type': 'application/json' }

/** A read of each API, lists and searches, and the writes, on organization 1 of the demo, with everything switched on. */
export async function operations({ url, pid }: Server): Promise<readonly Target[]> {
  const bearer = { authorization: 'Bearer demo-token', ...JSON_TYPE }
  const basic = { authorization: `Basic ${btoa('demo:demo1234')}`, ...JSON_TYPE }
  const organizer = await json(`${url}${ORGANIZER}`)
  const contact = await json(`${url}${CONTACT}`, { headers: basic })
  const session = await sessionOf(url)
  const put = (name: string, path: string, headers: Target['headers'], body: unknown): Target => ({
    name,
    url,
    pid,
    method: 'PUT',
    path,
    headers,
    body: JSON.stringify(body),
  })
  const get = (name: string, path: string, headers: Target['headers']): Target => ({
    name,
    url,
    pid,
    method: 'GET',
    path,
    headers,
  })
  const key = { 'x-dc-devkey': 'demo-api-key' }
  const token = { authorization: 'Bearer demo-api-key' }
  return [
    get('native GET organization', '/v1/organizations/1', token),
    get('uitdatabank GET organizer', ORGANIZER, bearer),
    get('superoffice GET Contact', CONTACT, basic),
    get('digicert GET organization', '/services/v2/organization/1', key),
    get('kare GET contacts', '/companies/v2/rs/1/contacts', session),
    get('native GET list', '/v1/organizations?limit=50', token),
    get('native GET search', '/v1/organizations?q=muziekvereniging%20500', token),
    get('superoffice GET list', '/api/v1/Contact?$top=50', basic),
    get('uitdatabank GET search', '/organizers?q=muziekvereniging&limit=30', bearer),
    {
      ...put(
        'native PATCH organization',
        '/v1/organizations/1',
        { ...token, 'content-type': 'application/merge-patch+json', prefer: 'return=minimal' },
        { phones: { bench: { number: '016 [<id>]' } } },
      ),
      method: 'PATCH',
    },
    put('uitdatabank PUT contact-point', `${ORGANIZER}/contact-point`, bearer, {
      phone: ['016 [<id>]'],
      email: ['info@voorbeeld.example'],
      url: [],
    }),
    put('uitdatabank PUT organizer', ORGANIZER, bearer, {
      ...organizer,
      contactPoint: { phone: ['016 [<id>]'], email: ['info@voorbeeld.example'] },
    }),
    put('superoffice PUT Contact', CONTACT, basic, {
      ...contact,
      Phones: [{ Value: '016 [<id>]', Description: '' }],
    }),
    put(
      'digicert PUT contact',
      '/services/v2/organization/1/contact',
      { ...key, ...JSON_TYPE },
      {
        contacts: [
          {
            contact_type: 'organization_contact',
            first_name: 'Ann',
            last_name: 'Peeters',
            email: 'ann@voorbeeld.example',
            telephone: '016 00 00 10',
            job_title: '[<id>]',
          },
        ],
      },
    ),
    {
      ...put(
        'kare PATCH contact',
        '/companies/v2/rs/1/contacts/3',
        { ...session, ...JSON_TYPE },
        {
          notify: true,
          phones: ['016 [<id>]', '016 00 00 12'],
        },
      ),
      method: 'PATCH',
    },
  ]
}

async function sessionOf(url: string): Promise<Record<string, string>> {
  const { data } = (await json(`${url}/auth/v1/rs/login/credentials`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ email: 'demo@example.org', password: 'demo1234' }),
  })) as { data: { accessToken: string; sessionToken: string } }
  return { authorization: `Bearer ${data.accessToken}`, 'x-session-token': data.sessionToken }
}

async function json(url: string, request: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, request)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return (await response.json()) as Record<string, unknown>
}
