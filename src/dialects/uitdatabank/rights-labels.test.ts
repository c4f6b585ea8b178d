import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, closed, documentWith, labelsOf, organizerOfAnn } from '../../../test/guests.ts'

// The exchanges run as somebody who may do everything: what others may do stands here.

describe('trap 10: a single label asks for the right to that label only', () => {
  test('anybody adds and removes a public label of any organizer', async () => {
    const path = await organizerOfAnn()
    assert.equal((await ask('bram', 'PUT', `${path}/labels/open`)).status, 204)
    assert.deepEqual(await labelsOf(path), ['open'])
    assert.equal((await ask('bram', 'DELETE', `${path}/labels/open`)).status, 204)
    assert.deepEqual(await labelsOf(path), [])
  })

  test('a label that nobody has is registered by whoever uses it first', async () => {
    const path = await organizerOfAnn()
    assert.equal((await ask('bram', 'PUT', `${path}/labels/van-bram`)).status, 204)
    assert.equal((await ask(undefined, 'GET', '/labels?name=van-bram')).body.totalItems, 1)
  })

  test('the other labels of the organizer stay', async () => {
    const path = await organizerOfAnn({ labels: ['een', 'twee'] })
    await ask('bram', 'PUT', `${path}/labels/open`)
    assert.deepEqual(await labelsOf(path), ['een', 'twee', 'open'])
    await ask('bram', 'DELETE', `${path}/labels/een`)
    assert.deepEqual(await labelsOf(path), ['twee', 'open'])
  })

  test('a private label is refused with its name, to add and to remove', async () => {
    const path = await organizerOfAnn()
    for (const method of ['PUT', 'DELETE']) {
      assert.deepEqual(await ask('ann', method, `${path}/labels/Reserved`), {
        status: 403,
        body: {
          type: 'https://api.publiq.be/probs/uitdatabank/label-not-allowed',
          title: 'Label not allowed',
          status: 403,
          detail: 'The label "Reserved" is reserved and you do not have sufficient permissions to use it.',
          label: 'Reserved',
        },
      })
    }
  })

  test('a role may open private labels, and no more', async () => {
    const path = await organizerOfAnn()
    assert.equal((await ask('trusted', 'PUT', `${path}/labels/reserved`)).status, 204)
    assert.deepEqual(await labelsOf(path), ['reserved'])
    assert.equal((await ask('trusted', 'PUT', `${path}/labels`, { labels: [] })).status, 403)
  })

  test('a bad name is not found, whoever asks', async () => {
    const path = await organizerOfAnn()
    assert.equal((await ask('bram', 'PUT', `${path}/labels/a%3Bb`)).status, 404)
  })

  test('all labels at once ask for the right to edit', async () => {
    const path = await organizerOfAnn()
    const { status, body } = await ask('bram', 'PUT', `${path}/labels`, { labels: ['open'] })
    assert.equal(status, 403)
    assert.match(body.detail, /^User bram has no permission "Organisaties bewerken" on resource /)
    assert.equal((await ask('bram', 'PUT', `${path}/name/nl`, { name: 'x' })).status, 403)
    assert.equal((await ask('ann', 'PUT', `${path}/labels`, { labels: ['open'] })).status, 204)
  })

  test('an organizer that may not be read may not be labelled', async () => {
    const path = await organizerOfAnn({}, closed.url)
    assert.equal((await ask('bram', 'PUT', `${path}/labels/open`, undefined, closed.url)).status, 403)
    assert.equal((await ask('ann', 'PUT', `${path}/labels/open`, undefined, closed.url)).status, 204)
    const { body } = await ask('ann', 'GET', path, undefined, closed.url)
    assert.deepEqual(body.labels, ['open'])
  })
})

describe('trap 9: private labels in whole documents', () => {
  test('are dropped without a word when the writer may not use them', async () => {
    const path = await organizerOfAnn({ labels: ['open', 'reserved'] })
    assert.deepEqual(await labelsOf(path), ['open'])
    const sent = documentWith({ labels: ['open', 'reserved'] })
    assert.equal((await ask('ann', 'PUT', path, sent)).status, 200)
    assert.deepEqual(await labelsOf(path), ['open'])
  })

  test('stay when the writer may not use them', async () => {
    const path = await organizerOfAnn()
    await ask('trusted', 'PUT', `${path}/labels/reserved`)
    assert.equal((await ask('ann', 'PUT', path, documentWith())).status, 200)
    assert.equal((await ask('ann', 'PUT', `${path}/labels`, { labels: ['open'] })).status, 204)
    assert.deepEqual(await labelsOf(path), ['reserved', 'open'])
  })

  test('may be used at creation by who may use them', async () => {
    const { body } = await ask('trusted', 'POST', '/organizers', documentWith({ labels: ['reserved'] }))
    assert.deepEqual(await labelsOf(`/organizers/${body.id}`), ['reserved'])
  })
})

describe('the label register', () => {
  const forbidden = /^User \w+ has no permission "Labels beheren" on resource /

  test('is changed by who manages access', async () => {
    const { status, body } = await ask('librarian', 'POST', '/labels', { name: 'van-librarian' })
    assert.equal(status, 201)
    assert.equal(
      (await ask('librarian', 'PATCH', `/labels/${body.uuid}`, { command: 'MakePrivate' })).status,
      204,
    )
    const path = await organizerOfAnn()
    assert.equal((await ask('bram', 'PUT', `${path}/labels/van-librarian`)).status, 403)
  })

  test('is not changed by others, nor by a role for some organizers', async () => {
    for (const who of ['ann', 'trusted', 'half']) {
      const created = await ask(who, 'POST', '/labels', { name: 'x y' })
      const changed = await ask(who, 'PATCH', '/labels/open', { command: 'MakePrivate' })
      assert.deepEqual([created.status, changed.status], [403, 403])
      assert.match(created.body.detail, forbidden)
      assert.match(changed.body.detail, forbidden)
    }
    assert.equal((await ask('ann', 'GET', '/labels/open')).body.privacy, 'public')
  })

  test('judges the body before the right', async () => {
    assert.equal((await ask('ann', 'POST', '/labels', {})).status, 400)
  })
})
