export interface Target {
  readonly name: string
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** `[<id>]` becomes a text that no other request has, so that every write really writes. */
  readonly body?: string
}

export type Operation = Target

export const FLOOR: Omit<Target, 'url'> = {
  name: 'floor',
  method: 'PUT',
  path: '/documents/1',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ phone: ['016 [<id>]'], email: ['info@voorbeeld.example'], url: [] }),
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'

/** The five documented operations, each on organization 1 of the demo. */
export async function operations(url: string): Promise<readonly Operation[]> {
  const bearer = { authorization: 'Bearer demo-token', 'content-type': 'application/json' }
  const organizer = await json(`${url}${ORGANIZER}`, {})
  return [
    {
      name: 'uitdatabank PUT contact-point',
      url,
      method: 'PUT',
      path: `${ORGANIZER}/contact-point`,
      headers: bearer,
      body: FLOOR.body ?? '',
    },
    {
      name: 'uitdatabank PUT organizer',
      url,
      method: 'PUT',
      path: ORGANIZER,
      headers: bearer,
      body: JSON.stringify({
        ...organizer,
        contactPoint: { phone: ['016 [<id>]'], email: ['info@voorbeeld.example'] },
      }),
    },
  ]
}

async function json(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, { headers })
  return (await response.json()) as Record<string, unknown>
}
