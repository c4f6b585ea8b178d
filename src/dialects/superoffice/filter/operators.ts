import type { Restriction } from '../archive/column.ts'
import { compareText } from './keys.ts'
import { dateOf, EARLIEST, flagOf, integerOf, LATEST, within } from './literals.ts'
import type { Period, Span } from './periods.ts'
import { spanOf } from './periods.ts'
import type { Test } from './test.ts'
import type { Token } from './tokens.ts'

/** When and by whom a filter is asked: periods and `currentAssociate` are relative. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Number of the asker; 0 while the directory does not know them. */
  readonly me: number
}

/** How an operator reads what follows it. */
export interface Operator {
  readonly takes: 'nothing' | 'one' | 'two' | 'many'
  /** @param keyOf the column's own. @throws Problem refused (option-invalid) */
  readonly testOf: (values: readonly Token[], keyOf: (text: string) => string, moment: Moment) => Test
  /** Passes where the test does not. */
  readonly isNegated: boolean
}

type TestOf = Operator['testOf']

/** @param name whatever its case */
export function operatorOf(restriction: Restriction, name: string): Operator | undefined {
  return OPERATORS[restriction].get(name.toLowerCase())
}

function operators(
  ...rows: readonly (readonly [names: string, takes: Operator['takes'], testOf: TestOf])[]
): ReadonlyMap<string, Operator> {
  return new Map(
    rows.flatMap(([names, takes, testOf]) =>
      names.split(' ').map((name) => {
        const isNegated = name.startsWith('!')
        return [name.replace('!', ''), { takes, testOf, isNegated }] as const
      }),
    ),
  )
}

/** Names with an exclamation mark are negations. */
const EQUALITY = 'eq = equals set is !ne !unequals !isnot'

const first = (read: (token: Token) => number | boolean | string, values: readonly Token[]) =>
  read(values[0] as Token)

const numbers: TestOf = (values) => ({ numbers: values.map(integerOf) })

const BIGGEST = Number.MAX_SAFE_INTEGER

const integers = (bounds: (number: number) => readonly [least: number, most: number]): TestOf => {
  return (values) => {
    const [least, most] = bounds(Number(first(integerOf, values)))
    return { least, most }
  }
}

const text = (testOf: (key: string) => Test): TestOf => {
  return ([value], keyOf) => testOf(keyOf(value?.value ?? ''))
}

const span = (of: (value: Span) => Partial<Span>): TestOf => {
  return ([value]) => ({ from: EARLIEST, until: LATEST, ...of(dateOf(value as Token)) })
}

const period = (name: Period, offset: number): TestOf => {
  return (_values, _keyOf, { now }) => spanOf(name, now, offset, offset)
}

const STRINGS = operators(
  [EQUALITY, 'one', text((is) => ({ is }))],
  ['begins !notbegins', 'one', text((begins) => ({ begins }))],
  ['ends !notends', 'one', text((ends) => ({ ends }))],
  ['contains !notcontains', 'one', text((contains) => ({ contains }))],
  ['gt greater', 'one', text((from) => ({ range: { from, excludes: 'from' } }))],
  ['ge', 'one', text((from) => ({ range: { from } }))],
  ['lt less', 'one', text((to) => ({ range: { to, excludes: 'to' } }))],
  ['le', 'one', text((to) => ({ range: { to } }))],
  ['in', 'many', (values, keyOf) => ({ in: values.map(({ value }) => keyOf(value)) })],
  [
    'between',
    'two',
    (values, keyOf) => {
      const [from = '', to = ''] = values.map(({ value }) => keyOf(value))
      return compareText(from, to) <= 0 ? { range: { from, to } } : { in: [] }
    },
  ],
)

const INTEGERS = operators(
  [EQUALITY, 'one', numbers],
  ['in oneof !notoneof', 'many', numbers],
  ['gt greater', 'one', integers((number) => [number + 1, BIGGEST])],
  ['ge', 'one', integers((number) => [number, BIGGEST])],
  ['lt less', 'one', integers((number) => [-BIGGEST, number - 1])],
  ['le', 'one', integers((number) => [-BIGGEST, number])],
  [
    'between',
    'two',
    (values) => {
      const [least = 0, most = 0] = values.map(integerOf)
      return { least, most }
    },
  ],
)

const LISTS = operators([EQUALITY, 'one', numbers], ['in oneof !notoneof', 'many', numbers])

const ASSOCIATES = operators(
  [EQUALITY, 'one', numbers],
  ['in oneof associateisoneof !notoneof !associateisnotoneof', 'many', numbers],
  ['currentassociate', 'nothing', (_values, _keyOf, { me }) => ({ numbers: me === 0 ? [] : [me] })],
)

const FLAGS = operators([EQUALITY, 'one', (values) => ({ flag: Boolean(first(flagOf, values)) })])

/**
 * A day without a time is its first second where it is compared as OData does, and all of it where a word tells of days.
 * @see README choice 32
 */
const DATES = operators(
  [`${EQUALITY} datetime`, 'one', span((value) => value)],
  ['date', 'one', span(({ from }) => spanOf('day', from, 0, 0))],
  ['before beforetime lt less', 'one', span(({ from }) => ({ until: from }))],
  ['after aftertime', 'one', span(({ until }) => ({ from: until }))],
  ['beforeorequal', 'one', span(({ until }) => ({ until }))],
  ['afterorequal ge', 'one', span(({ from }) => ({ from }))],
  ['gt greater', 'one', span(({ from }) => ({ from: within(from + 1) }))],
  ['le', 'one', span(({ from }) => ({ until: within(from + 1) }))],
  [
    'between datebetween',
    'two',
    (values) => {
      const [from, until] = values.map(dateOf)
      return { from: from?.from ?? EARLIEST, until: until?.until ?? LATEST }
    },
  ],
  ['today', 'nothing', period('day', 0)],
  [
    'beforetoday',
    'nothing',
    (_values, _keyOf, { now }) => ({ from: EARLIEST, until: spanOf('day', now, 0, 0).from }),
  ],
  [
    'aftertoday',
    'nothing',
    (_values, _keyOf, { now }) => ({ from: spanOf('day', now, 0, 0).until, until: LATEST }),
  ],
  ...(['week', 'month', 'quarter', 'half', 'year'] as const).flatMap((name) => [
    [`last${name}`, 'nothing', period(name, -1)] as const,
    [`this${name}`, 'nothing', period(name, 0)] as const,
    [`next${name}`, 'nothing', period(name, 1)] as const,
  ]),
)

const OPERATORS: Readonly<Record<Restriction, ReadonlyMap<string, Operator>>> = {
  string: STRINGS,
  int: INTEGERS,
  list: LISTS,
  associate: ASSOCIATES,
  bool: FLAGS,
  date: DATES,
}

/** Every operator of a restriction, with how many values it takes. */
export function operatorNames(restriction: Restriction): readonly (readonly [string, Operator['takes']])[] {
  return [...OPERATORS[restriction]].map(([name, { takes }]) => [name, takes])
}
