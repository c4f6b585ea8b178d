import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'

/** Where the organizer is served: its `@id`, and those of images, begin with `baseUrl`. */
export interface OrganizerPlace {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly id: string
}

/**
 * The body of POST or PUT of a whole organizer, its legacy forms turned into the modern ones. Expects `removeNulls`.
 *
 * What can not be converted stays, for the validator to refuse. Whether images exist is not asked.
 * @see specs/uitdatabank.md 2.1
 */
export function convertOrganizer(body: Json, { baseUrl, id }: OrganizerPlace): Json {
  if (!isJsonObject(body)) return body
  const steps = [withAddress, withName, withWebsite, withContact, withoutEmptyLists]
  const converted = steps.reduce((organizer, step) => step(organizer), body)
  return { ...withImageIds(converted, baseUrl), '@id': `${baseUrl}/organizers/${id}` }
}

/**
 * The body of PUT contact-point as an object of lists. Expects `removeNulls`.
 *
 * The legacy list of `{type, value}` is grouped by type; entries of no known type are left out.
 * @see specs/uitdatabank.md 2.2
 */
export function convertContactPoint(body: Json): Json {
  return Array.isArray(body) ? groupedContacts(body) : body
}

/** The body without members and items that are null, at any depth; the items that stay close up. */
export function removeNulls(body: Json): Json {
  return holdsNull(body) ? withoutNulls(body) : body
}

function holdsNull(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((member) => member === null || holdsNull(member))
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls)
  if (!isJsonObject(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]))
}

const ADDRESS_FIELDS = ['streetAddress', 'postalCode', 'addressLocality', 'addressCountry']

function withAddress(organizer: JsonObject): JsonObject {
  const { address } = organizer
  const language = mainLanguageOf(organizer)
  if (language === undefined || !isJsonObject(address)) return organizer
  const [fields, languages] = partition(address, (name) => ADDRESS_FIELDS.includes(name))
  const present = memberOf(languages, language) ?? {}
  if (Object.keys(fields).length === 0 || !isJsonObject(present)) return organizer
  return { ...organizer, address: { ...languages, [language]: { ...present, ...fields } } }
}

function withName(organizer: JsonObject): JsonObject {
  const { name } = organizer
  const language = mainLanguageOf(organizer)
  return language !== undefined && typeof name === 'string'
    ? { ...organizer, name: { [language]: name } }
    : organizer
}

function withWebsite(organizer: JsonObject): JsonObject {
  const { website, ...others } = organizer
  return website === undefined || others['url'] !== undefined ? organizer : { ...others, url: website }
}

function withContact(organizer: JsonObject): JsonObject {
  const { contact, ...others } = organizer
  if (!Array.isArray(contact)) return organizer
  const contactPoint = groupedContacts(contact)
  return Object.keys(contactPoint).length === 0 ? others : { ...others, contactPoint }
}

const CONTACT_TYPES = ['phone', 'email', 'url']

/** A value that is absent becomes null, which the validator refuses in its place. */
function groupedContacts(contacts: readonly Json[]): JsonObject {
  const entries = contacts.filter(isJsonObject)
  const lists = CONTACT_TYPES.map((type) => {
    const values = entries.filter((entry) => entry['type'] === type).map((entry) => entry['value'] ?? null)
    return [type, values] as const
  })
  return Object.fromEntries(lists.filter(([, values]) => values.length > 0))
}

const LISTS_THAT_MAY_BE_EMPTY = ['labels', 'hiddenLabels', 'images']

function withoutEmptyLists(organizer: JsonObject): JsonObject {
  const isEmpty = (list: Json | undefined) => Array.isArray(list) && list.length === 0
  return partition(organizer, (name) => LISTS_THAT_MAY_BE_EMPTY.includes(name) && isEmpty(organizer[name]))[1]
}

function withImageIds(organizer: JsonObject, baseUrl: string): JsonObject {
  const { images } = organizer
  if (!Array.isArray(images)) return organizer
  return { ...organizer, images: images.map((image: Json) => withImageId(image, baseUrl)) }
}

function withImageId(image: Json, baseUrl: string): Json {
  if (!isJsonObject(image) || image['@id'] !== undefined || typeof image['id'] !== 'string') return image
  return { ...image, '@id': `${baseUrl}/images/${image['id']}` }
}

/** The language that legacy texts are taken to be in; the original's truthiness counts `"0"` as none. */
function mainLanguageOf({ mainLanguage }: JsonObject): string | undefined {
  return typeof mainLanguage === 'string' && !['', '0'].includes(mainLanguage) ? mainLanguage : undefined
}

/** An own member only: the name may be `constructor`. */
function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function partition(
  object: JsonObject,
  isChosen: (name: string) => boolean,
): readonly [JsonObject, JsonObject] {
  const members = Object.entries(object)
  const chosen = members.filter(([name]) => isChosen(name))
  const others = members.filter(([name]) => !isChosen(name))
  return [Object.fromEntries(chosen), Object.fromEntries(others)]
}
