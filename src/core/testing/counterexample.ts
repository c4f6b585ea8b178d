import fc from 'fast-check'
import type { Dossier } from '../dossier.ts'
import { isSame } from '../dossier.ts'
import { ORGANIZATION_PARTS } from '../organization.ts'
import { faultsOf } from '../soundness.ts'
import { organization, person } from './records.ts'

/** Anything with a dossier in it that a law is checked on. */
export interface Instance {
  readonly dossier: Dossier
  readonly input?: unknown
}

/** Members that seldom matter to a law. */
const UNTOLD = new Set(['version', 'number', 'shownAt', 'people'])

/** Longest text that a counterexample shows whole. */
const TOLD_LIMIT = 60

/** How often a counterexample is made simpler, at most. */
const TRIES = 3_000

/**
 * The everyday run repeats itself, so that it fails for a change and for nothing else. `node --import ./test/deep.ts --test`
 * takes many more cases, and others each time.
 */
const EVERYDAY_SEED = 20_240_506

/** Members of items and stamps that are never absent. */
const REQUIRED = new Set(
  'id address number kind uri file scheme value name imported full version at by latitude longitude'.split(
    ' ',
  ),
)

/** Checks `law` on random instances. @throws Error with the simplest counterexample that it finds */
export function checkLaw<I extends Instance>(
  arbitrary: fc.Arbitrary<I>,
  law: (instance: I) => void,
  runs: number,
): void {
  const { numRuns: deep = 0, seed: asked } = fc.readConfigureGlobal() ?? {}
  const chosen = asked ?? (deep > 0 ? undefined : EVERYDAY_SEED)
  const { failed, counterexample, seed, counterexamplePath } = fc.check(fc.property(arbitrary, law), {
    numRuns: Math.max(runs, deep),
    ...(chosen !== undefined && { seed: chosen }),
    // Simplifying the dossier under the same input finds far smaller ones.
    endOnFailure: true,
  })
  if (!failed || counterexample === null) return
  const simplest = simplified(counterexample[0], law)
  const error = errorOf(law, simplest)
  throw new Error(
    [
      error?.message ?? 'the law holds now and then',
      `organization: ${told(essence(simplest.dossier.organization, organization()))}`,
      ...simplest.dossier.people.map((one) => `person: ${told(essence(one, person()))}`),
      `input: ${told(simplest.input)}`,
      `again: seed ${seed}, path ${counterexamplePath}`,
    ].join('\n'),
    { cause: error },
  )
}

/** The instance with as little as possible in its dossier, such that the law still fails in the same way. */
function simplified<I extends Instance>(instance: I, law: (instance: I) => void): I {
  const fault = faultOf(errorOf(law, instance))
  let simplest = instance
  let tries = 0
  for (let isSimpler = true; isSimpler && tries < TRIES; ) {
    isSimpler = false
    for (const dossier of simplerThan(simplest.dossier)) {
      tries += 1
      const candidate = { ...simplest, dossier }
      if (faultsOf(dossier).length > 0 || faultOf(errorOf(law, candidate)) !== fault) continue
      simplest = candidate
      isSimpler = true
      break
    }
  }
  return simplest
}

function* simplerThan({ organization: whole, people }: Dossier): Generator<Dossier> {
  const blank = organization() as unknown as Readonly<Record<string, unknown>>
  const record = whole as unknown as Readonly<Record<string, unknown>>
  for (const part of [...ORGANIZATION_PARTS, 'facets', 'changed']) {
    if (isSame(record[part], blank[part])) continue
    yield { organization: { ...whole, [part]: blank[part] }, people }
    for (const smaller of smallerThan(record[part]))
      yield { organization: { ...whole, [part]: smaller }, people }
  }
  for (const one of people) yield { organization: whole, people: people.filter((other) => other !== one) }
  for (const [at, one] of people.entries()) {
    for (const part of ['emails', 'phones', 'facets'] as const) {
      for (const smaller of smallerThan(one[part])) {
        yield { organization: whole, people: people.with(at, { ...one, [part]: smaller } as typeof one) }
      }
    }
  }
}

/** The list or object without one of its members, or with one of them made smaller; the text cut short. */
function* smallerThan(value: unknown): Generator<unknown> {
  if (typeof value === 'string' && value.length > 1) yield [...value][0]
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1)
    for (const [at, member] of value.entries())
      for (const smaller of smallerThan(member)) yield value.with(at, smaller)
    return
  }
  for (const [key, member] of Object.entries(value)) {
    const { [key]: _, ...others } = value as Record<string, unknown>
    if (key === 'id') continue
    if (!REQUIRED.has(key) && Object.keys(others).length > 0) yield others
    for (const smaller of smallerThan(member)) yield { ...value, [key]: smaller }
  }
}

function errorOf<I>(law: (instance: I) => void, instance: I): Error | undefined {
  try {
    law(instance)
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** What went wrong, without the values that a simpler instance has others of. */
function faultOf(error: Error | undefined): string | undefined {
  return error && `${error.name}: ${error.message.split('\n')[0]}`
}

function essence(record: object, blank: object): object {
  const plain = blank as Readonly<Record<string, unknown>>
  const isTold = (key: string, value: unknown) =>
    key === 'id' || (!UNTOLD.has(key) && !isSame(value, plain[key]))
  return Object.fromEntries(Object.entries(record).filter(([key, value]) => isTold(key, value)))
}

function told(value: unknown): string | undefined {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' && member.length > TOLD_LIMIT
      ? `${member.slice(0, 20)}… (${member.length})`
      : member,
  )
}
