import type { Found } from '../../../core/command.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { isSame } from '../../../core/dossier.ts'
import type { Sight, ViewContext } from '../../../core/lens.ts'
import { EMPTY_PARTS, ORGANIZATION_PARTS } from '../../../core/organization.ts'
import { PERSON_PARTS } from '../../../core/person.ts'
import type { Identity } from '../../../core/record.ts'
import { urnOf } from '../lens/sent.ts'
import type { Probe } from './probes.ts'
import { probesOf } from './probes.ts'

/** Things that are tried one by one: of larger records the rest is not told. */
const PROBES_LIMIT = 500

/** Whose they are is told by where they stand. */
const OF_PERSON = PERSON_PARTS.filter((part) => part !== 'organization')

/** UTF-16 units of JSON that all tries of one request look at, about a second's work: a large record is tried less often. */
const TRIED_AT_MOST = 20_000_000

interface Told {
  readonly path: string
  readonly value: unknown
}

/** What of a record one view does not tell. */
export interface Explanation {
  /** Parts that it never looks at, of those that say something here. */
  readonly unseen: { readonly organization: readonly string[]; readonly person: readonly string[] }
  /** What it looks at and does not show: without it, the view would be the same. */
  readonly hidden: readonly Told[]
  /** Texts whose end it does not show: with one character less, the view would be the same. */
  readonly clipped: readonly Told[]
  /** Whether there was more than could be tried. */
  readonly isPartial: boolean
}

/**
 * Tries the view on the record without each of its items. Pure.
 * @param all the dossier with all of its people
 */
export function explanationOf(lens: Sight<unknown>, { dossier, context }: Found, all: Dossier): Explanation {
  const { organization, people } = all
  const view = lens.get(dossier, context)
  const looksAt = (part: string) => lens.reads.organization.includes(part)
  const probes = probesOf(dossier).filter(({ part }) => looksAt(part))
  const most = triesFor(dossier)
  const tried = probes.slice(0, most)
  const isUnchanged = (probe: Dossier | undefined) =>
    probe !== undefined && isSame(seen(lens, probe, context), view)
  const hidden = tried.filter(({ without }) => isUnchanged(without))
  const within = (probe: Probe) => hidden.some((one) => probe.path.startsWith(`${one.path}/`))
  const clipped = tried.filter(
    (probe) => !hidden.includes(probe) && !within(probe) && isUnchanged(probe.shortened),
  )
  return {
    unseen: {
      organization: filled(organization, ORGANIZATION_PARTS).filter((part) => !looksAt(part)),
      person: [...new Set(people.flatMap((person) => filled(person, OF_PERSON)))].filter(
        (part) => !lens.reads.person.includes(part),
      ),
    },
    hidden: [
      ...hidden.filter((probe) => !within(probe)).map(told),
      ...hiddenPeople(lens, dossier, context, all.people.slice(0, most), view),
    ],
    clipped: clipped.map(told),
    isPartial: probes.length > most || (lens.reads.person.length > 0 && people.length > most),
  }
}

function triesFor(dossier: Dossier): number {
  return Math.max(1, Math.min(PROBES_LIMIT, Math.floor(TRIED_AT_MOST / JSON.stringify(dossier).length)))
}

/** People that the view has no place for, where it shows any. */
function hiddenPeople(
  lens: Sight<unknown>,
  dossier: Dossier,
  context: ViewContext,
  all: Dossier['people'],
  view: unknown,
): readonly Told[] {
  if (lens.reads.person.length === 0) return []
  return all.flatMap(({ id, name }) => {
    const people = dossier.people.filter((person) => person.id !== id)
    const isLoaded = people.length < dossier.people.length
    if (isLoaded && !isSame(seen(lens, { ...dossier, people }, context), view)) return []
    return [{ path: `/people/${id}`, value: { uid: urnOf(id), name: name.full } }]
  })
}

function seen(lens: Sight<unknown>, dossier: Dossier, context: ViewContext): unknown {
  return lens.get(dossier, context)
}

function told({ path, value }: Probe): Told {
  return { path, value }
}

/** Parts that say something; each facet is one. */
function filled(record: Identity, parts: readonly string[]): readonly string[] {
  const values = record as unknown as Readonly<Record<string, unknown>>
  const empty: Readonly<Record<string, unknown>> = { ...EMPTY_PARTS, state: undefined }
  const isFilled = (part: string) => values[part] !== undefined && !isSame(values[part], empty[part])
  const facets = Object.entries(record.facets).filter(([, facet]) => Object.keys(facet).length > 0)
  return [...parts.filter(isFilled), ...facets.map(([name]) => `facets.${name}`)]
}
