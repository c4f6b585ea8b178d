import { deepEqual } from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { createOutbox } from './outbox.ts'

/** An outbox in a turn that has taken as long as `busy` says, and what was sent. */
function opened(busy: () => number) {
  const sent: unknown[] = []
  const { send } = createOutbox(busy)
  const response = { end: (body: unknown) => sent.push(body) } as unknown as ServerResponse
  return { sent, send: (body: string) => send(response, body) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('answers', () => {
  test('of one turn go out at its end, in their order', async () => {
    const { sent, send } = opened(() => 0)
    for (const body of ['a', 'b', 'c']) send(body)
    await Promise.resolve()
    deepEqual(sent, [])
    await turn()
    deepEqual(sent, ['a', 'b', 'c'])
    send('d')
    await turn()
    deepEqual(sent, ['a', 'b', 'c', 'd'])
  })

  test('behind much work go out at once', async () => {
    let busy = 0
    const { sent, send } = opened(() => busy)
    send('a')
    busy = 3
    send('b')
    deepEqual(sent, ['b'])
    await turn()
    deepEqual(sent, ['b', 'a'])
  })
})
