import type { Facets } from './facet.ts'
import type { Email, Phone } from './items.ts'
import type { Identity } from './record.ts'

export interface PersonName {
  /** Never blank unless the writer's API allows it (Kare). */
  readonly full: string
  /** Components exist only when someone sent them. */
  readonly given?: string
  readonly middle?: string
  readonly family?: string
  readonly prefix?: string
}

/** Everything about a person that is shown, written and granted (as one part, `people`). */
export interface PersonParts {
  readonly state: 'active' | 'deleted'
  readonly name: PersonName
  readonly emails: readonly Email[]
  readonly phones: readonly Phone[]
  readonly title?: string
  /** Internal. */
  readonly note?: string
  readonly language?: string
  /** When a reminder is due; UTC, milliseconds. */
  readonly notifyAt?: string
  readonly facets: Facets
}

export interface Person extends Identity, PersonParts {
  readonly kind: 'person'
  /** Id of the one organization that this person belongs to. */
  readonly organization: string
}

export const PERSON_PARTS = [
  'state',
  'name',
  'emails',
  'phones',
  'title',
  'note',
  'language',
  'notifyAt',
  'organization',
] as const satisfies readonly (keyof Person)[]

/** A person that nobody has written yet, with a provisional `id`. */
export function blankPerson(id: string, organization: { id: string; tenant: string }): Person {
  return {
    kind: 'person',
    id,
    number: 0,
    tenant: organization.tenant,
    version: 0,
    created: { at: '', by: '' },
    changed: {},
    shownAt: 0,
    organization: organization.id,
    state: 'active',
    name: { full: '' },
    emails: [],
    phones: [],
    facets: {},
  }
}

/** What a first name is shown as when a name is one word. */
export const NO_FIRST_NAME = '-'

/** First and last name for views that need both: the components, else `full` split at its last space. */
export function firstAndLast(name: PersonName): { readonly first: string; readonly last: string } {
  if (name.given !== undefined && name.family !== undefined) return { first: name.given, last: name.family }
  const words = name.full.trim()
  const space = words.lastIndexOf(' ')
  if (space < 0) return { first: NO_FIRST_NAME, last: words === '' ? NO_FIRST_NAME : words }
  return { first: words.slice(0, space).trim(), last: words.slice(space + 1) }
}

/** The name changed to `full`: keeps the prefix, and the components that still occur in it, in order. */
export function renamed(name: PersonName, full: string): PersonName {
  if (full === name.full) return name
  const kept: { -readonly [Key in keyof PersonName]: PersonName[Key] } = { full }
  if (name.prefix !== undefined) kept.prefix = name.prefix
  let from = 0
  for (const component of ['given', 'middle', 'family'] as const) {
    const text = name[component]
    if (text === undefined || text === '') continue
    const at = indexOfWord(full, text, from)
    if (at < 0) continue
    kept[component] = text
    from = at + text.length
  }
  return kept
}

/** Where `word` stands in `text` from `from` on with no letter or digit touching it, or -1. */
function indexOfWord(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    const touches = /[\p{L}\p{N}]/u
    const before = text[at - 1] ?? ' '
    const after = text[at + word.length] ?? ' '
    if (!touches.test(before) && !touches.test(after)) return at
  }
  return -1
}
