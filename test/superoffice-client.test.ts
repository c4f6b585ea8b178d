import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pino } from 'pino'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'
import type { Store } from '../src/core/store.ts'
import { openStore } from '../src/store/index.ts'

// The vendor's own client, unmodified, where its clock stands in different places (specs/superoffice.md 8.1, 7.7).

const CLIENT = fileURLToPath(new URL('superoffice-client.ts', import.meta.url))
const VERSIONS = ['12', '10']
const ZONES = ['UTC', 'Europe/Oslo', 'America/New_York']

const CATALOGUES = {
  customFields: [
    { id: 1, label: 'NO:"Medlem";US:"Member"', type: 'Checkbox' },
    { progId: 'since', label: 'Since', type: 'Date', default: '2020-07-01' },
    { progId: 'kind', label: 'Kind', type: 'List', entries: [{ Id: 1, Value: 'NO:"En";US:"One"' }] },
  ],
  extraFields: [{ name: 'x_when', label: 'When', type: 'DateTime' }],
}

/** Something in every member that clients write. */
const RICH = {
  Name: 'Rijk',
  Department: 'Zolder',
  OrgNr: '0123.456.789',
  Number1: '1',
  Number2: '2',
  Emails: [{ Value: 'a@example.org', Description: 'post' }, { Value: 'b@example.org' }],
  Urls: [{ Value: 'https://rijk.example/' }],
  Phones: [{ Value: '00 44 847652645', Description: 'desk' }],
  Faxes: [{ Value: '+32 2 123 45 67' }],
  Interests: [{ Id: 2, Selected: true }],
  Description: 'line\r\nline',
  Country: { CountryId: 578 },
  Kananame: 'カナ',
  NoMailing: true,
  Xstop: true,
  Source: 3,
  DbiAgentId: 4,
  DbiKey: 'key',
  DbiLastSyncronized: '2024-07-06T07:08:09',
  DbiLastModified: '2024-01-06T23:30:00',
  SupportAssociate: { AssociateId: 1 },
  TicketPriority: { Id: 1 },
  CustomerLanguage: { Id: 2 },
  Domains: ['rijk.example'],
  Address: {
    Wgs84Latitude: 59.9,
    Wgs84Longitude: 10.7,
    Street: { Address1: 'B-gaten 45', Address2: 'Baksiden', City: 'OSLO', Zipcode: '0123', County: 'Oslo' },
    Postal: { Address1: 'Postboks 1', City: 'OSLO', Zipcode: '0124' },
  },
  CustomFields: {
    'SuperOffice:1': '[I:1]',
    since: '[D:07/06/2024]',
    kind: '[I:1]',
    x_when: '[DT:07/06/2024 12:34:56.0000000]',
    x_free: 'tekst',
  },
}

const folder = mkdtempSync(join(tmpdir(), 'polydex-client-'))
const database = { engine: 'sqlite', path: join(folder, 'polydex.db') } as const
let app: App
let store: Store
let rich = 0

before(async () => {
  const settings = { port: 0, host: '127.0.0.1', database, demo: true, logLevel: 'silent' } as const
  app = await startApp(settings, { version: 1, catalogues: CATALOGUES }, pino({ level: 'silent' }))
  store = await openStore(database, { mayCreate: false })
  const response = await fetch(`${app.url}/api/v1/Contact`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('demo:demo1234')}`, 'content-type': 'application/json' },
    body: JSON.stringify(RICH),
  })
  rich = ((await response.json()) as { ContactId: number }).ContactId
  assert.ok(rich > 0)
})

after(async () => {
  await app.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (zone: string, version: string, deed: string, ...ids: readonly number[]) =>
  promisify(execFile)(process.execPath, [CLIENT, version, deed, app.url, ...ids.map(String)], {
    env: { ...process.env, TZ: zone },
  })

const lastEvent = async () => (await store.read((reader) => reader.events(0, 1_000_000))).at(-1)?.seq

for (const zone of ZONES) {
  for (const version of VERSIONS) {
    describe(`the client of version ${version} in ${zone}`, () => {
      test('writes back what it read, and nothing is written', async () => {
        const before = await lastEvent()
        await run(zone, version, 'roundTrips', 1, 2, 3, rich)
        assert.equal(await lastEvent(), before)
      })

      test('makes all six calls', async () => {
        await run(zone, version, 'restCalls')
      })

      test('calls the Contact agent', async () => {
        await run(zone, version, 'agentCalls')
      })
    })
  }
}
