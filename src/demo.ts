import type { AccessFile } from './access/access-file.ts'
import { hashKey } from './access/secrets.ts'
import type { Directory } from './core/directory.ts'
import type { Dossier } from './core/dossier.ts'
import { withOrganization } from './core/dossier.ts'
import type { Email, Link, Phone } from './core/items.ts'
import { provisionalId } from './core/items.ts'
import { createKnown } from './core/known.ts'
import type { Lens } from './core/lens.ts'
import type { Organization } from './core/organization.ts'
import { ORGANIZATION_PARTS } from './core/organization.ts'
import type { Person } from './core/person.ts'
import { blankPerson } from './core/person.ts'
import type { Principal } from './core/principal.ts'
import type { Store } from './core/store.ts'

/** Not held to any number of requests: tests and examples send many. */
const UNLIMITED_KEY = 'demo-api-key'
const DEMO_KEYS = [UNLIMITED_KEY, 'demo-token']

/** Who may do everything in the demo. @see contract "Demo principal" */
export const DEMO_ACCESS: AccessFile = {
  version: 1,
  tenants: [{ id: 'default', name: 'Demo directory', language: 'nl', country: 'BE', public: 'all' }],
  principals: [
    {
      id: 'demo',
      kind: 'user',
      name: 'Demo User',
      email: 'demo@example.org',
      superuser: true,
      credentials: [
        { password: 'demo1234' },
        ...DEMO_KEYS.map((apiKey) => ({ apiKey, ...(apiKey === UNLIMITED_KEY && { unlimited: true }) })),
      ],
    },
  ],
}

/** Signs the demo's tokens, so that `polydex token --demo` needs no database. It opens nothing but a demo. */
export const DEMO_SIGNING_KEY = Buffer.from('polydex demo signing key: no secret').toString('base64url')

/** The id of the nth organization of the demo. */
export function demoId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

interface Sample {
  readonly organization: Partial<Omit<Organization, 'people'>>
  readonly people: readonly Partial<Person>[]
  readonly roles: Organization['roles']
}

const email = (index: number, address: string, label?: string): Email => ({
  id: provisionalId('emails', index),
  address,
  ...(label !== undefined && { label }),
})

const phone = (index: number, number: string, kind: Phone['kind'], more: Partial<Phone> = {}): Phone => ({
  id: provisionalId('phones', index),
  number,
  kind,
  ...more,
})

const link = (index: number, uri: string, kind: Link['kind'], label?: string): Link => ({
  id: provisionalId('links', index),
  uri,
  kind,
  ...(label !== undefined && { label }),
})

const person = (index: number): string => provisionalId('people', index)

