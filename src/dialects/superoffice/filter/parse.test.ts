import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../../core/problem.ts'
import { NOW } from '../../../core/testing/records.ts'
import { CONTACT_COLUMNS } from '../archive/simple-contact.ts'
import { dateOf } from './literals.ts'
import { LIMITS, parseFilter } from './parse.ts'
import { spanOf } from './periods.ts'
import type { Test } from './test.ts'

/** A Monday in May. */
const MOMENT = { now: Date.parse(NOW), me: 3 }

const parsed = (text: string) => parseFilter(text, CONTACT_COLUMNS, MOMENT)

/** What a filter of one term asks; `not` before it where it is denied. */
function asked(text: string): unknown {
  const filter = parsed(text)
  if ('test' in filter) return filter.test
  return 'not' in filter && 'test' in filter.not ? ['not', filter.not.test] : filter
}

function faultOf(text: string): unknown {
  try {
    parsed(text)
  } catch (fault) {
    if (fault instanceof Problem && fault.is('refused')) return fault.facts.facts?.['fault']
    throw fault
  }
  return undefined
}

const time = (text: string) => Date.parse(`${text}Z`)

describe('filters', () => {
  const same: Readonly<Record<string, Test | readonly ['not', Test]>> = {
    "name is 'Acme'": { is: 'acme' },
    "name = 'Acme'": { is: 'acme' },
    "name='Acme'": { is: 'acme' },
    "NAME SET 'Acme'": { is: 'acme' },
    'name begins Su': { begins: 'su' },
    "name eq 'L\\'Oréal'": { is: "l'oréal" },
    "name eq 'L''Oréal'": { is: "l'oréal" },
    "name is 'a\\\\b\\c'": { is: 'a\\b\\c' },
    "name notContains 'x'": ['not', { contains: 'x' }],
    "name notBegins 'x'": ['not', { begins: 'x' }],
    "name isNot 'x'": ['not', { is: 'x' }],
    "name notEnds 'x'": ['not', { ends: 'x' }],
    "name between ('A','S')": { range: { from: 'a', to: 's' } },
    "name in ('a', 'B')": { in: ['a', 'b'] },
    'category oneOf (3,6)': { numbers: [3, 6] },
    "category oneOf('1','2')": { numbers: [1, 2] },
    'category notOneOf (3)': ['not', { numbers: [3] }],
    'business equals 3': { numbers: [3] },
    'contactInterestIds oneOf (2,3)': { numbers: [2, 3] },
    'contactId gt 5': { least: 6, most: Number.MAX_SAFE_INTEGER },
    'contactId le 5': { least: -Number.MAX_SAFE_INTEGER, most: 5 },
    'contactId in (1,2)': { numbers: [1, 2] },
    'associateId associateIsOneOf (1)': { numbers: [1] },
    'associateId associateIsNotOneOf (1)': ['not', { numbers: [1] }],
    'associateId currentAssociate': { numbers: [3] },
    'stop set true': { flag: true },
    'stop eq 0': { flag: false },
    "phone/formattedNumber is ' 47 901'": { is: '47901' },
    "phone/formattedNumber is '+47901'": { is: '47901' },
    "substringof('x', name)": { contains: 'x' },
    "substringof(name, 'x') eq true": { contains: 'x' },
    "startswith(name,'x') eq false": ['not', { begins: 'x' }],
    "endswith(name,'x')": { ends: 'x' },
    "contains(name,'x')": { contains: 'x' },
  }
  for (const [text, test_] of Object.entries(same)) {
    test(`${text} is understood`, () => assert.deepEqual(asked(text), test_))
  }

  test('and binds tighter than or, and brackets tighter than both', () => {
    const shapeOf = (filter: unknown): unknown => {
      const { all, any, test: one } = filter as { all?: unknown[]; any?: unknown[]; test?: { is: string } }
      return all ? ['and', ...all.map(shapeOf)] : any ? ['or', ...any.map(shapeOf)] : one?.is
    }
    const shape = shapeOf(parsed("name is a or name is b and (name is c or name is 'd')"))
    assert.deepEqual(shape, ['or', 'a', ['and', 'b', ['or', 'c', 'd']]])
  })

  const faults: Readonly<Record<string, string>> = {
    '': 'expected a column, found the end at position 1',
    foo: "there is no column 'foo' at position 1",
    'name is x or foo is y': "there is no column 'foo' at position 14",
    'name like x': "the column 'name' takes no operator 'like' at position 6",
    name: "the column 'name' takes no operator '' at position 5",
    'name is': 'expected a value, found the end at position 8',
    'name is x y': "expected 'and', 'or' or the end, found 'y' at position 11",
    '(name is x': "expected 'and', 'or' or ')', found the end at position 11",
    'name is x)': "expected 'and', 'or' or the end, found ')' at position 10",
    "name is 'x": 'a text that does not end at position 9',
    'name is "x"': 'a double quote: texts stand in single quotes at position 9',
    'name in (a': "expected ',' or ')', found the end at position 11",
    "name between ('a')": 'two values must follow, found 1 at position 14',
    'name between a': "expected '(', found 'a' at position 14",
    'name is (a, b)': 'one value must follow, found 2 at position 9',
    'contactId eq 1.5': "'1.5' is no whole number at position 14",
    'stop set maybe': "'maybe' is neither true nor false at position 10",
    "updatedDate after '2021-02-30'": "'2021-02-30' is no date at position 19",
    "this(updatedDate,'fortnight')": "'fortnight' is no period at position 18",
    'next(updatedDate, 0, days)': 'the number must be from 1 to 1200 at position 19',
    "contains(contactId, 'x')": "the column 'contactId' is not for this function at position 10",
    'contains(name)': 'two arguments are expected at position 9',
    'updatedBy eq 1': "the column 'updatedBy' cannot be searched at position 1",
    'contactUdef/x is y': "the column 'contactUdef/x' cannot be searched at position 1",
    'name is a\0': 'a character that no text has at position 10',
  }
  for (const [text, fault] of Object.entries(faults)) {
    test(`${JSON.stringify(text)} is refused with its place`, () => assert.equal(faultOf(text), fault))
  }
})

