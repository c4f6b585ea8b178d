/** What a server answered. */
export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
}

const CONTACT_POINT = '/organizers/00000000-0000-4000-8000-000000000001/contact-point'
const CONTACT = {
  contact_type: 'organization_contact',
  first_name: 'Ann',
  last_name: 'Peeters',
  email: 'ann@voorbeeld.example',
}

/** Somebody who may do everything in the demo. */
export async function rootOf(url: string) {
  const login = await fetch(`${url}/auth/v1/rs/login/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'demo@example.org', password: 'demo1234' }),
  })
  const { data } = (await login.json()) as { data: { accessToken: string; sessionToken: string } }
  const session = { authorization: `Bearer ${data.accessToken}`, 'x-session-token': data.sessionToken }

  async function send(
    method: string,
    target: string,
    body?: unknown,
    others: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const headers = {
      authorization: 'Bearer demo-api-key',
      'x-dc-devkey': 'demo-api-key',
      'content-type': 'application/json',
      ...others,
    }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const reply = await fetch(`${url}${target}`, { method, headers, ...sent })
    const text = await reply.text()
    return { status: reply.status, retryAfter: reply.headers.get('retry-after'), text }
  }

  const writePhone = (phone: string) => send('PUT', CONTACT_POINT, { phone: [phone] })

  return {
    send,
    writePhone,
    /** A write of each API, each of something new. */
    writes: (value: string): readonly Promise<Answer>[] => [
      writePhone(value),
      send('PUT', '/api/v1/Contact/2', { Department: value }),
      send('PUT', '/services/v2/organization/1/contact', { contacts: [{ ...CONTACT, job_title: value }] }),
      send(
        'PATCH',
        '/v1/organizations/3',
        { 'polydex:note': value },
        { 'content-type': 'application/merge-patch+json' },
      ),
      send('PATCH', '/companies/v2/rs/1/contacts/3', { notify: true, comment: value }, session),
    ],
  }
}
