import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asker,
  create,
  EDITOR,
  edit,
  fails,
  openHouse,
  organizationIn,
  READER,
} from '../store/testing/house.ts'
import type { Dossier } from './dossier.ts'
import { principal } from './testing/records.ts'

const STRANGER = principal({ id: 'bram', email: 'bram@example.org' })
const LABEL = { name: 'jeugd', imported: false }
const OPENS = { opens: ['labels'] }

describe('a command that opens parts', () => {
  test('writes them for who may read the organization', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await edit(own, { labels: [LABEL] }, OPENS, asker(READER))
    assert.deepEqual((await organizationIn(own))?.labels, [LABEL])
  })

  test('writes nothing else for them', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const input = { labels: [LABEL], contributors: ['bram@example.org'] }
    await assert.rejects(
      edit(own, input, OPENS, asker(READER)),
      fails('parts-forbidden', { parts: ['contributors'] }),
    )
    assert.deepEqual((await organizationIn(own))?.labels, [])
  })

  test('is forbidden to who may not read the organization', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await assert.rejects(edit(own, { labels: [LABEL] }, OPENS, asker(STRANGER)), fails('forbidden'))
  })

  test('shows the lens those parts as they are, and all else as the asker may see it', async (context) => {
    const own = await openHouse(context)
    await create(own, { labels: [LABEL], note: 'secret' })
    let seen: Dossier | undefined
    const input = (view: Dossier) => {
      seen = view
      return { labels: [...view.organization.labels, { name: 'senior', imported: false }] }
    }
    const { dossier } = await edit(own, input, OPENS, asker(EDITOR))
    assert.deepEqual([seen?.organization.labels, seen?.organization.note], [[LABEL], undefined])
    assert.equal(dossier.organization.note, undefined)
    assert.equal((await organizationIn(own))?.note, 'secret')
  })

  test('is forbidden to nobody', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await assert.rejects(
      edit(own, { labels: [LABEL] }, OPENS, asker(undefined, { seesPublic: true })),
      fails('forbidden'),
    )
  })
})
