import type { IndexRow } from '../../core/index-rows.ts'
import type { Condition } from '../../core/query.ts'
import { EVERYTHING } from '../../core/query.ts'

/** Numbers of many organizations. */
export const MANY = Array.from({ length: 24_000 }, (_, at) => at + 1)

/** What somebody may know of who may not know of the rest. */
export const isTheirs = (number: number): boolean => number % 7 === 0

export function rowsFor(number: number): readonly IndexRow[] {
  const isSecret = isTheirs(number) === (number % 1_001 === 0)
  return [
    { kind: 'name', key: `n${(number * 7_919) % 9_973}`, part: 'name' },
    ...(isTheirs(number)
      ? [{ kind: 'x.theirs', key: number > 20_500 ? 'late' : 'early', part: 'name' }]
      : []),
    ...(isSecret ? [{ kind: 'x.rare', key: 'secret', part: 'note' }] : []),
    ...(number % 2 === 0 ? [{ kind: 'x.even', key: '1', part: 'note' }] : []),
  ]
}

const EVEN: Condition = { kind: 'x.even', test: { is: '1' } }
/** Of theirs few, of the others nearly all. */
const SECRET: Condition = { kind: 'x.rare', test: { startsWith: 'sec' } }
export const SECRETS: readonly Condition[] = [
  EVERYTHING,
  EVEN,
  { not: EVEN },
  SECRET,
  { all: [EVEN, SECRET] },
  { not: SECRET },
]
