import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { Directory } from '../../../core/directory.ts'
import { createDirectory } from '../../../core/directory.ts'
import { CORE_INDEXERS } from '../../../core/index-rows.ts'
import { createKnown } from '../../../core/known.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import type { Principal, Role } from '../../../core/principal.ts'
import type { SettingsEntry } from '../../../core/settings.ts'
import { countedIds, NOW, principal, TENANT } from '../../../core/testing/records.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { asker, parts } from '../../../store/testing/house.ts'
import { indexers } from '../indexers.ts'
import { readOptions } from './options.ts'
import { CONTACT_COLUMNS, findContacts } from './simple-contact.ts'

const ROOT = principal({ id: 'root', number: 1, superuser: true })
const CREATOR = principal({ id: 'ann', number: 2, roles: [] })
const LOCAL = principal({ id: 'bob', number: 3, roles: ['local'] })
const BLIND = principal({ id: 'eva', number: 4, roles: ['blind'] })

const READING: Role['permissions'] = ['organizations.read', 'people.read']
const ROLES: readonly Role[] = [
  { id: 'local', tenant: TENANT.id, permissions: READING, where: 'Gent' },
  {
    id: 'blind',
    tenant: TENANT.id,
    permissions: READING,
    parts: { 'facets.superoffice': 'none', note: 'none', department: 'none' },
  },
]

const in_ = (category: number, more: Partial<Organization>): Partial<Organization> => ({
  ...more,
  facets: { superoffice: { category } },
})

/** Three contacts in category 3, and one of another; the second is Ann's. */
async function opened(context: TestContext): Promise<Directory> {
  const store = openSqlite(':memory:', true)
  context.after(() => store.close())
  const entries: readonly SettingsEntry[] = [
    { kind: 'tenant', tenant: '', id: TENANT.id, value: { ...TENANT, public: 'none' } },
    ...[ROOT, CREATOR, LOCAL, BLIND].map(
      (value) => ({ kind: 'principal', tenant: TENANT.id, id: value.id, value }) as const,
    ),
    ...ROLES.map((value) => ({ kind: 'role', tenant: TENANT.id, id: value.id, value }) as const),
  ]
  await store.transact((transactor) => transactor.saveSettings(entries))
  const known = createKnown()
  await store.read((reader) => known.follow(reader))
  const directory = createDirectory({
    store,
    known,
    matches: (where, organization) => mainName(organization).includes(where),
    indexers: [...CORE_INDEXERS, ...indexers],
    heritable: {},
    now: () => NOW,
    newId: countedIds(),
  })
  const create = (who: Principal, input: Partial<Organization>) =>
    directory.execute(asker(who), { lens: parts, target: 'new', input, permission: 'organizations.create' })
  await create(ROOT, in_(3, { name: { nl: 'Gent A' }, department: 'x', note: 'n' }))
  await create(ROOT, in_(3, { name: { nl: 'Brugge' }, department: 'y' }))
  await create(ROOT, in_(4, { name: { nl: 'Gent B' }, department: 'a' }))
  await create(ROOT, in_(3, { name: { nl: 'Gent C' } }))
  return directory
}

async function found(directory: Directory, who: Principal, query: string): Promise<readonly string[]> {
  const options = readOptions(query, CONTACT_COLUMNS, 'contact', { now: Date.parse(NOW), me: who.number })
  const { rows } = await findContacts(directory, asker(who), options)
  return rows.map(({ organization }) => mainName(organization))
}

describe('lists for those who may read little', () => {
  test('a role on some contacts finds by all of theirs, and by nothing of others', async (context) => {
    const directory = await opened(context)
    assert.deepEqual(await found(directory, LOCAL, '$filter=category oneOf (3)'), ['Gent A', 'Gent C'])
    assert.deepEqual(await found(directory, LOCAL, '$filter=category notOneOf (3)'), ['Gent B'])
    assert.deepEqual(await found(directory, LOCAL, '$orderBy=department desc'), [
      'Gent A',
      'Gent B',
      'Gent C',
    ])
    assert.deepEqual(await found(directory, LOCAL, '$orderBy=department&$skip=1&$top=1'), ['Gent B'])
  })

  test('what no role shows is blank in filters and orders', async (context) => {
    const directory = await opened(context)
    const all = ['Gent A', 'Brugge', 'Gent B', 'Gent C']
    assert.deepEqual(await found(directory, BLIND, '$filter=category oneOf (3)'), [])
    assert.deepEqual(await found(directory, BLIND, '$filter=category notOneOf (3)'), all)
    assert.deepEqual(await found(directory, BLIND, '$filter=hasInfoText set true'), [])
    assert.deepEqual(await found(directory, BLIND, "$filter=department is ''"), all)
    assert.deepEqual(await found(directory, BLIND, '$orderBy=department desc,category'), all)
    assert.deepEqual(await found(directory, ROOT, '$orderBy=department desc'), [
      'Brugge',
      'Gent A',
      'Gent B',
      'Gent C',
    ])
  })

  test('who has no role finds nothing of others', async (context) => {
    assert.deepEqual(await found(await opened(context), CREATOR, ''), [])
  })
})
