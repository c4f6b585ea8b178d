import type { Bag } from '../wire.ts'
import { KEYS } from '../wire.ts'
import { componentsFrom, componentsValue } from './components.ts'
import { dateFrom, dateValueOf, timestampOf, utcFrom } from './dates.ts'
import type { Params } from './lines.ts'
import { escaped, escapedComponent, isRaw, split, unescaped, uriIn } from './lines.ts'

/** The value of a property with the parameters that are its own. */
export interface Written {
  readonly value: string
  readonly params?: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** How the objects of a map of a Card stand in a vCard. Pure; what it does not write is a JSPROP. @see RFC 9555 §2 */
export interface MapForm {
  readonly property: string
  readonly map: string
  /** The key of the first one that comes without PROP-ID: the one that other APIs know. */
  readonly firstKey?: string
  /** Whether this property is the one for an object; of several forms of a map, the first that takes it. */
  readonly takes?: (object: Bag) => boolean
  readonly write: (object: Bag) => Written | undefined
  /** @param used parameters that say something to it */
  readonly read: (value: string, params: Params) => Bag | undefined
  readonly used?: readonly string[]
}

const first = (params: Params, name: string): string | undefined => params[name]?.[0]
const isText = (value: unknown): value is string => typeof value === 'string'
const ofKind =
  (...kinds: readonly string[]) =>
  (object: Bag) =>
    kinds.includes(String(object['kind']))

/** Members without those that are not there. */
function bag(members: Bag): Bag {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function textForm(property: string, map: string, member: string, more: Partial<MapForm> = {}): MapForm {
  return {
    property,
    map,
    write: (object) => (isText(object[member]) ? { value: escaped(object[member]) } : undefined),
    read: (value) => ({ [member]: unescaped(value) }),
    ...more,
  }
}

/** A resource: a URI, which is not escaped. */
function uriForm(property: string, map: string, kind: string | undefined, takesAll = false): MapForm {
  const used = USED_OF[map] ?? ['MEDIATYPE']
  return {
    property,
    map,
    takes: (object) => takesAll || object['kind'] === kind,
    write: ({ uri, mediaType, listAs }) =>
      isText(uri) && isRaw(uri)
        ? { value: uri, params: { MEDIATYPE: mediaType as string, INDEX: numeral(listAs) } }
        : undefined,
    read: (value, params) =>
      bag({
        uri: uriIn(value),
        kind,
        mediaType: used.includes('MEDIATYPE') ? first(params, 'MEDIATYPE') : undefined,
        listAs: used.includes('INDEX') ? numberIn(params, 'INDEX') : undefined,
      }),
    used,
  }
}

/** Parameters of resources that have more, or fewer, members than others. @see RFC 9553 §2.3.2, §2.6.2 */
const USED_OF: Readonly<Record<string, readonly string[]>> = {
  directories: ['MEDIATYPE', 'INDEX'],
  schedulingAddresses: [],
}

function numeral(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined
}

export function numberIn(params: Params, name: string): number | undefined {
  const text = first(params, name)
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** TYPE of a TEL ↔ feature. @see RFC 9555 §2.7.1 */
export const FEATURES: Readonly<Record<string, string>> = {
  cell: 'mobile',
  voice: 'voice',
  fax: 'fax',
  text: 'text',
  video: 'video',
  pager: 'pager',
  textphone: 'textphone',
  'main-number': 'main-number',
}

const LEVELS: Readonly<Record<string, string>> = { beginner: 'low', average: 'medium', expert: 'high' }

function interestForm(property: string, kind: string, levels: Readonly<Record<string, string>>): MapForm {
  return {
    property,
    map: 'personalInfo',
    takes: ofKind(kind),
    write: ({ value, level, listAs }) =>
      isText(value)
        ? {
            value: escaped(value),
            params: {
              LEVEL: Object.entries(levels).find(([, own]) => own === level)?.[0],
              INDEX: numeral(listAs),
            },
          }
        : undefined,
    read: (value, params) =>
      bag({
        kind,
        value: unescaped(value),
        level: levels[first(params, 'LEVEL')?.toLowerCase() ?? ''],
        listAs: numberIn(params, 'INDEX'),
      }),
    used: ['LEVEL', 'INDEX'],
  }
}

const SAME = { low: 'low', medium: 'medium', high: 'high' }

function dayForm(property: string, kind: string): MapForm {
  return {
    property,
    map: 'anniversaries',
    takes: ofKind(kind),
    write: ({ date = {} }) => {
      const value = dateValueOf(date as Bag)
      const scale = (date as Bag)['calendarScale']
      return value === undefined ? undefined : { value, params: { CALSCALE: scale as string } }
    },
    read: (value, params) => {
      const date = dateFrom(value.trim())
      const calendarScale = first(params, 'CALSCALE')
      return date && { kind, date: bag({ ...date, calendarScale }) }
    },
    used: ['CALSCALE'],
  }
}

const organizationForm: MapForm = {
  property: 'ORG',
  map: 'organizations',
  firstKey: KEYS.department,
  write: ({ name, units = [], sortAs }) => {
    const names = [name ?? '', ...(units as readonly Bag[]).map((unit) => unit['name'])] as readonly string[]
    return { value: names.map(escapedComponent).join(';'), params: { 'SORT-AS': sortAs as string } }
  },
  read: (value, params) => {
    const [name = '', ...units] = split(value, ';').map(unescaped)
    const all = units.filter((unit) => unit !== '').map((unit) => ({ name: unit }))
    return bag({
      name: name === '' ? undefined : name,
      units: all.length === 0 ? undefined : all,
      sortAs: first(params, 'SORT-AS'),
    })
  },
  used: ['SORT-AS'],
}

const addressForm: MapForm = {
  property: 'ADR',
  map: 'addresses',
  write: (object) => {
    const made = componentsValue(object, 'ADR')
    const { full, countryCode, coordinates, timeZone } = object as Readonly<
      Record<string, string | undefined>
    >
    return {
      value: made?.value ?? ';;;;;;',
      params: { LABEL: full, CC: countryCode, GEO: coordinates, TZ: timeZone, JSCOMPS: made?.order },
    }
  },
  read: (value, params) =>
    bag({
      ...componentsFrom(value, 'ADR', first(params, 'JSCOMPS')),
      full: first(params, 'LABEL'),
      countryCode: first(params, 'CC')?.toUpperCase(),
      coordinates: first(params, 'GEO'),
      timeZone: first(params, 'TZ'),
    }),
  used: ['LABEL', 'CC', 'GEO', 'TZ', 'JSCOMPS'],
}

const phoneForm: MapForm = {
  property: 'TEL',
  map: 'phones',
  write: ({ number, features = {} }) => {
    const named = Object.entries(FEATURES).filter(([, feature]) => Object.hasOwn(features as Bag, feature))
    if (!isText(number)) return undefined
    const isUri = /^tel:/i.test(number) && isRaw(number)
    return {
      value: isUri ? number : escaped(number),
      params: { VALUE: isUri ? 'uri' : undefined, TYPE: named.map(([type]) => type) },
    }
  },
  read: (value, params) => {
    const types = (params['TYPE'] ?? []).map((type) => type.toLowerCase())
    const features = types.flatMap((type) => (Object.hasOwn(FEATURES, type) ? [[FEATURES[type], true]] : []))
    const isUri = first(params, 'VALUE')?.toLowerCase() === 'uri'
    return bag({
      number: isUri ? value.trim() : unescaped(value),
      features: features.length === 0 ? undefined : Object.fromEntries(features),
    })
  },
}

const serviceForm: MapForm = {
  property: 'SOCIALPROFILE',
  map: 'onlineServices',
  write: ({ uri, user, service }) => {
    const params = { 'SERVICE-TYPE': service as string }
    if (isText(uri) && isRaw(uri)) return { value: uri, params: { ...params, USERNAME: user as string } }
    return isText(user) ? { value: escaped(user), params: { ...params, VALUE: 'text' } } : undefined
  },
  read: (value, params) => {
    const service = first(params, 'SERVICE-TYPE')
    if (first(params, 'VALUE')?.toLowerCase() === 'text') return bag({ service, user: unescaped(value) })
    return bag({ service, uri: uriIn(value), user: first(params, 'USERNAME') })
  },
  used: ['SERVICE-TYPE', 'USERNAME'],
}

/** @see RFC 9555 §2.7.3: what is no social profile says so by the name of its property */
const messagingForm: MapForm = {
  ...uriForm('IMPP', 'onlineServices', undefined),
  takes: ({ vCardName }) => vCardName === 'impp',
  read: (value) => ({ uri: uriIn(value), vCardName: 'impp' }),
  used: [],
}

const noteForm: MapForm = {
  property: 'NOTE',
  map: 'notes',
  firstKey: KEYS.description,
  write: ({ note, created, author = {} }) => {
    const { name, uri } = author as Readonly<Record<string, string | undefined>>
    const at = isText(created) ? timestampOf(created) : undefined
    return isText(note)
      ? { value: escaped(note), params: { CREATED: at, AUTHOR: uri, 'AUTHOR-NAME': name } }
      : undefined
  },
  read: (value, params) => {
    const author = bag({ name: first(params, 'AUTHOR-NAME'), uri: first(params, 'AUTHOR') })
    const created = first(params, 'CREATED')
    return bag({
      note: unescaped(value),
      created: created === undefined ? undefined : utcFrom(created),
      author: Object.keys(author).length === 0 ? undefined : author,
    })
  },
  used: ['CREATED', 'AUTHOR', 'AUTHOR-NAME'],
}

const titleForm = (property: string, kind: string, firstKey?: string): MapForm => ({
  ...textForm(property, 'titles', 'name'),
  ...(firstKey !== undefined && { firstKey }),
  takes: ({ kind: own = 'title' }) => own === kind,
  read: (value) => ({ name: unescaped(value), ...(kind !== 'title' && { kind }) }),
})

/** Every map of a Card that a vCard has a property for. */
export const MAP_FORMS: readonly MapForm[] = [
  textForm('NICKNAME', 'nicknames', 'name'),
  organizationForm,
  titleForm('TITLE', 'title', KEYS.title),
  titleForm('ROLE', 'role'),
  textForm('EMAIL', 'emails', 'address'),
  phoneForm,
  messagingForm,
  serviceForm,
  textForm('LANG', 'preferredLanguages', 'language', { firstKey: KEYS.language }),
  addressForm,
  uriForm('CALURI', 'calendars', 'calendar'),
  uriForm('FBURL', 'calendars', 'freeBusy'),
  uriForm('CALADRURI', 'schedulingAddresses', undefined, true),
  uriForm('KEY', 'cryptoKeys', undefined, true),
  uriForm('ORG-DIRECTORY', 'directories', 'directory'),
  uriForm('SOURCE', 'directories', 'entry'),
  uriForm('CONTACT-URI', 'links', 'contact'),
  uriForm('URL', 'links', undefined, true),
  uriForm('PHOTO', 'media', 'photo'),
  uriForm('LOGO', 'media', 'logo'),
  uriForm('SOUND', 'media', 'sound'),
  dayForm('BDAY', 'birth'),
  dayForm('DEATHDATE', 'death'),
  dayForm('ANNIVERSARY', 'wedding'),
  interestForm('EXPERTISE', 'expertise', LEVELS),
  interestForm('HOBBY', 'hobby', SAME),
  interestForm('INTEREST', 'interest', SAME),
  noteForm,
]
