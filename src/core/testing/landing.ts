import { settle } from '../change.ts'
import type { DifferentParts, Dossier } from '../dossier.ts'
import { differencesBetween } from '../dossier.ts'
import { CORE_INDEXERS } from '../index-rows.ts'
import type { Lens, PutContext } from '../lens.ts'
import { blankPerson } from '../person.ts'
import { loaded } from './random-records.ts'
import { uuid } from './records.ts'

/** What became of a proposal. */
export interface Landing {
  /** What a reader of the same lens loads afterwards. */
  readonly after: Dossier
  readonly isChanged: boolean
}

/** Numbers that no random record has. */
const NEW_NUMBERS = Array.from({ length: 100 }, (_, at) => 1_000 + at)

/** Saves a proposal and loads it again, as `execute` and an engine do: only what `settle` writes arrives, and as JSON. */
export function land(
  before: Dossier,
  proposal: Dossier,
  { people }: Pick<Lens<never>, 'people'>,
  context: PutContext,
): Landing {
  let count = 9_000
  const newId = () => {
    count += 1
    return uuid(count)
  }
  const stamping = {
    at: context.at,
    by: context.by,
    via: 'test',
    commandId: 'c-1',
    newId,
    numbers: NEW_NUMBERS,
    indexers: CORE_INDEXERS,
  }
  const { change } = settle(before, proposal, stamping)
  if (change === undefined) return { after: before, isChanged: false }
  const written = new Map(change.people.map(({ after }) => [after.id, after]))
  const kept = before.people.filter(({ id }) => !written.has(id))
  const stored: Dossier = {
    organization: change.organization?.after ?? before.organization,
    people: [...kept, ...written.values()]
      .filter(({ state }) => state !== 'deleted')
      .sort((left, right) => left.number - right.number),
  }
  return { after: loaded(JSON.parse(JSON.stringify(stored)) as Dossier, people), isChanged: true }
}

export interface DossierDifferences {
  readonly organization: DifferentParts
  /** Of every person that differs; one that is new differs from a blank one. */
  readonly people: readonly DifferentParts[]
}

/** How a proposal differs from the dossier that was before. */
export function proposedDifferences(before: Dossier, proposal: Dossier): DossierDifferences {
  const people = proposal.people.flatMap((person) => {
    const original = before.people.find(({ id }) => id === person.id)
    const different = differencesBetween(original ?? blankPerson(person.id, before.organization), person)
    if (original === undefined) return [{ ...different, state: [undefined, person.state] as const }]
    return Object.keys(different).length === 0 ? [] : [different]
  })
  return { organization: differencesBetween(before.organization, proposal.organization), people }
}

/** Makes every change of a value an error: lenses are pure. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value)) frozen(member)
  return value
}
