import fc from 'fast-check'
import type { Organization } from '../../../core/organization.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { CREATED, uuid, viewContext } from '../../../core/testing/records.ts'
import { organizer } from '../lens/organizer.ts'
import type { OrganizerView } from '../wire.ts'
import { facets } from './inputs.ts'

/** An organization with what a search may look at, as plain values. */
export interface Entry {
  readonly organization: Organization
  readonly view: OrganizerView
  readonly words: readonly string[]
}

/** Longer values are found by their beginning only; none here is as long. */
function shortened<T>(value: T): T {
  if (typeof value === 'string') return [...value].slice(0, 35).join('') as T
  if (Array.isArray(value)) return value.map(shortened) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shortened(member)])) as T
}

export const entryLists: fc.Arbitrary<readonly Entry[]> = fc
  .array(
    fc.tuple(
      dossiers({ people: 'none', dialectFacets: { uitdatabank: facets } }),
      fc.constantFrom('ann', 'Bob', 'importer@clients'),
      fc.nat(50),
    ),
    { minLength: 3, maxLength: 6 },
  )
  .map((all) =>
    all.map(([{ organization }, by, day], at): Entry => {
      const created = { at: new Date(Date.parse(CREATED.at) + day * 86_400_000).toISOString(), by }
      const shownAt = organization.shownAt + ((day * 7) % 11)
      const own = {
        ...shortened(organization),
        id: uuid(at + 1),
        number: at + 1,
        version: 1,
        created,
        shownAt,
      }
      return entryOf(own)
    }),
  )

function entryOf(organization: Organization): Entry {
  const view = organizer.get({ organization, people: [] }, viewContext())
  const plain = (text: string) =>
    text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  const words = Object.values(view.name).flatMap((text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [])
  return { organization, view, words }
}

/** The document that a query is asked of, with words under no name for terms without a field. */
export function documentOf({ organization, view, words }: Entry): unknown {
  const { labels = [], hiddenLabels = [] } = view
  return {
    ...view,
    id: organization.id,
    _type: 'organizer',
    labels: [...labels, ...hiddenLabels],
    contributors: organization.contributors,
    modified: momentOf(organization.shownAt),
    '': words,
  }
}

export function momentOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00')
}
