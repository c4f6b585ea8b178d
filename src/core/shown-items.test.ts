import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Email } from './items.ts'
import type { Choice } from './shown-items.ts'
import { hidesAfter, replaceShown, shownOf } from './shown-items.ts'

const choice: Choice<Email> = {
  list: 'emails',
  limit: 3,
  isExpressible: ({ address }) => address !== '!',
  valueOf: ({ address }) => address,
  keyOf: (value) => value,
  isSimilar: () => false,
  edit: (item, address) => (item.address === address ? item : { ...item, address }),
  create: (id, address) => ({ id, address }),
}

const addresses = fc.constantFrom('a', 'b', 'c', '!')
const lists = fc.array(addresses, { maxLength: 8 }).chain((all) => {
  const items = all.map((address, at): Email => ({ id: String(at), address }))
  return fc.tuple(fc.constant<readonly Email[]>(items), fc.subarray(items))
})

test('whoever is out of sight comes back as often as their value is sent beyond those that are shown', () => {
  const requests = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: choice.limit })
  fc.assert(
    fc.property(lists, requests, ([items, hidden], sent) => {
      const hides = Object.fromEntries(hidden.map(({ id, address }) => [id, address]))
      const shown = shownOf(items, hides, choice)
      const { revived } = replaceShown(items, sent, hides, choice)
      for (const value of ['a', 'b', 'c', '!']) {
        const count = (of: readonly { readonly address: string }[]) =>
          of.filter(({ address }) => address === value).length
        const asked = sent.filter((one) => one === value).length - count(shown)
        const waiting = items.filter((item) => item.address === value && !shown.includes(item))
        const isPossible = value !== '!'
        const due = isPossible ? waiting.slice(0, Math.max(asked, 0)).map(({ id }) => id) : []
        const isSame = shown.length === sent.length && shown.every(({ address }, at) => address === sent[at])
        const found = revived.filter((id) => items.some((item) => item.id === id && item.address === value))
        assert.deepEqual(found, isSame ? [] : due)
      }
    }),
    { numRuns: 500 },
  )
})

test('a hundred thousand that slip into view are hidden at once', () => {
  const items = Array.from({ length: 100_000 }, (_, at) => ({ id: String(at), address: 'a' }))
  const begun = performance.now()
  const replaced = replaceShown(items, [], {}, choice)
  const hides = hidesAfter(
    {},
    [replaced],
    items.map(({ id, address }) => [id, address] as const),
  )
  assert.ok(performance.now() - begun < 2_500)
  assert.equal(Object.keys(hides ?? {}).length, 100_000 - choice.limit)
})
