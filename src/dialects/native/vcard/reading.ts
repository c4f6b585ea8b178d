import type { Bag } from '../wire.ts'
import { componentsFrom } from './components.ts'
import type { CommonMember } from './contexts.ts'
import { COMMON_MEMBERS, CONTEXTS } from './contexts.ts'
import { utcFrom } from './dates.ts'
import { isId, keysIn } from './keys.ts'
import type { Line, Params } from './lines.ts'
import { split, unescaped, uriIn } from './lines.ts'
import type { MapForm } from './properties.ts'
import { FEATURES, MAP_FORMS, numberIn } from './properties.ts'

/** Said of other properties, or by the frame: nothing of their own. */
const PASSED_OVER = ['JSPROP', 'LANGUAGE']

const FRAME = ['BEGIN', 'END', 'VERSION']

/** Parameters that are read for every property. */
const COMMON = ['PROP-ID', 'ALTID', 'LANGUAGE', 'VALUE', 'TYPE', 'PREF']

const FORM_OF: ReadonlyMap<string, MapForm> = new Map(MAP_FORMS.map((form) => [form.property, form]))

/** What one property says, and where. */
export interface Said {
  readonly path: readonly string[]
  readonly value: unknown
  /** What it is when what it belongs to is not there, or something else is. */
  readonly orElse?: unknown
}

const LABEL = 'X-ABLABEL'

function hasMember(form: MapForm | undefined, member: CommonMember): boolean {
  return form !== undefined && (COMMON_MEMBERS[form.map]?.includes(member) ?? false)
}

/** Whether a property means nothing here, whatever stands around it. */
export function isUnknown(line: Line): boolean {
  const said = FRAME.includes(line.name) ? [] : saidBy([line], new Map(), new Map())
  return said.length > 0 && said.every(({ path: [member] }) => member === 'vCardProps')
}

/** The labels of groups in which something can have one; others mean nothing here. @see RFC 9555 §2.3.17 */
export function labelsIn(lines: readonly Line[]): ReadonlyMap<string, string> {
  const able = lines.filter(({ name }) => hasMember(FORM_OF.get(name), 'label'))
  const groups = new Set(able.flatMap(({ group }) => group?.toLowerCase() ?? []))
  const labels = lines.filter(
    ({ name, group }) => name === LABEL && group !== undefined && groups.has(group.toLowerCase()),
  )
  return new Map(labels.map(({ group = '', value }) => [group.toLowerCase(), unescaped(value)]))
}

/** What the properties of one language say, in their order; members that are maps come one object at a time. */
export function saidBy(
  lines: readonly Line[],
  labels: ReadonlyMap<string, string>,
  alternatives: Map<string, string>,
): readonly Said[] {
  const keyOf = keysIn(lines, alternatives)
  const isTold = ({ name, group = '' }: Line) =>
    !PASSED_OVER.includes(name) && !(name === LABEL && labels.has(group.toLowerCase()))
  const told = eachValue(inPreference(lines.filter(isTold)))
  const companions = groupsOfUnknown(told)
  return told.flatMap((line): readonly Said[] => {
    const form = FORM_OF.get(line.name)
    if (form !== undefined) {
      const object = objectOf(line, form, labels, companions)
      return object === undefined ? [unknown(line)] : [{ path: [form.map, keyOf(line, form)], value: object }]
    }
    const said = Object.hasOwn(SINGLES, line.name) ? SINGLES[line.name]?.(line) : undefined
    // Where another one has said the same thing before, it is kept as it is.
    return (
      said?.map((one, at) => (at === 0 ? { orElse: unknown(line).value, ...one } : one)) ?? [unknown(line)]
    )
  })
}

/** Of several names the one that is preferred comes first. @see RFC 6350 §5.3 */
function inPreference(lines: readonly Line[]): readonly Line[] {
  const names = lines.filter(({ name }) => name === 'FN')
  if (names.length < 2) return lines
  const preferred = names.toSorted(
    (left, right) => (numberIn(left.params, 'PREF') ?? 101) - (numberIn(right.params, 'PREF') ?? 101),
  )
  return [...preferred, ...lines.filter(({ name }) => name !== 'FN')]
}

