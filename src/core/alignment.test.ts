import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Alignment } from './alignment.ts'
import { align } from './alignment.ts'
import type { Phone } from './items.ts'
import { isProvisional } from './items.ts'
import { isSimilarPhone, phoneKey } from './keys.ts'
import { phoneNumbers } from './testing/random-values.ts'

type Sent = string | { readonly id: string; readonly number: string }

const numberOf = (sent: Sent): string => (typeof sent === 'string' ? sent : sent.number)

/** A view of the numbers that are no fax. */
const rules: Alignment<Phone, Sent> = {
  list: 'phones',
  isShown: ({ kind }) => kind !== 'fax',
  valueOf: ({ number }) => number,
  valueSent: numberOf,
  idSent: (sent) => (typeof sent === 'string' ? undefined : sent.id),
  keyOf: phoneKey,
  isSimilar: isSimilarPhone,
  edit: (item, sent) => (item.number === numberOf(sent) ? item : { ...item, number: numberOf(sent) }),
  create: (id, sent) => ({ id, number: numberOf(sent), kind: 'voice' }),
}

const phone = (id: string, number: string, kind: Phone['kind'] = 'voice'): Phone => ({
  id,
  number,
  kind,
  label: id,
})

const FAX = phone('fax', '016 00 00 09', 'fax')
const A = phone('a', '016 11 11 11')
const B = phone('b', '016 22 22 22')

/** `id=number` of each; `+number` of a new one. */
const told = (phones: readonly Phone[]): string[] =>
  phones.map(({ id, number }) => (isProvisional(id) ? `+${number}` : `${id}=${number}`))

/** Each row: what stands there, what is sent, what stands there afterwards. */
const rows: readonly (readonly [
  title: string,
  phones: readonly Phone[],
  sent: readonly Sent[],
  after: string[],
])[] = [
  ['a removed item goes alone', [A, B], [B.number], ['b=016 22 22 22']],
  ['a new order keeps the ids', [A, B], [B.number, A.number], ['b=016 22 22 22', 'a=016 11 11 11']],
  ['an id wins over a value', [A, B], [{ id: 'b', number: A.number }], ['b=016 11 11 11']],
  ['an unknown id falls back on the value', [A], [{ id: 'z', number: A.number }], ['a=016 11 11 11']],
  ['another spelling is the same item', [A, B], ['+32 16 22 22 22'], ['b=+32 16 22 22 22']],
  [
    'an exact value wins over another spelling',
    [phone('x', '01611 11 11'), A],
    [A.number],
    ['a=016 11 11 11'],
  ],
  [
    'a similar value in the same place is an edit',
    [A, B],
    ['02 11 11 11', B.number],
    ['a=02 11 11 11', 'b=016 22 22 22'],
  ],
  [
    'a similar value in another place is new',
    [A, B],
    [B.number, '02 11 11 11'],
    ['b=016 22 22 22', '+02 11 11 11'],
  ],
  ['a similar value in a longer list is new', [A], ['02 11 11 11', '112'], ['+02 11 11 11', '+112']],
  ['another value in the same place is new', [A], ['016 33 33 33'], ['+016 33 33 33']],
  ['values without a key match exactly or not at all', [phone('x', '?')], ['??'], ['+??']],
  [
    'duplicates match one each',
    [A, phone('c', A.number)],
    [A.number, A.number],
    ['a=016 11 11 11', 'c=016 11 11 11'],
  ],
  ['a duplicate more than there is is new', [A], [A.number, A.number], ['a=016 11 11 11', '+016 11 11 11']],
  [
    'what is hidden keeps its place',
    [FAX, A],
    ['112', A.number],
    ['fax=016 00 00 09', '+112', 'a=016 11 11 11'],
  ],
  ['what is hidden survives an empty list', [A, FAX, B], [], ['fax=016 00 00 09']],
  ['what is hidden is not matched', [FAX], [FAX.number], ['fax=016 00 00 09', '+016 00 00 09']],
  [
    'an id of something hidden makes a new one',
    [FAX],
    [{ id: 'fax', number: '1' }],
    ['fax=016 00 00 09', '+1'],
  ],
]

for (const [title, phones, sent, after] of rows) {
  test(title, () => {
    assert.deepEqual(told(align(phones, sent, rules)), after)
  })
}

test('a match keeps its label', () => {
  assert.equal(align([A], ['+32 16 11 11 11'], rules)[0]?.label, 'a')
})

test('new items have ids that differ', () => {
  const ids = align<Phone, Sent>([], ['1', '1', '2'], rules).map(({ id }) => id)
  assert.equal(new Set(ids).size, 3)
})

