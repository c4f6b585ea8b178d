import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

/** What the vendor's own client does and sees; run by `superoffice-client.test.ts` in several time zones. */

// Its types can only be read as those of a script.
type Client = typeof import('superoffice-webapi-12', { with: { 'resolution-mode': 'require' }})
type Api = InstanceType<Client['WebApi']>

// Imported as a module, it does not load under every Node.
const require = createRequire(import.meta.url)
const CLIENTS: Readonly<Record<string, () => Client>> = {
  '12': () => require('superoffice-webapi-12'),
  '10': () => require('superoffice-webapi-10'),
}

const [version = '', deed = '', url = '', ...ids] = process.argv.slice(2)

const client = CLIENTS[version]?.() ?? assert.fail(`no client ${version}`)

/** A fresh one for each call: headers of one call stay with the next ones (specs/superoffice.md 8.1). */
function fresh(): Api {
  const api = new client.WebApi(url)
  api.authenticateWithPassword('demo', 'demo1234')
  return api
}

const rest = () => fresh().getContactRestApi()
const agent = () => fresh().getContactAgent()

const DEEDS: Readonly<Record<string, () => Promise<void>>> = { roundTrips, restCalls, agentCalls }

/** What was read is written back as it was read, by either door. */
async function roundTrips(): Promise<void> {
  for (const id of ids.map(Number)) {
    await rest().putByIdAsync(id, await rest().getByIdAsync(id))
    await agent().saveContactEntityAsync(await agent().getContactEntityAsync(id))
    for (const timezone of ['NO', 'US-NY', 'UTC']) {
      const asked = { timezone, timezoneInclude: true }
      await rest().putByIdAsync(id, await rest().getByIdAsync(id, asked), asked)
    }
    const translated = { languageCode: 'nb' }
    await rest().putByIdAsync(id, await rest().getByIdAsync(id, translated), translated)
  }
}

async function restCalls(): Promise<void> {
  const blank = await rest().getDefaultAsync()
  assert.equal(blank.contactId, 0)
  assert.ok((blank.interests?.length ?? 0) > 0)

  const made = await rest().postAsync({ ...blank, name: 'Klient', emails: [{ value: 'klient@example.org' }] })
  const id = made.contactId ?? 0
  assert.ok(id > 0)
  assert.equal(made.category?.id, blank.category?.id)
  assert.equal(made.associate?.associateId, made.createdBy?.associateId)

  const [first] = made.interests ?? []
  const replaced = await rest().putByIdAsync(id, {
    ...made,
    department: 'Zolder',
    interests: [{ id: first?.id ?? 0, selected: true }],
  })
  assert.equal(replaced.department, 'Zolder')
  assert.equal(replaced.name, 'Klient')
  assert.equal(replaced.activeInterests, 1)
  assert.deepEqual(
    replaced.emails?.map(({ value }) => value),
    ['klient@example.org'],
  )

  // The names of operations are not exported.
  const op = 'replace' as never
  const patched = await rest().patchByIdAsync(id, [{ op, path: '/name', value: 'Kunde' }])
  assert.equal(patched.name, 'Kunde')
  assert.equal(patched.department, 'Zolder')
  const merged = await rest().patchByIdAsync(id, { orgNr: '123' })
  assert.equal(merged.orgNr, '123')

  const utc = { timezone: 'UTC', timezoneInclude: true }
  const { updatedDate } = await rest().getByIdAsync(id, utc)
  assert.ok(updatedDate !== undefined && Math.abs(updatedDate.getTime() - Date.now()) < 120_000)
  assert.equal(await rest().getByIdAsync(id, { ifModifiedSince: updatedDate }), null)
  const stale = { ifUnmodifiedSince: new Date(updatedDate.getTime() - 1000) }
  await refused(412, () => rest().putByIdAsync(id, merged, stale))
  await refused(412, () => rest().deleteByIdAsync(id, stale))

  await rest().deleteByIdAsync(id, { ifUnmodifiedSince: updatedDate })
  await refused(404, () => rest().getByIdAsync(id))
  await refused(400, () => rest().postAsync({ name: '' }))
}

async function agentCalls(): Promise<void> {
  const blank = await agent().createDefaultContactEntityAsync()
  const made = await agent().saveContactEntityAsync({ ...blank, name: 'Ågent AS', department: 'Loft' })
  const id = made.contactId ?? 0
  assert.ok(id > 0)
  assert.equal((await agent().getContactEntityAsync(id)).name, 'Ågent AS')
  assert.equal((await agent().getContactAsync(id)).fullName, 'Ågent AS, Loft')
  assert.deepEqual(
    (await agent().getContactListAsync([id, 99_999, 1])).map(({ contactId }) => contactId),
    [id, 1],
  )
  assert.equal((await agent().getPersonsAsync(1))[0]?.contactId, 1)
  assert.deepEqual(await agent().getPersonsAsync(id), [])
  assert.equal((await agent().getContactSummaryAsync(1, 5)).contact?.contactId, 1)

  assert.deepEqual(await agent().validateContactEntityAsync(made), {})
  assert.deepEqual(Object.keys(await agent().validateContactEntityAsync({ ...blank, name: '' })), ['Name'])

  const [entry] = await agent().getDuplicatesAsync('agent')
  assert.equal(entry?.soPrimaryKey, id)
  assert.equal((await agent().getNameDepartmentDuplicatesAsync('agent', 'loft')).length, 1)
  assert.equal((await agent().getNameDepartmentDuplicatesAsync('agent', 'cellar')).length, 0)
  const rules = await agent().getDuplicateRulesAsync()
  assert.deepEqual(
    rules.map(({ isActive }) => isActive),
    [true, true],
  )
  await agent().setDuplicateRulesStatusAsync(rules)

  const moved = await agent().changeCountryAsync(made, 826)
  assert.equal(moved.country?.countryId, 826)
  assert.equal((await agent().saveContactEntityAsync(moved)).country?.countryId, 826)

  // What only the later client can call.
  if (version === '12') {
    await agent().updateInterestsAsync(id, [1, 2], [2])
    assert.equal((await agent().getContactEntityAsync(id)).activeInterests, 1)
    assert.deepEqual(await agent().getDomainDuplicatesAsync('nobody.example'), [])
  }

  await agent().deleteContactEntityAsync(id)
  assert.equal(await agent().getContactEntityAsync(id), null)
  await agent().undeleteAsync(id)
  assert.equal((await agent().getContactEntityAsync(id)).department, 'Loft')

  await agent().mergeAsync(id, 1, true, true)
  assert.equal(await agent().getContactAsync(id), null)
  await agent().undeleteAsync(id)
  assert.equal((await agent().getContactAsync(id)).contactId, id)
  await agent().deleteContactEntityAsync(id)
}

async function refused(status: number, call: () => Promise<unknown>): Promise<void> {
  await assert.rejects(call, (fault: { readonly response?: { readonly status: number } }) => {
    assert.equal(fault.response?.status, status)
    return true
  })
}

await (DEEDS[deed] ?? assert.fail(`no deed ${deed}`))()
