import type { Bag, Card, IdMap } from '../wire.ts'
import { componentsValue, NAME_PLACES } from './components.ts'
import { CONTEXTS } from './contexts.ts'
import { timestampOf } from './dates.ts'
import type { Line } from './lines.ts'
import { escaped, isRaw, isToken } from './lines.ts'
import type { MapForm, Written } from './properties.ts'
import { MAP_FORMS } from './properties.ts'
import { isUnknown } from './reading.ts'

/** A property with the place in the Card that it tells of. */
export interface Property {
  /** `name/full`, `emails/e1`. */
  readonly place: string
  readonly line: Line
  /** Said of it in another property of the same group. @see RFC 9555 §2.3.17 */
  readonly label?: string
}

type Value = string | readonly string[] | undefined

/** All that the properties of vCard can say of a Card. */
export function propertiesOf(card: Card): readonly Property[] {
  return [
    ...singles(card),
    ...names(card),
    ...MAPS.flatMap((map) => mapProperties(card, map)),
    ...lists(card),
  ]
}

const MAPS = [...new Set(MAP_FORMS.map(({ map }) => map))]

function single(place: string, name: string, value: string | undefined, params: Bag = {}): Property[] {
  return value === undefined ? [] : [{ place, line: { name, value, params: filled(params) } }]
}

/** Parameters with values alone, and of these the texts: whoever writes Cards can give one anything, which is then a JSPROP. */
function filled(params: Bag): Line['params'] {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]: [string, unknown]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      return values.length > 0 && values.every(isText) ? [[name, values]] : []
    }),
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function singles(card: Card): Property[] {
  const { kind, uid, created, language, prodId, speakToAs } = card as Readonly<
    Record<string, string | undefined>
  >
  const { updated } = card as { readonly updated?: string }
  const gender = (speakToAs as Bag | undefined)?.['grammaticalGender'] as string | undefined
  return [
    ...single('kind', 'KIND', kind && escaped(kind)),
    ...single('uid', 'UID', uid !== undefined && isRaw(uid) ? uid : undefined),
    ...single('prodId', 'PRODID', prodId && escaped(prodId)),
    ...single('created', 'CREATED', created && timestampOf(created)),
    ...single('updated', 'REV', updated && timestampOf(updated)),
    ...single('language', 'LANGUAGE', language && escaped(language)),
    ...single('speakToAs/grammaticalGender', 'GRAMGENDER', gender && escaped(gender)),
  ]
}

/** FN must be there: where the Card has no full name, it is made of what there is. @see RFC 9555 §3.3.1 */
function names({ name = {}, emails = {} }: Card): Property[] {
  const made = componentsValue(name, 'N')
  const texts = (name.components ?? []).map(({ value }) => value)
  const derived = texts.join(' ') || (Object.values(emails)[0]?.address ?? '')
  const sortAs = (name['sortAs'] ?? {}) as Readonly<Record<string, string>>
  const sorts = NAME_PLACES.slice(0, 2).map((kind) => sortAs[kind] ?? '')
  const isSorted = sorts.some((text) => text !== '')
  return [
    ...(name.full === undefined
      ? single('', 'FN', escaped(derived), { DERIVED: 'TRUE' })
      : single('name/full', 'FN', escaped(name.full), ownParams(name))),
    ...single('name', 'N', made?.value, {
      'SORT-AS': isSorted ? sorts : undefined,
      JSCOMPS: made?.order,
    }),
  ]
}

function mapProperties(card: Card, map: string): Property[] {
  return Object.entries((card[map] ?? {}) as IdMap).flatMap(([id, object]) => {
    const form = MAP_FORMS.find((one) => one.map === map && (one.takes?.(object) ?? true))
    const written = form?.write(object)
    if (form === undefined || written === undefined) return []
    return [mapProperty(form, id, object, written)]
  })
}

function mapProperty(
  { property, map }: Pick<MapForm, 'property' | 'map'>,
  id: string,
  object: Bag,
  { value, params = {} }: Written,
): Property {
  const { label, pref, contexts = {} } = object
  const kinds = Object.entries(CONTEXTS).filter(([, context]) => Object.hasOwn(contexts as Bag, context))
  const { type: strange = [], group } = (object['vCardParams'] ?? {}) as Bag
  const others = (Array.isArray(strange) ? strange : [strange]).filter(isText)
  const types = [...kinds.map(([type]) => type), ...((params['TYPE'] ?? []) as readonly string[]), ...others]
  const all: Record<string, Value> = {
    'PROP-ID': id,
    ...params,
    TYPE: types,
    PREF: pref === undefined ? undefined : String(pref),
  }
  const told = {
    name: property,
    value,
    params: filled({ ...all, ...ownParams(object, { ...all, GROUP: '' }) }),
  }
  const line = isText(group) && isToken(group) ? { group, ...told } : told
  return { place: `${map}/${id}`, line, ...(typeof label === 'string' && { label }) }
}