const lists = fc
  .array(fc.tuple(phoneNumbers, fc.constantFrom<Phone['kind']>('voice', 'mobile', 'fax')), { maxLength: 8 })
  .map((members) => members.map(([number, kind], at) => phone(String(at), number, kind)))

const requests = lists.chain((phones) =>
  fc.tuple(
    fc.constant(phones),
    fc.array(fc.oneof(phoneNumbers, fc.constantFrom('', ...phones.map(({ number }) => number))), {
      maxLength: 8,
    }),
  ),
)

const shownOf = (phones: readonly Phone[]): string[] =>
  phones.filter(rules.isShown).map(({ number }) => number)

test('the view shows what was sent, in its order', () => {
  fc.assert(
    fc.property(requests, ([phones, sent]) => assert.deepEqual(shownOf(align(phones, sent, rules)), sent)),
  )
})

test('what is hidden survives, in its order', () => {
  const hiddenOf = (phones: readonly Phone[]) => phones.filter((item) => !rules.isShown(item))
  fc.assert(
    fc.property(requests, ([phones, sent]) =>
      assert.deepEqual(hiddenOf(align(phones, sent, rules)), hiddenOf(phones)),
    ),
  )
})

/** Many that are equal, in one spelling or several. */
const alike = fc.array(
  fc.constantFrom('016 11 11 11', '016111111', '016 22 22 22', '22 22 22', '?', '??', ''),
  {
    maxLength: 9,
  },
)

/** Which item each member of a request is, looked for one by one. */
function plainMatches(phones: readonly Phone[], sent: readonly string[]): readonly (string | undefined)[] {
  const shown = phones.filter(rules.isShown)
  const free = [...shown]
  const found: (string | undefined)[] = sent.map(() => undefined)
  const pass = (isMatch: (value: string, item: Phone, at: number) => boolean) => {
    for (const [at, value] of sent.entries()) {
      const place = found[at] === undefined ? free.findIndex((item) => isMatch(value, item, at)) : -1
      if (place >= 0) found[at] = free.splice(place, 1)[0]?.id
    }
  }
  pass((value, { number }) => value === number)
  pass((value, { number }) => phoneKey(value) !== '' && phoneKey(value) === phoneKey(number))
  if (shown.length === sent.length)
    pass((value, item, at) => item === shown[at] && isSimilarPhone(value, item.number))
  return found
}

test('each takes the first that is left of those that are as good', () => {
  const phones = alike.map((numbers) => numbers.map((number, at) => phone(String(at), number)))
  fc.assert(
    fc.property(phones, alike, (before, sent) => {
      const after = align(before, sent, rules)
      const ids = after.map(({ id }) => (isProvisional(id) ? undefined : id))
      assert.deepEqual(ids, plainMatches(before, sent))
    }),
    { numRuns: 1_000 },
  )
})

test('no item is there twice', () => {
  fc.assert(
    fc.property(requests, ([phones, sent]) => {
      const after = align(phones, sent, rules)
      assert.equal(new Set(after.map(({ id }) => id)).size, after.length)
    }),
  )
})

test('the same list again is the same object', () => {
  fc.assert(
    fc.property(requests, ([phones, sent]) => {
      const after = align(phones, sent, rules)
      assert.equal(align(after, shownOf(after), rules), after)
      assert.equal(align(phones, shownOf(phones), rules), phones)
    }),
  )
})

test('every value that is sent again keeps its item', () => {
  const shuffled = lists.chain((phones) =>
    fc.tuple(
      fc.constant(phones),
      fc.shuffledSubarray(shownOf(phones), { minLength: shownOf(phones).length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, ([phones, sent]) => {
      const after = align(phones, sent, rules)
      assert.deepEqual(after.toSorted(byId), phones.toSorted(byId))
    }),
  )
})

function byId(left: Phone, right: Phone): number {
  return Number(left.id) - Number(right.id)
}

test('two hundred thousand that are equal are aligned at once', () => {
  const count = 200_000
  const phones = Array.from({ length: count }, (_, at) => phone(String(at), '1'))
  const begun = performance.now()
  const after = align(phones, [...Array(count - 1).fill('1'), '2'], rules)
  // It takes a quarter of a second; taking them from the front of one array took 4 to 8.
  assert.ok(performance.now() - begun < 2_500)
  assert.deepEqual([after[0]?.id, after.at(-2)?.id, after.at(-1)?.number], ['0', String(count - 2), '2'])
})
