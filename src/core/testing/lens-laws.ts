import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Dossier } from '../dossier.ts'
import { isSame } from '../dossier.ts'
import type { Lens, PutContext } from '../lens.ts'
import { blankOrganization } from '../organization.ts'
import { Problem } from '../problem.ts'
import { faultsOf } from '../soundness.ts'
import type { Instance } from './counterexample.ts'
import { checkLaw } from './counterexample.ts'
import { frozen, land, proposedDifferences } from './landing.ts'
import { MARKS } from './marks.ts'
import { catalogues, dossiers, loaded } from './random-records.ts'
import { putContext, uuid } from './records.ts'

/** What a dialect tells of a lens for its laws. `Expected` is what PutGet compares: the view, unless `compare` says otherwise. */
export interface LawOptions<View, Input, Expected = View> {
  /** Whatever a client of the vendor may send about this dossier, valid in form. Best: edits of what it has read. */
  readonly inputs: (dossier: Dossier, context: PutContext) => fc.Arbitrary<Input>
  /** What the vendor promises to show after `input`, in the vendor's terms and independent of `put`. */
  readonly canon: (view: View, input: Input, context: PutContext) => Expected
  /** What of a view is compared (default all of it). */
  readonly compare?: (view: View) => Expected
  /** Whether the vendor would accept what was read: an echo that is not valid in form says nothing. */
  readonly isValid?: (input: Input) => boolean
  /** Default `dossiers()`; give your facets and the states that your clients see. */
  readonly dossiers?: fc.Arbitrary<Dossier>
  /** Default: tenants of several countries and languages. */
  readonly contexts?: fc.Arbitrary<PutContext>
  /** Whether an input says what to be (default), or what to change. */
  readonly isState?: boolean
  /** More that must survive every put, besides the marks that the law Hidden sets itself. */
  readonly hiddenOf?: (dossier: Dossier, context: PutContext) => unknown
  /** What the vendor promises to show after a create; with it, the lens is also put into blank dossiers. */
  readonly canonOfCreate?: (input: Input, context: PutContext) => Expected
  /** Random cases per law (default 200). */
  readonly runs?: number
}

export type LawName = 'GetPut' | 'PutGet' | 'PutTwice' | 'Footprint' | 'Hidden' | 'Closure' | 'Create'

export interface Law {
  readonly law: LawName
  /** Why this lens is not asked to keep it. */
  readonly skip?: string
  /** @throws Error with a counterexample when the law is broken, or when too few cases tell anything */
  readonly check: () => void
}

/** Registers one test for each law. @see design §3 */
export function lensLaws<View, Input, Expected = View>(
  name: string,
  lens: Lens<View, Input>,
  options: LawOptions<View, Input, Expected>,
): void {
  for (const { law, skip, check } of lawsOf(lens, options)) {
    test(`${name} keeps ${law}`, skip === undefined ? {} : { skip }, check)
  }
}

/** Codes of a refusal that depends on the record. */
const REFUSALS = ['refused', 'key-taken', 'not-found'] as const

/** Refusals, and echoes that are not valid, up to these shares of the cases: beyond them a law proves too little. */
const REFUSED_AT_MOST = 0.5
const INVALID_AT_MOST = 0.9

const RUNS = 200

interface Place {
  readonly dossier: Dossier
  readonly context: PutContext
}

interface Case<Input> extends Place {
  readonly input: Input
}

