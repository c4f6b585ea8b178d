import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { app, ask, closed, formOf, JPEG, organizerOfAnn, PNG, uploadedBy } from '../../../test/guests.ts'

// The exchanges run as somebody who may do everything: what others may do stands here.

describe('trap 15: contributors', () => {
  test('are embedded for who may edit, with a token only', async () => {
    const path = await organizerOfAnn()
    await ask('ann', 'PUT', `${path}/contributors`, ['Carla@example.org'])
    const embedded = async (who: string | undefined) => {
      const { status, body } = await ask(who, 'GET', `${path}?embedContributors=true`)
      return [status, body.contributors]
    }
    assert.deepEqual(await embedded('ann'), [200, ['Carla@example.org']])
    assert.deepEqual(await embedded('carla'), [200, ['Carla@example.org']])
    assert.deepEqual(await embedded('bram'), [200, undefined])
    assert.deepEqual(await embedded(undefined), [401, undefined])
    assert.equal((await ask(undefined, 'GET', path)).body.contributors, undefined)
  })

  test('are listed to who may edit', async () => {
    const path = await organizerOfAnn()
    await ask('ann', 'PUT', `${path}/contributors`, ['carla@example.org'])
    assert.deepEqual(await ask('carla', 'GET', `${path}/contributors`), {
      status: 200,
      body: ['carla@example.org'],
    })
    const { status, body } = await ask('bram', 'GET', `${path}/contributors`)
    assert.equal(status, 403)
    assert.match(body.detail, /^User bram has no permission "Aanbod bewerken" on resource /)
    assert.equal((await ask('bram', 'PUT', `${path}/contributors`, ['bram@example.org'])).status, 403)
  })

  test('are judged before the right to replace them', async () => {
    const path = await organizerOfAnn()
    assert.equal((await ask('bram', 'PUT', `${path}/contributors`, ['x'])).status, 400)
  })

  test('edit what the document shows, and may not delete it', async () => {
    const path = await organizerOfAnn()
    await ask('ann', 'PUT', `${path}/contributors`, ['carla@example.org'])
    assert.equal((await ask('carla', 'PUT', `${path}/labels`, { labels: ['open'] })).status, 204)
    const image = await uploadedBy('carla')
    assert.equal((await ask('carla', 'POST', `${path}/images`, { id: image })).status, 204)
    assert.equal((await ask('carla', 'DELETE', path)).status, 403)
  })
})

describe('permissions and creator', () => {
  const MAY = { permissions: ['Organisaties bewerken'] }
  const MAY_NOT = { permissions: [] }

  test('are told to whoever asks for their own', async () => {
    const path = await organizerOfAnn({
      address: {
        nl: { addressCountry: 'BE', addressLocality: 'Leuven', postalCode: '3000', streetAddress: 'Markt 1' },
      },
    })
    await ask('ann', 'PUT', `${path}/contributors`, ['carla@example.org'])
    for (const who of ['ann', 'carla', 'editor']) {
      assert.deepEqual((await ask(who, 'GET', `${path}/permissions`)).body, MAY)
    }
    assert.deepEqual((await ask('bram', 'GET', `${path}/permissions`)).body, MAY_NOT)
  })

  test('of others never come from an e-mail address', async () => {
    const path = await organizerOfAnn()
    await ask('ann', 'PUT', `${path}/contributors`, ['carla@example.org'])
    assert.deepEqual((await ask(undefined, 'GET', `${path}/permissions/ann`)).body, MAY)
    assert.deepEqual((await ask(undefined, 'GET', `${path}/permissions/carla`)).body, MAY_NOT)
    assert.deepEqual((await ask('carla', 'GET', `${path}/permissions/carla`)).body, MAY_NOT)
  })

  test('of what is not public are told to nobody', async () => {
    const path = await organizerOfAnn({}, closed.url)
    assert.equal((await ask(undefined, 'GET', `${path}/permissions/ann`, undefined, closed.url)).status, 404)
    assert.deepEqual((await ask('bram', 'GET', `${path}/permissions`, undefined, closed.url)).body, MAY_NOT)
  })

  test('the creator is told to who may edit', async () => {
    const path = await organizerOfAnn()
    assert.deepEqual((await ask('ann', 'GET', `${path}/creator`)).body, {
      userId: 'ann',
      email: 'ann@example.org',
    })
    const { status, body } = await ask('bram', 'GET', `${path}/creator`)
    assert.deepEqual([status, body.detail], [403, 'You are not allowed to get creator for this item'])
  })
})

describe('images', () => {
  test('are uploaded by anybody, and are what their bytes are', async () => {
    for (const [bytes, type, extension] of [
      [PNG, 'image/png', 'png'],
      [JPEG, 'image/jpeg', 'jpeg'],
    ] as const) {
      const id = await uploadedBy('bram', bytes)
      const { body } = await ask(undefined, 'GET', `/images/${id}`)
      assert.equal(body.contentUrl, `${app.url}/images/${id}.${extension}`)
      const reply = await fetch(body.contentUrl)
      assert.equal(reply.headers.get('content-type'), type)
      assert.deepEqual(new Uint8Array(await reply.arrayBuffer()), bytes)
    }
  })

  test('have texts that are UTF-8', async () => {
    const { body } = await ask('bram', 'POST', '/images', formOf(PNG, { description: 'Zaal é €' }))
    assert.equal((await ask(undefined, 'GET', `/images/${body.id}`)).body.description, 'Zaal é €')
    const headers = { authorization: 'Bearer key-of-bram', 'content-type': 'multipart/form-data; boundary=x' }
    for (const text of [[0xff], [0x61, 0]]) {
      const form = [
        '--x\r\nContent-Disposition: form-data; name="description"\r\n\r\n',
        Buffer.from(text),
        '\r\n--x--',
      ]
      const sent = Buffer.concat(form.map((part) => Buffer.from(part)))
      assert.equal((await fetch(`${app.url}/images`, { method: 'POST', headers, body: sent })).status, 400)
    }
  })

  test('are linked by who may edit; an unknown one is told first', async () => {
    const path = await organizerOfAnn()
    const id = await uploadedBy('ann')
    const unknown = '11111111-1111-4111-8111-111111111111'
    assert.equal((await ask('bram', 'POST', `${path}/images`, { id })).status, 403)
    assert.equal((await ask('bram', 'POST', `${path}/images`, { id: unknown })).status, 404)
    assert.equal((await ask('bram', 'POST', `${path}/images`, {})).status, 400)
    assert.equal((await ask('bram', 'PATCH', `${path}/images`, [{ id, description: 'x' }])).status, 403)
    assert.equal((await ask('bram', 'DELETE', `${path}/images/${id}`)).status, 403)
    assert.equal((await ask('bram', 'PUT', `${path}/images/main`, { imageId: id })).status, 403)
    assert.equal((await ask('ann', 'POST', `${path}/images`, { id: id.toUpperCase() })).status, 204)
    assert.equal((await ask(undefined, 'GET', path)).body.images[0].id, id)
  })
})
