export interface Target {
  readonly name: string
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** `[<id>]` becomes a text that no other request has, so that every write really writes. */
  readonly body?: string
}

/** The same request to the bare server: the same bytes to read and to keep, with nothing to know about them. */
export function floorOf({ body }: Target, url: string): Target {
  return {
    name: 'floor',
    url,
    method: 'PUT',
    path: '/documents/1',
    headers: JSON_TYPE,
    ...(body !== undefined && { body }),
  }
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACT = '/api/v1/Contact/1'
const JSON_TYPE = { 'content-type': 'application/json' }

/** The five documented operations, each on organization 1 of the demo, with everything switched on. */
export async function operations(url: string): Promise<readonly Target[]> {
  const bearer = { authorization: 'Bearer demo-token', ...JSON_TYPE }
  const basic = { authorization: `Basic ${btoa('demo:demo1234')}`, ...JSON_TYPE }
  const organizer = await json(`${url}${ORGANIZER}`)
  const contact = await json(`${url}${CONTACT}`, { headers: basic })
  const session = await sessionOf(url)
  const put = (name: string, path: string, headers: Target['headers'], body: unknown): Target => ({
    name,
    url,
    method: 'PUT',
    path,
    headers,
    body: JSON.stringify(body),
  })
  return [
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
      { 'x-dc-devkey': 'demo-api-key', ...JSON_TYPE },
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