export function lawsOf<View, Input, Expected = View>(
  lens: Lens<View, Input>,
  options: LawOptions<View, Input, Expected>,
): readonly Law[] {
  const { inputs, canon, isValid = () => true, isState = true, canonOfCreate, runs = RUNS } = options
  const compare = options.compare ?? ((view: View) => view as unknown as Expected)
  const sound = (options.dossiers ?? dossiers()).map((dossier) => frozen(loaded(dossier, lens.people)))
  const contexts = options.contexts ?? catalogues().map((catalogue) => putContext({ catalogue }))
  const places = fc.tuple(sound, contexts).map(([dossier, context]) => ({ dossier, context }))
  const casesOf = (from: fc.Arbitrary<Place>): fc.Arbitrary<Case<Input>> =>
    from.chain(({ dossier, context }) =>
      inputs(dossier, context).map((input) => ({ dossier, context, input: frozen(input) })),
    )

  const put = ({ dossier, input, context }: Case<Input>) => {
    const proposal = lens.put(dossier, input, context)
    return { proposal, ...land(dossier, proposal, lens, context) }
  }

  /** Runs `law` on random cases, and sees to it that enough of them told something. */
  const holds =
    <I extends Instance>(arbitrary: fc.Arbitrary<I>, law: (instance: I) => 'invalid' | undefined) =>
    () => {
      const count = { all: 0, refused: 0, invalid: 0 }
      const counted = (instance: I): void => {
        count.all += 1
        try {
          if (law(instance) === 'invalid') count.invalid += 1
        } catch (error) {
          if (!isRefusal(error)) throw error
          count.refused += 1
        }
      }
      checkLaw(arbitrary, counted, runs)
      assert.ok(
        count.refused <= count.all * REFUSED_AT_MOST,
        `${count.refused} of ${count.all} puts were refused`,
      )
      assert.ok(
        count.invalid <= count.all * INVALID_AT_MOST,
        `${count.invalid} of ${count.all} echoes were not valid`,
      )
    }

  const getPut = holds(places, ({ dossier, context }) => {
    const input = frozen(lens.echo(frozen(lens.get(dossier, context))))
    if (!isValid(input)) return 'invalid'
    const { proposal, isChanged } = put({ dossier, context, input })
    assertSame(proposedDifferences(dossier, proposal), { organization: {}, people: [] }, 'an echo changed')
    assert.equal(isChanged, false)
    return undefined
  })

  const putGet = holds(casesOf(places), (one) => {
    const expected = canon(lens.get(one.dossier, one.context), one.input, one.context)
    assertSame(compare(lens.get(put(one).after, one.context)), expected, 'the view after the put')
    return undefined
  })

  const putTwice = holds(casesOf(places), (one) => {
    const { after } = put(one)
    const again = lens.put(frozen(after), one.input, one.context)
    assertSame(proposedDifferences(after, again), { organization: {}, people: [] }, 'the second put changed')
    return undefined
  })

  const footprint = holds(casesOf(places), (one) => {
    const { proposal } = put(one)
    const { organization, people } = proposedDifferences(one.dossier, proposal)
    const strays = [
      ...Object.keys(organization).filter((part) => !lens.writes.organization.includes(part)),
      ...people.flatMap(Object.keys).filter((part) => !isWrittenOfPerson(lens, part)),
    ]
    assert.deepEqual(strays, [], 'parts outside the footprint moved')
    assertSame(identityOf(proposal), identityOf(one.dossier), 'the identity of the record')
    return undefined
  })

  const marked = fc.tuple(places, fc.constantFrom(...MARKS)).map(([place, mark]) => {
    const dossier = frozen(mark.set(place.dossier))
    const isMarked = !isSame(dossier, place.dossier)
    const isHidden =
      isMarked && isSame(lens.get(dossier, place.context), lens.get(place.dossier, place.context))
    return isHidden ? { place: { ...place, dossier }, mark } : { place, mark: undefined }
  })
  const markedCases = marked.chain(({ place, mark }) =>
    casesOf(fc.constant(place)).map((one) => ({ ...one, mark })),
  )
  const hidden = holds(markedCases, ({ mark, ...one }) => {
    const isKept =
      mark === undefined || !mark.isKept(one.dossier, one.dossier) || mark.isKept(one.dossier, put(one).after)
    assert.ok(isKept, `lost, though hidden: ${mark?.name}`)
    const { hiddenOf } = options
    if (hiddenOf !== undefined) {
      assertSame(hiddenOf(put(one).after, one.context), hiddenOf(one.dossier, one.context), 'what is hidden')
    }
    return undefined
  })

  const closure = holds(casesOf(places), (one) => {
    assertSound(put(one).after)
    return undefined
  })

  const blanks = contexts.map((context) => ({ dossier: frozen(blankDossier(context)), context }))
  const create = holds(casesOf(blanks), (one) => {
    const { after } = put(one)
    assertSound(after)
    assertSame(
      compare(lens.get(after, one.context)),
      canonOfCreate?.(one.input, one.context),
      'the view after the create',
    )
    return undefined
  })

  return [
    { law: 'GetPut', check: getPut },
    { law: 'PutGet', check: putGet },
    {
      law: 'PutTwice',
      check: putTwice,
      ...(!isState && { skip: 'an input of this lens says what to change, so twice is not once' }),
    },
    { law: 'Footprint', check: footprint },
    { law: 'Hidden', check: hidden },
    { law: 'Closure', check: closure },
    ...(canonOfCreate === undefined ? [] : [{ law: 'Create' as const, check: create }]),
  ]
}

/** Whether a put was refused for a reason that lies in the record: no law is broken. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Problem && REFUSALS.some((code) => error.is(code))
}

/** A new person has an organization and a state whatever the lens writes, if it writes people at all. */
function isWrittenOfPerson({ writes }: Pick<Lens<never>, 'writes'>, part: string): boolean {
  const isImplied = writes.person.length > 0 && (part === 'organization' || part === 'state')
  return isImplied || writes.person.includes(part)
}

function identityOf({ organization }: Dossier): unknown {
  const { id, number, tenant, version, created, changed, shownAt, people } = organization
  return { id, number, tenant, version, created, changed, shownAt, people }
}

function assertSound(after: Dossier): void {
  assert.deepEqual(faultsOf(after), [])
  assert.ok(!JSON.stringify(after).includes('\\u0000'), 'a provisional id was saved')
}

function blankDossier({ catalogue, at, by }: PutContext): Dossier {
  const { id: tenant, language } = catalogue.tenant
  return { organization: blankOrganization(uuid(1), { tenant, language, at, by }), people: [] }
}

function assertSame(found: unknown, expected: unknown, what: string): void {
  if (isSame(found, expected)) return
  const [foundMembers, expectedMembers] = [membersOf(found), membersOf(expected)]
  const told = [...new Set([...Object.keys(foundMembers), ...Object.keys(expectedMembers)])]
    .filter((name) => !isSame(foundMembers[name], expectedMembers[name]))
    .map(
      (name) =>
        `${name}: found ${jsonOf(foundMembers[name])}\n${name}: expected ${jsonOf(expectedMembers[name])}`,
    )
  throw new Error([what, ...told].join('\n'))
}

/** Members to compare one by one, so that only what differs is told. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  const hasMembers = typeof value === 'object' && value !== null && !Array.isArray(value)
  return hasMembers ? (value as Record<string, unknown>) : { value }
}

function jsonOf(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