/** A list of more values than this, of all lists of a vCard, stays as it is: each value becomes an object of its own. */
const VALUES_AT_MOST = 10_000

/** One line for each value of a list that a Card has apart: the first keeps its id. @see RFC 6350 §6.2.3 */
function eachValue(lines: readonly Line[]): readonly Line[] {
  let count = 0
  return lines.flatMap((line) => {
    if (line.name !== 'NICKNAME' || !line.value.includes(',')) return [line]
    const values = split(line.value, ',').filter((value) => value.trim() !== '')
    count += values.length
    if (count > VALUES_AT_MOST) return [line]
    const { 'PROP-ID': _, ALTID: __, ...others } = line.params
    return values.map((value, at) => ({ ...line, value, params: at === 0 ? line.params : others }))
  })
}

/** Groups that say of a property what means nothing here: who belongs to whom is kept. */
function groupsOfUnknown(lines: readonly Line[]): ReadonlySet<string> {
  const unknowns = lines.filter(({ name }) => !FORM_OF.has(name) && !Object.hasOwn(SINGLES, name))
  return new Set(unknowns.flatMap(({ group }) => group?.toLowerCase() ?? []))
}

/** @returns undefined when the value is none of the property's */
function objectOf(
  { name, group, value, params }: Line,
  form: MapForm,
  labels: ReadonlyMap<string, string>,
  companions: ReadonlySet<string>,
): Bag | undefined {
  const object = params['PHONETIC'] === undefined ? form.read(value, params) : undefined
  if (object === undefined) return undefined
  const types = (params['TYPE'] ?? []).map((type) => type.toLowerCase())
  const isContext = (type: string) => hasMember(form, 'contexts') && Object.hasOwn(CONTEXTS, type)
  const contexts = types.flatMap((type) => (isContext(type) ? [[CONTEXTS[type], true]] : []))
  const pref = hasMember(form, 'pref') ? numberIn(params, 'PREF') : undefined
  const label = group === undefined || !hasMember(form, 'label') ? undefined : labels.get(group.toLowerCase())
  const others = unknownParams(params, form.used ?? [])
  const strange = types.filter(
    (type) => !isContext(type) && !(name === 'TEL' && Object.hasOwn(FEATURES, type)),
  )
  return {
    ...object,
    ...(contexts.length > 0 && { contexts: Object.fromEntries(contexts) }),
    ...(pref !== undefined && { pref }),
    ...(label !== undefined && { label }),
    ...withParams({
      ...others,
      ...(strange.length > 0 && { type: oneOrAll(strange) }),
      ...(pref === undefined && params['PREF'] !== undefined && { pref: oneOrAll(params['PREF']) }),
      ...(group !== undefined && companions.has(group.toLowerCase()) && { group }),
    }),
  }
}

function withParams(vCardParams: Bag): Bag {
  return Object.keys(vCardParams).length === 0 ? {} : { vCardParams }
}

function unknownParams(params: Params, used: readonly string[]): Bag {
  const others = Object.entries(params).filter(([name]) => !COMMON.includes(name) && !used.includes(name))
  return Object.fromEntries(others.map(([name, values]) => [name.toLowerCase(), oneOrAll(values)]))
}

function oneOrAll(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values
}

/** As jCard has it, its value as it stood. @see RFC 9555 §2.15.1, RFC 7095 §5 */
function unknown({ group, name, params, value }: Line): Said {
  const all = Object.entries(params).map(([param, values]) => [param.toLowerCase(), oneOrAll(values)])
  const members = { ...(group !== undefined && { group }), ...Object.fromEntries(all) }
  return { path: ['vCardProps', ''], value: [name.toLowerCase(), members, 'unknown', value] }
}

const text =
  (...path: readonly string[]) =>
  ({ value }: Line): readonly Said[] =>
    value.trim() === '' ? [] : [{ path, value: unescaped(value) }]

