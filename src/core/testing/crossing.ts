import { test } from 'node:test'
import type fc from 'fast-check'
import type { Dossier } from '../dossier.ts'
import { isSame } from '../dossier.ts'
import type { Lens, PutContext } from '../lens.ts'
import type { Organization } from '../organization.ts'
import type { Person } from '../person.ts'
import type { Instance } from './counterexample.ts'
import { checkLaw } from './counterexample.ts'
import type { DossierDifferences } from './landing.ts'
import { frozen, land, proposedDifferences } from './landing.ts'
import { isRefusal } from './lens-laws.ts'
import { dossiers, loaded } from './random-records.ts'
import { putContext } from './records.ts'

/** A lens with what its clients may send. */
export interface Crosser {
  /** `dialect/lens`. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: lenses of several views in one list
  readonly lens: Lens<any, any>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly inputs: (dossier: Dossier, context: PutContext) => fc.Arbitrary<any>
  readonly context?: PutContext
}

export interface CrossingOptions {
  /** Full dossiers, with the facets of all dialects. */
  readonly dossiers?: fc.Arbitrary<Dossier>
  readonly runs?: number
}

/** Registers the law Crossing for every ordered pair: what A changes is seen by B only where A's changes meet what B reads. */
export function crossing(crossers: readonly Crosser[], options: CrossingOptions = {}): void {
  for (const writer of crossers) {
    for (const reader of crossers) {
      if (writer === reader) continue
      test(`${writer.name} crosses ${reader.name} only where it reads`, () =>
        checkCrossing(writer, reader, options))
    }
  }
}

/** @throws Error with a counterexample */
export function checkCrossing(writer: Crosser, reader: Crosser, options: CrossingOptions = {}): void {
  const context = writer.context ?? putContext()
  const cases = (options.dossiers ?? dossiers()).chain((full) => {
    const dossier = loaded(full, writer.lens.people)
    return writer.inputs(dossier, context).map((input: unknown) => ({ dossier: full, input }))
  })
  const law = ({ dossier: full, input }: Instance) => {
    const dossier = loaded(full, writer.lens.people)
    const proposal = proposalOf(writer, frozen(dossier), input, context)
    if (proposal === undefined) return
    const different = proposedDifferences(dossier, proposal)
    if (isMeeting(different, reader.lens)) return
    const others = full.people.filter(({ id }) => !dossier.people.some((person) => person.id === id))
    const all = { ...proposal, people: [...proposal.people, ...others] }
    const { after } = land(full, all, { people: 'all' }, context)
    const seen = (state: Dossier) =>
      reader.lens.get(loaded(state, reader.lens.people), reader.context ?? context)
    const [before, now] = [seen(full), seen(withStampsOf(full, after))]
    if (isSame(before, now)) return
    throw new Error(
      `${reader.name} sees a part that it does not read\nbefore ${JSON.stringify(before)}\nafter ${JSON.stringify(now)}`,
    )
  }
  checkLaw(cases, law, options.runs ?? 100)
}

function proposalOf(
  { lens }: Crosser,
  dossier: Dossier,
  input: unknown,
  context: PutContext,
): Dossier | undefined {
  try {
    return lens.put(dossier, input, context)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

function isMeeting({ organization, people }: DossierDifferences, { reads }: Crosser['lens']): boolean {
  return (
    Object.keys(organization).some((part) => reads.organization.includes(part)) ||
    people.some((person) => Object.keys(person).some((part) => reads.person.includes(part)))
  )
}

/** `after` with the versions and times of `before`: they tell of every write. */
function withStampsOf(before: Dossier, after: Dossier): Dossier {
  const { version, changed, shownAt, people } = before.organization
  const organization: Organization = { ...after.organization, version, changed, shownAt, people }
  return {
    organization,
    people: after.people.map((person): Person => {
      const original = before.people.find(({ id }) => id === person.id)
      if (original === undefined) return person
      return { ...person, version: original.version, changed: original.changed, shownAt: original.shownAt }
    }),
  }
}
