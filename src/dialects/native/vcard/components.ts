import type { Bag, CardComponent } from '../wire.ts'
import { escapedComponent, split, unescaped } from './lines.ts'

// N and ADR: components at fixed places, each a list; their order among each other is a parameter.

/** Kinds of components by their place. @see RFC 6350 §6.2.2, RFC 9554 §2.2 */
export const NAME_PLACES = ['surname', 'given', 'given2', 'title', 'credential', 'surname2', 'generation']

/** @see RFC 6350 §6.3.1, RFC 9554 §2.1 */
export const ADDRESS_PLACES = [
  'postOfficeBox',
  'apartment',
  'name',
  'locality',
  'region',
  'postcode',
  'country',
  'room',
  'apartment',
  'floor',
  'number',
  'name',
  'building',
  'block',
  'subdistrict',
  'district',
  'landmark',
  'direction',
]

/** From here on stand those that RFC 6350 does not have; where one of them is filled, the first street is a summary. */
const FINE_FROM = 7
const SUMMARY = 2
const SUMMARY_OF = [
  'room',
  'apartment',
  'floor',
  'number',
  'name',
  'building',
  'block',
  'direction',
  'landmark',
]

/** In which order components come where none is told: as the directory itself shows them. */
const NAME_ORDER = ['title', 'given', 'given2', 'surname', 'surname2', 'credential', 'generation']
const ADDRESS_ORDER = [
  ...['postOfficeBox', 'room', 'apartment', 'floor', 'building', 'block', 'number', 'name'],
  ...['direction', 'landmark', 'subdistrict', 'locality', 'district', 'region', 'postcode', 'country'],
]

export interface Components {
  readonly value: string
  /** Of the parameter JSCOMPS, where the order counts. @see RFC 9555 §3.3.1 */
  readonly order?: string
}

/** Undefined when the object has none. */
export function componentsValue(object: Bag, property: 'N' | 'ADR'): Components | undefined {
  const components = (object['components'] ?? []) as readonly CardComponent[]
  if (components.length === 0) return undefined
  const isFine = property === 'ADR' && components.some(({ kind }) => isOfFine(kind))
  const all = property === 'N' ? NAME_PLACES : isFine ? ADDRESS_PLACES : ADDRESS_PLACES.slice(0, FINE_FROM)
  const placeOf = (kind: string) => (isFine ? all.lastIndexOf(kind) : all.indexOf(kind))
  const lists: string[][] = all.map(() => [])
  const order: string[] = []
  for (const { kind, value } of components) {
    const place = placeOf(kind)
    if (kind === 'separator') order.push(`s,${escapedComponent(value)}`)
    else if (place >= 0) {
      const list = lists[place] as string[]
      order.push(list.length === 0 ? String(place) : `${place},${list.length}`)
      list.push(value)
    }
  }
  if (isFine) {
    const summary = components.filter(({ kind }) => SUMMARY_OF.includes(kind)).map(({ value }) => value)
    lists[SUMMARY] = summary.length === 0 ? [] : [summary.join(' ')]
  }
  const value = lists.map((list) => list.map(escapedComponent).join(',')).join(';')
  if (object['isOrdered'] !== true) return { value }
  const separator = object['defaultSeparator']
  const first = typeof separator === 'string' ? `s,${escapedComponent(separator)}` : ''
  return { value, order: [first, ...order].join(';') }
}

function isOfFine(kind: string): boolean {
  return kind !== 'name' && ADDRESS_PLACES.indexOf(kind, FINE_FROM) >= 0
}

/** The members of a name or an address that its components make. */
export function componentsFrom(value: string, property: 'N' | 'ADR', order: string | undefined): Bag {
  const places = property === 'N' ? NAME_PLACES : ADDRESS_PLACES
  const lists = split(value, ';')
    .slice(0, places.length)
    .map((list) => split(list, ',').map(unescaped))
  const isFilled = (list: readonly string[]) => list.some((text) => text !== '')
  const isFine = property === 'ADR' && lists.slice(FINE_FROM).some(isFilled)
  const isShown = (place: number) => !(isFine && (place === SUMMARY || place === 1))
  const ordered = order === undefined ? undefined : inOrder(order, lists, places, isShown)
  if (ordered !== undefined) return ordered
  const kinds = property === 'N' ? NAME_ORDER : ADDRESS_ORDER
  const components = kinds.flatMap((kind) =>
    places.flatMap((name, place) =>
      name === kind && isShown(place)
        ? (lists[place] ?? []).filter((text) => text !== '').map((text) => ({ kind, value: text }))
        : [],
    ),
  )
  return components.length === 0 ? {} : { components }
}

/** Undefined when the order names a component that is not there, or leaves one out, which would be lost. */
function inOrder(
  order: string,
  lists: readonly (readonly string[])[],
  places: readonly string[],
  isShown: (place: number) => boolean,
): Bag | undefined {
  const [first = '', ...entries] = split(order, ';')
  const separatorIn = (entry: string) => (entry.startsWith('s,') ? unescaped(entry.slice(2)) : undefined)
  const named = new Set<string>()
  const components = entries.flatMap((entry): readonly CardComponent[] => {
    const separator = separatorIn(entry)
    if (separator !== undefined) return [{ kind: 'separator', value: separator }]
    const [place = '', index = '0'] = entry.split(',')
    const kind = places[Number(place)]
    const value = lists[Number(place)]?.[Number(index)]
    named.add(`${Number(place)},${Number(index)}`)
    return kind === undefined || value === undefined ? [] : [{ kind, value }]
  })
  if (components.length < entries.length || components.length === 0) return undefined
  const isAll = lists.every(
    (list, place) =>
      !isShown(place) || list.every((value, index) => value === '' || named.has(`${place},${index}`)),
  )
  if (!isAll) return undefined
  const defaultSeparator = separatorIn(first)
  return { components, isOrdered: true, ...(defaultSeparator !== undefined && { defaultSeparator }) }
}