const time =
  (member: string) =>
  ({ value }: Line): readonly Said[] | undefined => {
    const utc = utcFrom(value)
    return utc === undefined ? undefined : [{ path: [member], value: utc }]
  }

const place =
  (kind: string) =>
  (line: Line): readonly Said[] => {
    const { value, params } = line
    const isUri = params['VALUE']?.[0]?.toLowerCase() === 'uri'
    const object = isUri ? { coordinates: uriIn(value) } : { full: unescaped(value) }
    return [
      { path: ['places', kind, params['PROP-ID']?.[0] ?? ''], value: object, orElse: unknown(line).value },
    ]
  }

const PRONOUNS: MapForm = {
  property: 'PRONOUNS',
  map: 'pronouns',
  write: () => undefined,
  read: (value) => ({ pronouns: unescaped(value) }),
}

/** Properties that are no objects of a map. Undefined for a value that is none. */
const SINGLES: Readonly<Record<string, (line: Line) => readonly Said[] | undefined>> = {
  KIND: ({ value }) => [{ path: ['kind'], value: unescaped(value).trim().toLowerCase() }],
  UID: ({ value }) => [{ path: ['uid'], value: value.trim() }],
  PRODID: text('prodId'),
  CREATED: time('created'),
  REV: time('updated'),
  GRAMGENDER: ({ value }) => [
    { path: ['speakToAs', 'grammaticalGender'], value: unescaped(value).trim().toLowerCase() },
  ],
  FN: ({ value, params }) => {
    if (params['DERIVED']?.[0]?.toLowerCase() === 'true') return []
    const own = withParams(unknownParams(params, []))
    return [
      { path: ['name', 'full'], value: unescaped(value) },
      ...Object.entries(own).map(([member, value]) => ({ path: ['name', member], value })),
    ]
  },
  N: ({ value, params }) => {
    const sorts = (params['SORT-AS'] ?? []).flatMap((sort) => sort.split(','))
    const sortAs = ['surname', 'given'].flatMap((kind, at) => (sorts[at] ? [[kind, sorts[at]]] : []))
    const members = {
      ...componentsFrom(value, 'N', params['JSCOMPS']?.[0]),
      ...(sortAs.length > 0 && { sortAs: Object.fromEntries(sortAs) }),
    }
    return Object.entries(members).map(([member, value]) => ({ path: ['name', member], value }))
  },
  CATEGORIES: ({ value }) =>
    split(value, ',')
      .map((name) => unescaped(name).trim())
      .filter((name) => name !== '')
      .map((name) => ({ path: ['keywords', name], value: true })),
  PRONOUNS: (line) => {
    const object = objectOf(line, PRONOUNS, new Map(), new Set())
    const given = line.params['PROP-ID']?.[0]
    const id = given !== undefined && isId(given) ? given : `PRONOUNS-${line.at ?? 1}`
    return object && [{ path: ['speakToAs', 'pronouns', id], value: object }]
  },
  RELATED: ({ value, params }) => {
    const uid = params['VALUE']?.[0]?.toLowerCase() === 'text' ? unescaped(value) : value.trim()
    const types = (params['TYPE'] ?? []).map((type) => [type.toLowerCase(), true])
    const { PREF: pref } = params
    const others = { ...unknownParams(params, []), ...(pref !== undefined && { pref: oneOrAll(pref) }) }
    const relation = types.length === 0 ? {} : { relation: Object.fromEntries(types) }
    return uid === '' ? [] : [{ path: ['relatedTo', uid], value: { ...relation, ...withParams(others) } }]
  },
  MEMBER: ({ value }) => (value.trim() === '' ? [] : [{ path: ['members', value.trim()], value: true }]),
  BIRTHPLACE: place('birth'),
  DEATHPLACE: place('death'),
  GEO: ({ value }) => [{ path: ['spot', 'coordinates'], value: uriIn(value) }],
  TZ: ({ value }) => [{ path: ['spot', 'timeZone'], value: unescaped(value).trim() }],
}
