import { isSame } from '../../../core/dossier.ts'
import { isCardPart } from '../card-bodies.ts'
import type { Bag, Card, IdMap, Localization } from '../wire.ts'
import type { Line } from './lines.ts'
import { MAP_FORMS } from './properties.ts'
import type { Said } from './reading.ts'
import type { Property } from './writing.ts'
import { propertiesOf } from './writing.ts'

/** Whether it is an object of JSON. */
export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The steps of a path into a Card. @see RFC 9553 §1.3.4 */
export function stepsOf(path: string): readonly string[] {
  return path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** An object that is being made. */
export type Draft = Record<string, unknown>

/** Sets what stands at the steps, null taking it away; false when something on the way is not there. */
export function setAt(target: Draft, steps: readonly string[], value: unknown): boolean {
  const last = steps.at(-1) ?? ''
  let at = target
  for (const step of steps.slice(0, -1)) {
    const inner = Object.hasOwn(at, step) ? at[step] : undefined
    if (!isBag(inner)) return false
    at = inner as Draft
  }
  if (steps.includes('__proto__')) return false
  if (value === null) delete at[last]
  else at[last] = value
  return true
}

/** Members of small objects that are translated alone. */
const TEXT_OF: Readonly<Record<string, string>> = { titles: 'name', nicknames: 'name' }

/** Objects with more characters than this are only translated whole: each language would say them again. */
const SMALL = 1_000

/**
 * The properties of a Card with their translations, which are alternatives: they share their ALTID. Of a localization what no
 * property can say is left out.
 */
export function withTranslations(card: Card, properties: readonly Property[]): readonly Property[] {
  const mains = new Map(properties.map((property) => [keyOf(property), property]))
  const alternatives = new Map<string, Property[]>()
  for (const [language, patch] of Object.entries(card.localizations ?? {})) {
    const parts = localizedParts(card, patch)
    // A localization is kept as it was sent: of one that makes no Card, nothing can be said in properties.
    if (!isCardPart(parts)) continue
    for (const property of propertiesOf(parts)) {
      const key = keyOf(property)
      if (!TRANSLATED.test(property.place) || isSame(mains.get(key)?.line, property.line)) continue
      const others = alternatives.get(key) ?? []
      others.push({ ...property, line: withParam(property.line, 'LANGUAGE', language) })
      alternatives.set(key, others)
    }
  }
  const groups = new Map([...alternatives.keys()].map((key, at) => [key, String(at + 1)]))
  const marked = (key: string, property: Property) => ({
    ...property,
    line: withParam(property.line, 'ALTID', groups.get(key) ?? ''),
  })
  return [
    ...properties.flatMap((property) => {
      const key = keyOf(property)
      const others = alternatives.get(key)
      return others === undefined ? [property] : [property, ...others].map((one) => marked(key, one))
    }),
    ...[...alternatives].flatMap(([key, others]) =>
      mains.has(key) ? [] : others.map((one) => marked(key, one)),
    ),
  ]
}

/** Names and objects of maps. */
const TRANSLATED = /^name\/full$|^[A-Za-z]+\/[^/]+$/

/** Objects of these maps, and the name, are what a patch can be read from. */
const TRANSLATED_MAPS = new Set(MAP_FORMS.map(({ map }) => map).filter((map) => map !== 'anniversaries'))

function keyOf({ place, line }: Property): string {
  return `${line.name} ${place}`
}

function withParam(line: Line, name: string, value: string): Line {
  return { ...line, params: { [name]: [value], ...line.params } }
}

/** Each is measured once: many languages may speak of one object. */
const measured = new WeakMap<Bag, boolean>()

function isSmall(object: Bag): boolean {
  const known = measured.get(object) ?? JSON.stringify(object).length <= SMALL
  measured.set(object, known)
  return known
}

/** The objects of a Card that a localization speaks of, as it says them. */
function localizedParts(card: Card, patch: Localization): Card {
  const parts = new Map<string, Draft>()
  const put = (map: string, key: string, value: unknown) => {
    if (map === 'name' ? typeof value !== 'string' : !isBag(value)) return
    const part = parts.get(map) ?? {}
    parts.set(map, part)
    part[key] = value
  }
  for (const [path, value] of Object.entries(patch)) {
    const [map = '', key = '', member, ...deeper] = stepsOf(path)
    if (!isTranslated(map, key) || deeper.length > 0) continue
    const base = (card[map] as IdMap | undefined)?.[key]
    if (key === '' && isBag(value)) for (const [id, object] of Object.entries(value)) put(map, id, object)
    else if (member === undefined) put(map, key, value)
    else if (isBag(base) && TEXT_OF[map] === member && isSmall(base))
      put(map, key, { ...base, [member]: value })
  }
  return Object.fromEntries(parts) as unknown as Card
}

/** Whether properties tell translations of what stands there. */
function isTranslated(map: string, key: string): boolean {
  return map === 'name' ? key === 'full' || key === '' : TRANSLATED_MAPS.has(map)
}

/** The localization that says what properties in another language say. */
export function localizationFrom(said: readonly Said[], card: Bag): Localization {
  const patch = new Map<string, unknown>()
  const maps = new Map<string, Map<string, unknown>>()
  for (const { path, value } of said) {
    const [map = '', key = ''] = path
    if (map === 'vCardProps' || map === 'spot' || path.length !== 2) continue
    const main = (card[map] as IdMap | undefined)?.[key]
    const text = TEXT_OF[map]
    const place = `${map}/${escapedStep(key)}`
    if (
      text !== undefined &&
      isBag(main) &&
      isBag(value) &&
      isSame({ ...main, [text]: '' }, { ...value, [text]: '' })
    )
      patch.set(`${place}/${text}`, value[text])
    else if (Object.hasOwn(card, map)) patch.set(place, value)
    else maps.set(map, (maps.get(map) ?? new Map()).set(key, value))
  }
  for (const [map, entries] of maps) patch.set(map, Object.fromEntries(entries))
  return Object.fromEntries(patch)
}

export function escapedStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