const SAMPLES: readonly Sample[] = [
  {
    organization: {
      name: { nl: 'Voorbeeld vzw', fr: 'Exemple asbl' },
      department: 'Hoofdzetel',
      identifiers: [{ scheme: 'vat', value: 'BE0123456749' }],
      emails: [email(0, 'info@voorbeeld.example', 'Onthaal'), email(1, 'pers@voorbeeld.example')],
      phones: [
        phone(0, '016 00 00 00', 'voice', { label: 'Onthaal' }),
        phone(1, '+32 470 12 34 56', 'mobile'),
        phone(2, '016 00 00 01', 'fax'),
      ],
      links: [
        link(0, 'https://www.voorbeeld.example', 'website'),
        link(1, 'https://www.voorbeeld.example/contact', 'contact', 'Contact'),
      ],
      addresses: {
        street: {
          nl: {
            line1: 'Markt 1',
            city: 'Leuven',
            region: 'Vlaams-Brabant',
            postalCode: '3000',
            country: 'BE',
          },
          fr: {
            line1: 'Grand-Place 1',
            city: 'Louvain',
            region: 'Vlaams-Brabant',
            postalCode: '3000',
            country: 'BE',
          },
        },
      },
      description: { nl: 'Een vereniging die niet bestaat, met gegevens die wel kloppen.' },
      note: 'Interne nota',
    },
    people: [
      {
        name: { full: 'Ann Peeters', given: 'Ann', family: 'Peeters' },
        emails: [email(0, 'ann@voorbeeld.example')],
        phones: [phone(0, '016 00 00 10', 'voice', { extension: '10' })],
        title: 'Directeur',
        language: 'en',
      },
      {
        name: { full: 'Bram De Smet', given: 'Bram', family: 'De Smet' },
        emails: [email(0, 'bram@voorbeeld.example')],
        phones: [phone(0, '016 00 00 11', 'voice')],
      },
      {
        name: { full: 'Chloé Dubois' },
        emails: [email(0, 'chloe@voorbeeld.example')],
        phones: [phone(0, '+32 471 00 00 03', 'voice'), phone(1, '016 00 00 12', 'voice')],
        note: 'Belt liever niet op maandag',
      },
      { name: { full: 'Dirk Janssens' }, phones: [phone(0, '0472 00 00 04', 'voice')] },
    ],
    roles: {
      'organization-contact': person(0),
      'technical-contact': person(1),
      'primary-contact': person(2),
    },
  },
  {
    organization: {
      state: 'inactive',
      name: { nl: 'Muziekacademie Het Podium' },
      emails: [email(0, 'secretariaat@hetpodium.example')],
      links: [link(0, 'https://hetpodium.example', 'website')],
    },
    people: [],
    roles: {},
  },
  {
    organization: {
      name: { nl: 'Buurthuis De Brug' },
      phones: [phone(0, '09 000 00 03', 'voice')],
      addresses: { street: { nl: { line1: 'Kade 3', city: 'Gent', postalCode: '9000', country: 'BE' } } },
    },
    people: [],
    roles: {},
  },
]

/** A lens for what the server itself puts: whole records. */
const samples: Lens<Dossier, Sample> = {
  name: 'samples',
  get: (dossier) => dossier,
  echo: ({ organization, people }) => ({ organization, people, roles: organization.roles }) as Sample,
  put: (dossier, { organization, people, roles }) => ({
    ...withOrganization(dossier, { ...organization, roles }),
    people: people.map((parts, at) => ({ ...blankPerson(person(at), dossier.organization), ...parts })),
  }),
  reads: { organization: ORGANIZATION_PARTS, person: [] },
  writes: { organization: ORGANIZATION_PARTS, person: [] },
  people: 'all',
}

/** Writes the sample organizations, unless there are any. */
export async function seedDemo(directory: Directory, principal: Principal): Promise<void> {
  const asker = {
    principal,
    tenant: principal.tenant,
    via: 'demo',
    baseUrl: '',
    seesPublic: true,
    seesDeleted: true,
  }
  const { total } = await directory.search(asker, { offset: 0, limit: 0 })
  if (total > 0) return
  for (const [at, input] of SAMPLES.entries()) {
    const id = demoId(at + 1)
    await directory.execute(asker, {
      lens: samples,
      target: 'new',
      id,
      input,
      permission: 'organizations.create',
    })
  }
}

/** Takes the demo's well-known credentials out of a database that is no longer served as a demo. */
export async function withdrawDemo(store: Store): Promise<void> {
  await store.transact(async (transactor) => {
    const known = createKnown()
    await known.follow(transactor)
    const demo = known.principal('demo')
    const keys = DEMO_KEYS.map(hashKey).filter((hash) => known.keyWithHash(hash) !== undefined)
    if (demo === undefined || keys.length === 0) return
    const ids = [
      ...keys.map((hash) => `key:${hash}`),
      ...known.passwordsOf(demo.id).map(({ salt }) => `password:${demo.id}:${salt}`),
    ]
    const credentials = ids.map((id) => ({ kind: 'credential' as const, tenant: '', id, value: undefined }))
    const value = { ...demo, superuser: false }
    await transactor.saveSettings([
      ...credentials,
      { kind: 'principal', tenant: demo.tenant, id: demo.id, value },
    ])
  })
}