describe('limits of filters', () => {
  const times = (count: number, text: string, joint: string) =>
    Array.from({ length: count }, () => text).join(joint)
  const limits: Readonly<Record<string, readonly [limit: number, filterOf: (count: number) => string]>> = {
    terms: [LIMITS.terms, (count) => times(count, 'stop eq 1', ' or ')],
    depth: [LIMITS.depth, (count) => `${'('.repeat(count)}stop eq 1${')'.repeat(count)}`],
    values: [LIMITS.values, (count) => `contactId in (${times(count, '1', ',')})`],
    'terms with contains': [LIMITS.openTerms, (count) => times(count, 'name contains a', ' and ')],
    characters: [8_000, (count) => `name is ${'x'.repeat(count - 'name is '.length)}`],
  }
  for (const [what, [limit, filterOf]] of Object.entries(limits)) {
    test(`${limit} ${what} are taken, one more is not`, () => {
      assert.equal(faultOf(filterOf(limit)), undefined)
      assert.match(String(faultOf(filterOf(limit + 1))), /too much|longer than/)
    })
  }

  test('a text of nothing but brackets takes no time', () => {
    assert.match(String(faultOf('('.repeat(8_000))), /too much/)
  })
})

describe('dates of filters', () => {
  const day = { from: time('2020-05-28T00:00:00'), until: time('2020-05-29T00:00:00') }
  const open = { from: time('0001-01-01T00:00:00'), until: time('9999-12-31T23:59:59') }
  const noon = time('2020-05-28T12:00:00')
  const spans: Readonly<Record<string, { readonly from: number; readonly until: number }>> = {
    "date '2020-05-28'": day,
    "date '2020-5-28T12:00:00'": day,
    "eq '2020-05-28'": day,
    "before '2020-05-28'": { ...open, until: day.from },
    "beforeOrEqual '2020-05-28'": { ...open, until: day.until },
    "after '2020-05-28'": { ...open, from: day.until },
    "ge '2020-05-28'": { ...open, from: day.from },
    "gt '2020-05-28'": { ...open, from: day.from + 1 },
    "lt '2020-05-28'": { ...open, until: day.from },
    "le '2020-05-28T12:00:00'": { ...open, until: noon + 1 },
    "dateTime '2020-05-28T12:00:00'": { from: noon, until: noon + 1000 },
    "afterTime '2020-05-28T12:00:00'": { ...open, from: noon + 1000 },
    "beforeTime '2020-05-28T12:00:00'": { ...open, until: noon },
    "ge '2020-05-28T14:00:00+02:00'": { ...open, from: noon },
    "ge '2020-05-28T14:00:00 02:00'": { ...open, from: noon },
    "ge '2020-05-28T12:00:00Z'": { ...open, from: noon },
    "ge '2020-05-28T12:00:00.5'": { ...open, from: noon + 500 },
    "dateBetween ('2020-05-28', '2020-05-28')": day,
  }
  for (const [text, span] of Object.entries(spans)) {
    test(`updatedDate ${text}`, () => assert.deepEqual(asked(`updatedDate ${text}`), span))
  }

  test('what lies beyond the calendar is its end', () => {
    assert.deepEqual(asked("updatedDate ge '0000-12-31'"), open)
    assert.deepEqual(asked("updatedDate le '9999-12-31T23:59:59'"), open)
    assert.deepEqual(dateOf({ kind: 'text', value: '0001-01-01', position: 1 }).from, open.from)
  })
})

describe('periods of filters', () => {
  const spans: Readonly<Record<string, readonly [from: string, until: string]>> = {
    'updatedDate today': ['2024-05-06', '2024-05-07'],
    'updatedDate beforeToday': ['0001-01-01', '2024-05-06'],
    'updatedDate lastWeek': ['2024-04-29', '2024-05-06'],
    'updatedDate thisWeek': ['2024-05-06', '2024-05-13'],
    'updatedDate nextMonth': ['2024-06-01', '2024-07-01'],
    'updatedDate lastQuarter': ['2024-01-01', '2024-04-01'],
    'updatedDate thisHalf': ['2024-01-01', '2024-07-01'],
    'updatedDate thisYear': ['2024-01-01', '2025-01-01'],
    'this(updatedDate, month)': ['2024-05-01', '2024-06-01'],
    "next(updatedDate, 2, 'weeks')": ['2024-05-13', '2024-05-27'],
    'previous(updatedDate, 2, days)': ['2024-05-04', '2024-05-06'],
    "thisAndPrevious(updatedDate, 2, 'weeks')": ['2024-04-22', '2024-05-13'],
    'thisAndNext(updatedDate, 1, year)': ['2024-01-01', '2026-01-01'],
    'thisAndPreviousAndNext(updatedDate, 1, months)': ['2024-04-01', '2024-07-01'],
  }
  for (const [text, [from, until]] of Object.entries(spans)) {
    test(text, () => {
      assert.deepEqual(asked(text), { from: Date.parse(from), until: Date.parse(until) })
    })
  }

  test('a week begins on Monday, on a Sunday too', () => {
    const sunday = Date.parse('2024-05-12T23:59:59Z')
    assert.deepEqual(spanOf('week', sunday, 0, 0), {
      from: Date.parse('2024-05-06'),
      until: Date.parse('2024-05-13'),
    })
  })
})
