import { deepEqual, ok } from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { Problem } from '../../../core/problem.ts'

type Schema = Readonly<Record<string, unknown>>

/** Values that a member may have, good ones and others. */
const ODD_VALUES: readonly unknown[] = [
  null,
  '',
  ' ',
  'x',
  'é'.repeat(70),
  5,
  0,
  -1,
  1.5,
  true,
  [],
  {},
  ['x'],
]

/** Bodies with these members, now and then without one or with an odd value for one. */
export function bodiesOf(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const names = Object.keys(members)
  const edit = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ODD_VALUES, undefined))
  const edited = fc
    .tuple(
      fc.record(members),
      fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.array(edit, { maxLength: 2 })),
    )
    .map(([body, edits]) => {
      const all = Object.entries({ ...body, ...Object.fromEntries(edits) })
      return Object.fromEntries(all.filter(([, value]) => value !== undefined))
    })
  return fc.oneof({ weight: 19, arbitrary: edited }, { weight: 1, arbitrary: fc.constantFrom(...ODD_VALUES) })
}

/** One of these, and seldom one of those. */
export function mostly(good: readonly unknown[], others: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
}

/** A text of `limit` characters, or of fewer, and seldom of one more. */
export function around(limit: number): fc.Arbitrary<unknown> {
  return mostly(['x'.repeat(limit), 'ab'], ['x'.repeat(limit + 1)])
}

/**
 * Asserts that a schema and a reader take the same bodies.
 * @param isElsewhere whether a refusal is of something that a schema cannot tell
 */
export function agree(
  schema: Schema,
  read: (text: string) => unknown,
  bodies: fc.Arbitrary<unknown>,
  isElsewhere: (fault: Problem) => boolean = () => false,
): void {
  let accepted = 0
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  fc.assert(
    fc.property(bodies, (body) => {
      const refusal = refusalOf(() => read(JSON.stringify(body)))
      if (refusal !== undefined && isElsewhere(refusal)) return
      if (refusal === undefined) accepted += 1
      deepEqual([isValid(body), body], [refusal === undefined, body])
    }),
    { numRuns: RUNS },
  )
  // Bodies that are all refused would show nothing.
  ok(accepted > RUNS / 10, `${accepted} of ${RUNS} were taken`)
}

const RUNS = 500

function refusalOf(read: () => unknown): Problem | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