/** Parameters that a vCard came with and that mean nothing here. @see RFC 9555 §2.15.2 */
function ownParams({ vCardParams = {} }: Bag, taken: Bag = {}): Bag {
  return Object.fromEntries(
    Object.entries(vCardParams as Bag)
      .map(([name, value]) => [name.toUpperCase(), value] as const)
      .filter(([name]) => /^[A-Z0-9-]+$/.test(name) && taken[name] === undefined),
  )
}

function lists(card: Card): Property[] {
  const {
    keywords = {},
    relatedTo = {},
    members = {},
    speakToAs = {},
    anniversaries = {},
    vCardProps = [],
  } = card
  const names = Object.keys(keywords)
  const pronouns = ((speakToAs as Bag)['pronouns'] ?? {}) as IdMap
  return [
    ...single('keywords', 'CATEGORIES', names.length === 0 ? undefined : names.map(escaped).join(',')),
    ...Object.entries(pronouns).map(([id, object]) =>
      mapProperty({ property: 'PRONOUNS', map: 'speakToAs/pronouns' }, id, object, {
        value: escaped(String(object['pronouns'])),
      }),
    ),
    ...Object.entries(anniversaries as IdMap).flatMap(([id, { kind, place }]) =>
      placeOf(id, kind, place as Bag),
    ),
    ...Object.entries(relatedTo).flatMap(([uid, relation]) => related(uid, relation)),
    ...Object.keys(members as Bag).flatMap((uid) =>
      card.kind === 'group' && isRaw(uid) ? single(`members/${uid}`, 'MEMBER', uid) : [],
    ),
    ...(vCardProps as readonly unknown[]).flatMap(unknownProperty),
  ]
}

function placeOf(id: string, kind: unknown, place: Bag = {}): Property[] {
  const name = kind === 'birth' ? 'BIRTHPLACE' : kind === 'death' ? 'DEATHPLACE' : undefined
  const { full, coordinates } = place as Readonly<Record<string, string | undefined>>
  if (name === undefined) return []
  if (full !== undefined) return single(`anniversaries/${id}/place`, name, escaped(full), { 'PROP-ID': id })
  if (coordinates === undefined || !isRaw(coordinates)) return []
  return single(`anniversaries/${id}/place`, name, coordinates, { 'PROP-ID': id, VALUE: 'uri' })
}

function related(uid: string, object: Bag): Property[] {
  const isUri = /^[a-z][a-z0-9+.-]*:/i.test(uid) && isRaw(uid)
  const params = { VALUE: isUri ? undefined : 'text', TYPE: relationTypes(object['relation'] as Bag) }
  const all = { ...params, ...ownParams(object, params) }
  return single(`relatedTo/${uid}`, 'RELATED', isUri ? uid : escaped(uid), all)
}

/**
 * A property that a vCard came with and that means nothing here, as jCard has it. Whoever writes Cards can put there what no
 * vCard could have said: all that would be read as something else, a line of its own or a part of the frame, is none.
 * @see RFC 9555 §2.15.1, RFC 7095 §3.3
 */
function unknownProperty(jcard: unknown): Property[] {
  if (!Array.isArray(jcard)) return []
  const [name, params, type, value] = jcard as readonly unknown[]
  const isPlain = jcard.length === 4 && typeof name === 'string' && typeof value === 'string' && isRaw(value)
  if (!isPlain || type !== 'unknown' || !/^[a-z0-9-]+$/.test(name)) return []
  if (typeof params !== 'object' || params === null) return []
  const { group, ...others } = params as Readonly<Record<string, unknown>>
  if (group !== undefined && !(typeof group === 'string' && isToken(group))) return []
  const line = { name: name.toUpperCase(), value, params: filled(ownParams({ vCardParams: others })) }
  if (!isUnknown(line)) return []
  return [{ place: '', line: group === undefined ? line : { group, ...line } }]
}

/** Relations that are types of RELATED. @see RFC 6350 §6.6.6 */
function relationTypes(relation: Bag = {}): readonly string[] {
  return Object.keys(relation).filter((name) => /^[a-z-]+$/.test(name) && name !== 'pref')
}
