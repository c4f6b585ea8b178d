import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import fc from 'fast-check'
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
import { duplicatesByDomain, duplicatesByName } from './duplicates.ts'

const ROOT = principal({ id: 'root', number: 1, superuser: true })
/** May read all, but each organization has to be asked. */
const EACH = principal({ id: 'each', number: 2, roles: ['each'] })
const GHENT = principal({ id: 'ghent', number: 3, roles: ['ghent'] })
const BLIND = principal({ id: 'blind', number: 4, roles: ['blind'] })
const STRANGER = principal({ id: 'stranger', number: 5 })

const READING: Role['permissions'] = ['organizations.read']
const HIDDEN = { 'facets.superoffice': 'none', department: 'none', emails: 'none' } as const
const ROLES: readonly Role[] = [
  { id: 'each', tenant: TENANT.id, permissions: READING, where: '' },
  { id: 'ghent', tenant: TENANT.id, permissions: READING, where: 'Gent' },
  { id: 'blind', tenant: TENANT.id, permissions: READING, parts: HIDDEN },
]

async function opened(context: TestContext, made: readonly Partial<Organization>[]): Promise<Directory> {
  const store = openSqlite(':memory:', true)
  context.after(() => store.close())
  const entries: readonly SettingsEntry[] = [
    { kind: 'tenant', tenant: '', id: TENANT.id, value: { ...TENANT, public: 'none' } },
    ...[ROOT, EACH, GHENT, BLIND, STRANGER].map(
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
  for (const input of made) {
    await directory.execute(asker(ROOT), {
      lens: parts,
      target: 'new',
      input,
      permission: 'organizations.create',
    })
  }
  return directory
}

const named = (directory: Directory, who: Principal, name: string, department = '') =>
  duplicatesByName(asker(who), directory, name, department).then((entries) =>
    entries.map(({ SoPrimaryKey }) => SoPrimaryKey),
  )

const ofDomain = (directory: Directory, who: Principal, domain: string) =>
  duplicatesByDomain(asker(who), directory, domain).then((entries) =>
    entries.map(({ SoPrimaryKey }) => SoPrimaryKey),
  )

const company = (name: string, department: string, domain: string): Partial<Organization> => ({
  name: { nl: name },
  department,
  facets: { superoffice: { domains: [domain] } },
  emails: [{ id: 'new:0', address: `info@mail.${domain}` }],
  links: [{ id: 'new:0', uri: `https://www.web.${domain}/x`, kind: 'contact' }],
})

describe('duplicates for those who may read little', () => {
  const made = [
    company('Huis Gent', 'a', 'een.example'),
    company('Huis Brugge', 'b', 'een.example'),
    company('Huis Gent vzw', 'b', 'twee.example'),
  ]

  test('a role on some contacts finds theirs alone', async (context) => {
    const directory = await opened(context, made)
    assert.deepEqual(await named(directory, ROOT, 'huis gent'), [1, 3])
    assert.deepEqual(await named(directory, ROOT, 'huis'), [2, 1, 3])
    assert.deepEqual(await named(directory, GHENT, 'huis'), [1, 3])
    assert.deepEqual(await named(directory, GHENT, 'huis', 'b'), [3])
    assert.deepEqual(await ofDomain(directory, GHENT, 'een.example'), [1])
    assert.deepEqual(await ofDomain(directory, GHENT, 'web.een.example'), [1])
  })

  test('nothing is found by what its reader may not read', async (context) => {
    const directory = await opened(context, made)
    assert.deepEqual(await named(directory, BLIND, 'huis'), [2, 1, 3])
    assert.deepEqual(await named(directory, BLIND, 'huis', 'b'), [])
    assert.deepEqual(await ofDomain(directory, BLIND, 'een.example'), [])
    assert.deepEqual(await ofDomain(directory, BLIND, 'mail.een.example'), [])
    assert.deepEqual(await ofDomain(directory, BLIND, 'web.een.example'), [1, 2])
    const [entry] = await duplicatesByName(asker(BLIND), directory, 'Huis Brugge', '')
    assert.equal(entry?.EntryName, 'Huis Brugge')
  })

  test('who may read nothing finds nothing', async (context) => {
    const directory = await opened(context, made)
    assert.deepEqual(await named(directory, STRANGER, 'huis'), [])
    assert.deepEqual(await ofDomain(directory, STRANGER, 'een.example'), [])
  })
})

test('the index answers as a look at each contact does', async (context) => {
  const words = fc.constantFrom('Huis', 'huis', 'HÚIS', 'Huis-', 'De', 'vzw', 'Ltd', 'A/S', 'é', 'ab', 'abc')
  const names = fc.array(words, { minLength: 1, maxLength: 3 }).map((some) => some.join(' '))
  const domains = fc.constantFrom('a.example', 'B.example', 'www.a.example', 'x.a.example', 'nothing')
  const departments = fc.constantFrom('', 'A', 'a', 'é', 'É')
  const companies = fc.record({ name: names, department: departments, domain: domains })
  const made = fc.sample(companies, { numRuns: 60, seed: 7 })
  const directory = await opened(
    context,
    made.map(({ name, department, domain }) => company(name, department, domain)),
  )
  await fc.assert(
    fc.asyncProperty(names, departments, domains, async (name, department, domain) => {
      assert.deepEqual(
        await named(directory, ROOT, name, department),
        await named(directory, EACH, name, department),
      )
      assert.deepEqual(await ofDomain(directory, ROOT, domain), await ofDomain(directory, EACH, domain))
    }),
    { numRuns: 60 },
  )
})

test('no question is too long, and at most 100 are told', async (context) => {
  const directory = await opened(
    context,
    Array.from({ length: 101 }, (_, at) => company(`Zaal ${at}`, '', 'zaal.example')),
  )
  assert.equal((await named(directory, ROOT, 'zaal')).length, 100)
  assert.equal((await ofDomain(directory, ROOT, 'zaal.example')).length, 100)
  assert.deepEqual(await named(directory, ROOT, 'zaal '.repeat(100_000)), [])
  assert.deepEqual(await ofDomain(directory, ROOT, `${'.'.repeat(500_000)}x`), [])
})
