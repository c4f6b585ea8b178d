import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asker, fails, openHouse, parts, READER, ROOT } from '../store/testing/house.ts'
import { refused } from './problem.ts'
import type { Uniqueness } from './unique.ts'

/** No two of one name. */
const unique: Uniqueness = {
  same: ({ name }) => ({ where: { kind: 'name', test: { is: (name['nl'] ?? '').toLowerCase() } } }),
  refusal: refused('twice'),
}

const create = { lens: parts, target: 'new', permission: 'organizations.create' } as const

describe('what must be unique', () => {
  test('is made once, of many that arrive at once', async (context) => {
    const { directory } = await openHouse(context)
    const made = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        directory.execute(asker(ROOT), { ...create, input: { name: { nl: at % 2 ? 'A' : 'a' } }, unique }),
      ),
    )
    assert.deepEqual(
      made
        .map(({ status }) => status)
        .toSorted()
        .slice(0, 2),
      ['fulfilled', 'rejected'],
    )
    const { total } = await directory.search(asker(ROOT), { offset: 0, limit: 9 })
    assert.equal(total, 1)
  })

  test('does not stand in its own way', async (context) => {
    const { directory } = await openHouse(context)
    const { dossier } = await directory.execute(asker(ROOT), {
      ...create,
      input: { name: { nl: 'A' } },
      unique,
    })
    const { id, tenant } = dossier.organization
    const edit = { lens: parts, target: { id, tenant }, permission: 'organizations.edit' } as const
    await directory.execute(asker(ROOT), { ...edit, input: { department: 'x' }, unique })
  })

  test('counts nothing that the asker cannot find', async (context) => {
    const { directory } = await openHouse(context)
    await directory.execute(asker(ROOT), { ...create, input: { name: { nl: 'A' } } })
    const stranger = { ...READER, id: 'stranger', roles: [] }
    await directory.execute(asker(stranger), { ...create, input: { name: { nl: 'A' } }, unique })
    await assert.rejects(
      directory.execute(asker(stranger), { ...create, input: { name: { nl: 'A' } }, unique }),
      fails('refused', { reason: 'twice' }),
    )
  })
})
