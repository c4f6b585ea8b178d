import type { Event } from './event.ts'
import type { Facet, Facets } from './facet.ts'
import { withFacet } from './facet.ts'
import { folded } from './index-rows.ts'
import type { Email } from './items.ts'
import type { Person, PersonName } from './person.ts'
import { PERSON_PARTS } from './person.ts'
import { withPart } from './reversal.ts'

/** What somebody who is to be erased was ever called, and where mail reached them. */
export interface Somebody {
  readonly names: readonly PersonName[]
  /** Folded. */
  readonly emails: ReadonlySet<string>
}

/** What a dialect keeps of people beside their own records. */
export interface Forgetting {
  /** Its facet of an organization without what it repeats of somebody; the same object where that is nothing. Pure. */
  readonly facet?: (facet: Facet, somebody: Somebody) => Facet
  /** Answers that it has kept, by the kind of the objects that hold them, and what remains of one. */
  readonly answers?: { readonly kind: string; readonly blanked: (value: unknown) => unknown }
}

/** By name of the dialect. */
export type Forgettings = Readonly<Record<string, Forgetting>>

/**
 * What remains of each part of a person: that there was something, where they belonged, and that they are gone. One value for
 * whatever was there, so that events still go on where those before them ended. Nothing is brought back by restoring it.
 */
const REMAINS: Readonly<Record<(typeof PERSON_PARTS)[number], (value: unknown) => unknown>> = {
  state: () => 'deleted',
  name: () => ({ full: '' }),
  emails: () => [],
  phones: () => [],
  title: () => undefined,
  note: () => undefined,
  language: () => undefined,
  notifyAt: () => undefined,
  organization: (id) => id,
}

/** The person without anything that was ever said of them. */
export function blankedPerson(person: Person): Person {
  let blank: Person = { ...person, facets: {} }
  for (const part of PERSON_PARTS) blank = withPart(blank, part, REMAINS[part](person[part]))
  return blank
}

/** The event of a person with the values blanked, before and after; all else of it stays. */
export function blankedEvent<E extends Pick<Event, 'parts'>>(event: E): E {
  return mapped(event, (part, value) => {
    const remains = REMAINS[part as keyof typeof REMAINS]
    // Facets are nothing but what some API said of them.
    return remains === undefined ? undefined : remains(value)
  })
}

/** The event of an organization with what its facets repeat of somebody taken out, before and after. */
export function withoutCopies<E extends Pick<Event, 'parts'>>(
  event: E,
  forgettings: Forgettings,
  somebody: Somebody,
): E {
  return mapped(event, (part, value) => {
    const forget = part.startsWith(FACET) ? forgettings[part.slice(FACET.length)]?.facet : undefined
    if (forget === undefined) return value
    const facet = forget(value as Facet, somebody)
    return Object.keys(facet).length === 0 ? undefined : facet
  })
}

/** Facets of an organization with what they repeat of somebody taken out; the same where that is nothing. */
export function facetsWithoutCopies(facets: Facets, forgettings: Forgettings, somebody: Somebody): Facets {
  let after = facets
  for (const [dialect, { facet: forget }] of Object.entries(forgettings)) {
    const before = facets[dialect]
    const rest = before === undefined ? undefined : forget?.(before, somebody)
    if (rest !== undefined && rest !== before) after = withFacet(after, dialect, rest)
  }
  return after
}

/**
 * Parts in which an event still says where mail reached somebody: an organization may have the same address as its own, and
 * texts are nobody's to judge.
 */
export function mentionsIn({ parts }: Pick<Event, 'parts'>, { emails }: Somebody): readonly string[] {
  return Object.entries(parts).flatMap(([part, pair]) => {
    const text = folded(JSON.stringify(pair))
    return [...emails].some((email) => text.includes(JSON.stringify(email).slice(1, -1))) ? [part] : []
  })
}

/** All that events of people tell of who they are. */
export function createSomebody() {
  const names: PersonName[] = []
  const emails = new Set<string>()
  return {
    somebody: { names, emails } satisfies Somebody,
    learn({ parts }: Pick<Event, 'parts'>): void {
      for (const name of parts['name'] ?? []) if (name) names.push(name as PersonName)
      for (const list of parts['emails'] ?? [])
        for (const { address } of (list ?? []) as readonly Email[])
          if (address !== '') emails.add(folded(address))
    },
  }
}

const FACET = 'facets.'

/** @param remains of a value that is there */
function mapped<E extends Pick<Event, 'parts'>>(
  event: E,
  remains: (part: string, value: unknown) => unknown,
): E {
  const parts = Object.entries(event.parts).map(([part, [before, after]]) => {
    const [was, is] = [before, after].map((value) => (value ?? undefined) && remains(part, value))
    return [part, [was, is]] as const
  })
  return { ...event, parts: Object.fromEntries(parts) }
}
