import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { ask, organizerOfAnn } from './guests.ts'

async function requestedBy(
  who: string,
  organizer: string,
  more: object = {},
): Promise<{ status: number; id: string; detail: string }> {
  const itemId = organizer.slice('/organizers/'.length)
  const { status, body } = await ask(who, 'POST', '/ownerships', { itemId, itemType: 'organizer', ...more })
  return { status, id: body.id, detail: body.detail }
}

const rename = (who: string, organizer: string) =>
  ask(who, 'PUT', `${organizer}/name/nl`, { name: `of ${who}` })

test('an approved owner may edit the organizer, and no other', async () => {
  const [organizer, other] = [await organizerOfAnn(), await organizerOfAnn()]
  const { id } = await requestedBy('bram', organizer)
  equal((await rename('bram', organizer)).status, 403)
  equal((await ask('ann', 'POST', `/ownerships/${id}/approve`)).status, 204)
  equal((await rename('bram', organizer)).status, 204)
  equal((await rename('bram', other)).status, 403)
})

test('an owner whose ownership is deleted may edit no more', async () => {
  const organizer = await organizerOfAnn()
  const { id } = await requestedBy('bram', organizer)
  await ask('ann', 'POST', `/ownerships/${id}/approve`)
  equal((await ask('bram', 'DELETE', `/ownerships/${id}`)).status, 204)
  equal((await rename('bram', organizer)).status, 403)
})

test('nobody decides about an ownership without a right to the organizer', async () => {
  const organizer = await organizerOfAnn()
  const { id } = await requestedBy('bram', organizer)
  const approved = await ask('bram', 'POST', `/ownerships/${id}/approve`)
  deepEqual([approved.status, approved.body.detail], [403, 'You are not allowed to approve this ownership'])
  const rejected = await ask('carla', 'POST', `/ownerships/${id}/reject`)
  deepEqual([rejected.status, rejected.body.detail], [403, 'You are not allowed to reject this ownership'])
  const deleted = await ask('carla', 'DELETE', `/ownerships/${id}`)
  deepEqual([deleted.status, deleted.body.detail], [403, 'You are not allowed to delete this ownership'])
})

test('whoever may not write all that owners may makes nobody an owner, or a contributor', async () => {
  const organizer = await organizerOfAnn()
  const { id } = await requestedBy('masked', organizer)
  equal((await rename('masked', organizer)).status, 204)
  equal((await ask('masked', 'POST', `/ownerships/${id}/approve`)).status, 403)
  equal((await ask('masked', 'PUT', `${organizer}/contributors`, ['masked@example.org'])).status, 403)
  equal((await ask('ann', 'POST', `/ownerships/${id}/approve`)).status, 204)
})

test('ownership for another is requested by editors only', async () => {
  const organizer = await organizerOfAnn()
  const stranger = await requestedBy('bram', organizer, { ownerEmail: 'carla@example.org' })
  deepEqual(
    [stranger.status, stranger.detail],
    [403, 'You are not allowed to request ownership for this item'],
  )
  equal((await requestedBy('ann', organizer, { ownerEmail: 'carla@example.org' })).status, 201)
})

test('an ownership is seen by its owner and by editors, and counted for them only', async () => {
  const organizer = await organizerOfAnn()
  const { id } = await requestedBy('bram', organizer)
  const seen = await Promise.all(['ann', 'bram', 'carla'].map((who) => ask(who, 'GET', `/ownerships/${id}`)))
  deepEqual(
    seen.map(({ status }) => status),
    [200, 200, 403],
  )
  const itemId = organizer.slice('/organizers/'.length)
  const { body } = await ask('carla', 'GET', `/ownerships?itemId=${itemId}`)
  deepEqual([body.totalItems, body.member], [0, []])
})
