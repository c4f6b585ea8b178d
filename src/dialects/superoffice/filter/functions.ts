import { integerOf } from './literals.ts'
import type { Moment } from './operators.ts'
import { periodNamed, spanOf } from './periods.ts'
import type { Test } from './test.ts'
import type { Token } from './tokens.ts'
import { badAt } from './tokens.ts'

/** A function of a filter. @see specs/superoffice.md 4.4 */
export interface FilterFunction {
  /** Which of its arguments is the column. */
  readonly columnAt: 0 | 1
  readonly restriction: 'string' | 'date'
  /** How many numbers it takes. */
  readonly counts: 0 | 1
  /** @param rest its other arguments. @param bracket where they begin. @throws Problem refused (option-invalid) */
  readonly testOf: (
    rest: readonly Token[],
    keyOf: (text: string) => string,
    moment: Moment,
    bracket: Token,
  ) => Test
}

/** @param name whatever its case */
export function functionOf(name: string): FilterFunction | undefined {
  return FUNCTIONS.get(name.toLowerCase())
}

/** Every function for columns of a restriction, with how many numbers it takes. */
export function functionNames(restriction: string): readonly (readonly [string, counts: number])[] {
  return [...FUNCTIONS]
    .filter(([, called]) => called.restriction === restriction)
    .map(([name, { counts }]) => [name, counts])
}

/** Most periods that a function may reach. */
const MOST_PERIODS = 1_200

const FUNCTIONS: ReadonlyMap<string, FilterFunction> = new Map<string, FilterFunction>([
  ['substringof', text((contains) => ({ contains }), 1)],
  ['contains', text((contains) => ({ contains }))],
  ['startswith', text((begins) => ({ begins }))],
  ['endswith', text((ends) => ({ ends }))],
  ['this', periods(0, () => [0, 0])],
  ['next', periods(1, (count) => [1, count])],
  ['previous', periods(1, (count) => [-count, -1])],
  ['thisandnext', periods(1, (count) => [0, count])],
  ['thisandprevious', periods(1, (count) => [-count, 0])],
  ['thisandpreviousandnext', periods(1, (count) => [-count, count])],
])

function text(testOf: (key: string) => Test, columnAt: 0 | 1 = 0): FilterFunction {
  return {
    columnAt,
    counts: 0,
    restriction: 'string',
    testOf([value, ...others], keyOf, _moment, { position }) {
      if (value === undefined || others.length > 0) throw badAt(position, 'two arguments are expected')
      return testOf(keyOf(value.value))
    },
  }
}

/** @param counts how many numbers stand before the name of the period */
function periods(
  counts: 0 | 1,
  reachOf: (count: number) => readonly [first: number, last: number],
): FilterFunction {
  return {
    columnAt: 0,
    counts,
    restriction: 'date',
    testOf(rest, _keyOf, { now }, { position }) {
      const word = rest[counts]
      const number = counts === 1 ? rest[0] : undefined
      if (word === undefined || rest.length !== counts + 1) {
        throw badAt(position, `${counts + 2} arguments are expected`)
      }
      const count = number === undefined ? 0 : integerOf(number)
      if (number !== undefined && (count < 1 || count > MOST_PERIODS)) {
        throw badAt(number.position, `the number must be from 1 to ${MOST_PERIODS}`)
      }
      const period = periodNamed(word.value)
      if (period === undefined) throw badAt(word.position, `'${word.value}' is no period`)
      return spanOf(period, now, ...reachOf(count))
    },
  }
}
