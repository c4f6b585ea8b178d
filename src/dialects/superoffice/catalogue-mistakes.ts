import type { Catalogue } from '../../core/principal.ts'
import { entriesOf, keyOf } from './lens/field-definitions.ts'
import { decoded, EXTRA_TYPES, type TypeFacts, UDEF_TYPES } from './wire/field-types.ts'
import { LIST_NAMES } from './wire/lists.ts'

/** Catalogues that define custom fields. */
export const FIELD_CATALOGUES = ['customFields', 'extraFields'] as const

type FieldCatalogue = (typeof FIELD_CATALOGUES)[number]

/** More fields than a form shows, and each is in every answer. */
const FIELDS_LIMIT = 500
const KEY_LIMIT = 255

/** What is wrong with the custom fields that an operator defines. @see README "Custom fields" */
export function fieldMistakes(lists: Catalogue['lists']): readonly string[] {
  const keys = FIELD_CATALOGUES.flatMap((catalogue) =>
    entriesOf(lists[catalogue]).map((source, at) => keyOf(source, at, dictionaryOf(catalogue))),
  )
  const doubled = new Set(keys.filter((key, at) => key !== '' && keys.indexOf(key) !== at))
  return [
    ...FIELD_CATALOGUES.flatMap((catalogue) => mistakesOf(catalogue, lists[catalogue])),
    ...[...doubled].map((key) => `custom field ${key} is defined twice`),
  ]
}

function mistakesOf(catalogue: FieldCatalogue, list: unknown): readonly string[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) return [`${catalogue} is no list`]
  if (list.length > FIELDS_LIMIT) return [`${catalogue} has more than ${FIELDS_LIMIT} fields`]
  return list.flatMap((source: unknown, at) => {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      return [`${catalogue}/${at} is no field`]
    }
    return mistakesOfField(source as Source, at, catalogue).map((mistake) => `${catalogue}/${at} ${mistake}`)
  })
}

type Source = Readonly<Record<string, unknown>>

/** How each member of a definition is checked. */
const MEMBERS: Readonly<Record<string, 'text' | 'flag' | 'number' | 'default' | 'entries'>> = {
  progId: 'text',
  name: 'text',
  id: 'number',
  label: 'text',
  shortLabel: 'text',
  tooltip: 'text',
  type: 'text',
  default: 'default',
  mandatory: 'flag',
  readOnly: 'flag',
  indexed: 'flag',
  hideLabel: 'flag',
  list: 'text',
  entries: 'entries',
  rank: 'number',
  textLength: 'number',
}

function mistakesOfField(source: Source, at: number, catalogue: FieldCatalogue): readonly string[] {
  const types: Readonly<Record<string, TypeFacts>> = catalogue === 'customFields' ? UDEF_TYPES : EXTRA_TYPES
  const type = source['type']
  const facts = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined
  const key = keyOf(source, at, dictionaryOf(catalogue))
  const isKey =
    key.length <= KEY_LIMIT && (catalogue === 'customFields' ? !key.startsWith('x_') : /^x_\w+$/.test(key))
  return [
    ...Object.entries(source).flatMap(([name, value]) => mistakesOfMember(name, value)),
    ...(facts === undefined ? [`needs a type: one of ${Object.keys(types).join(', ')}`] : []),
    ...(isKey
      ? []
      : [catalogue === 'customFields' ? 'has no good progId' : 'needs a name that begins with x_']),
    ...(facts === undefined ? [] : mistakesOfType(source, facts)),
  ]
}

function mistakesOfMember(name: string, value: unknown): readonly string[] {
  const wanted = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined
  switch (wanted) {
    case undefined:
      return [`has the member ${name}, which does not exist`]
    case 'text':
      return typeof value === 'string' && value !== '' ? [] : [`${name} is no text`]
    case 'flag':
      return typeof value === 'boolean' ? [] : [`${name} is neither true nor false`]
    case 'number':
      return Number.isInteger(value) && (value as number) > 0 ? [] : [`${name} is no positive whole number`]
    case 'entries':
      return isEntries(value) ? [] : ['entries is no list of Id and Value']
    case 'default':
      return ['string', 'number', 'boolean'].includes(typeof value) ? [] : ['default is no plain value']
  }
}

function isEntries(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const ids = value.map((entry: unknown) => (entry as Source | null)?.['Id'])
  const isNumbered = ids.every((id) => Number.isInteger(id) && (id as number) > 0)
  return isNumbered && new Set(ids).size === ids.length
}

function mistakesOfType(source: Source, { kind, length }: TypeFacts): readonly string[] {
  const { default: byDefault, textLength, list, entries } = source
  const isDefault = byDefault === undefined || decoded(kind, String(byDefault)) !== undefined
  const isLength = textLength === undefined || (kind === 'text' && Number(textLength) <= length)
  const isKnown = list === undefined || LIST_NAMES.some((name) => name === list) || entries !== undefined
  const isChoice = kind !== 'list' || list !== undefined || entries !== undefined
  return [
    ...(isDefault ? [] : ['has a default that its type can not hold']),
    ...(isLength ? [] : [`has a textLength that its type does not allow (at most ${length})`]),
    ...(isKnown ? [] : [`names the list ${String(list)}, which does not exist`]),
    ...(isChoice ? [] : ['needs a list or entries']),
  ]
}

function dictionaryOf(catalogue: FieldCatalogue): 'udef' | 'extra' {
  return catalogue === 'customFields' ? 'udef' : 'extra'
}
