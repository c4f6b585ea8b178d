import { isSame } from '../../../core/dossier.ts'
import type { PersonName } from '../../../core/person.ts'
import { renamed } from '../../../core/person.ts'
import type { CardComponent, CardName } from '../wire.ts'
import type { Form } from './kept.ts'
import { present, without } from './kept.ts'

/** Kinds of components that a name of the record has. @see RFC 9553 §2.2.1.2 */
const COMPONENT_OF = { title: 'prefix', given: 'given', given2: 'middle', surname: 'family' } as const

const DERIVED = [
  'full',
  'components',
  'isOrdered',
  'defaultSeparator',
  'sortAs',
  'phoneticScript',
  'phoneticSystem',
]

/** A person's name: as it was written, while the record still says so. Undefined for one without a name. */
export function shownName(name: PersonName, form: Form | undefined): CardName | undefined {
  const derived = derivedFrom(name)
  if (form === undefined) return Object.keys(derived).length === 0 ? undefined : derived
  return isSame(form.made, name) ? form.sent : present({ ...derived, ...without(form.sent, DERIVED) })
}

/** What a name that was sent means for the record, and how to show it again where that says less. */
export function nameFrom(
  sent: CardName | undefined,
  before: PersonName,
): { readonly name: PersonName; readonly form: Form | undefined } {
  const plain = without(sent ?? {}, ['@type']) as CardName
  if (isSame(plain, derivedFrom(before))) return { name: before, form: undefined }
  if (Object.keys(plain).length === 0) return { name: { full: '' }, form: undefined }
  const name = fieldsOf(plain, before)
  return { name, form: isSame(plain, derivedFrom(name)) ? undefined : { sent: plain, made: name } }
}

function derivedFrom(name: PersonName): CardName {
  const components = Object.entries(COMPONENT_OF).flatMap(([kind, field]) => {
    const value = name[field]
    return value === undefined ? [] : [{ kind, value }]
  })
  return present({
    full: name.full === '' ? undefined : name.full,
    components: components.length === 0 ? undefined : components,
  }) as CardName
}

/** Components say what a name is made of; a full name alone keeps those that still occur in it. */
function fieldsOf({ full, components, defaultSeparator = ' ' }: CardName, before: PersonName): PersonName {
  if (components === undefined) return renamed(withoutComponents(before, full ?? ''), full ?? '')
  const fields: Record<string, string> = { full: full ?? joined(components, String(defaultSeparator)) }
  for (const { kind, value } of components) {
    const field = COMPONENT_OF[kind as keyof typeof COMPONENT_OF]
    if (field === undefined) continue
    fields[field] = fields[field] === undefined ? value : `${fields[field]} ${value}`
  }
  return fields as unknown as PersonName
}

/** A Card without components has none, unless it only gives another full name. */
function withoutComponents(before: PersonName, full: string): PersonName {
  return full === before.full ? { full } : before
}

/** @see RFC 9553 §2.2.1.1: separators stand for themselves */
function joined(components: readonly CardComponent[], separator: string): string {
  return components.reduce((text, { kind, value }, at) => {
    const follows = at === 0 || kind === 'separator' || components[at - 1]?.kind === 'separator'
    return text + (follows ? '' : separator) + value
  }, '')
}
