import type { ViewContext } from '../../../core/lens.ts'
import type { Dictionary } from '../wire/carriers.ts'
import { putField, shownField } from './defined-fields.ts'
import { fieldsOf } from './field-definitions.ts'
import { listsOf } from './lists.ts'

/** A custom field: its text, and the dictionary in whose encoding it is. One that nobody has defined goes by choice 15. */
export interface KeptField {
  readonly in: 'udef' | 'extra' | 'custom'
  readonly value: string
}

export type KeptFields = Readonly<Record<string, KeptField>>

/** The three dictionaries that show the custom fields. */
export interface FieldDictionaries {
  readonly UserDefinedFields: Dictionary
  readonly ExtraFields: Dictionary
  readonly CustomFields: Dictionary
}

/** A custom field's value as it was loaded. */
const ORIGINAL = ':org'
const DISPLAY_TEXT = ':DisplayText'
const DISPLAY_TOOLTIP = ':DisplayTooltip'
const COMPANIONS = [ORIGINAL, DISPLAY_TEXT, DISPLAY_TOOLTIP] as const

/** Extra fields have database names; every other key is that of a user-defined field. @see specs/superoffice.md 3.8 */
const EXTRA_PREFIX = 'x_'

const NO_FIELDS: FieldDictionaries = { UserDefinedFields: {}, ExtraFields: {}, CustomFields: {} }

/** What a tenant's definitions and the reader's language make of the fields. */
export type FieldContext = Pick<ViewContext, 'catalogue' | 'language'>

/** Every defined field, filled in or not, then those that nobody has defined. */
export function shownFields(fields: KeptFields | undefined, context: FieldContext): FieldDictionaries {
  const defined = fieldsOf(context.catalogue)
  if (fields === undefined && defined.all.length === 0) return NO_FIELDS
  const userDefined: Record<string, string> = {}
  const extra: Record<string, string> = {}
  const custom: Record<string, string> = {}
  const lists = listsOf(context.catalogue)
  for (const field of defined.all) {
    const { key } = field
    const holder = field.in === 'extra' ? extra : userDefined
    const shown = shownField(field, own(fields, key), lists, context.language)
    holder[key] = shown.own
    custom[key] = shown.custom
    for (const dictionary of [holder, custom]) {
      if (shown.text !== undefined) dictionary[key + DISPLAY_TEXT] = shown.text
      if (shown.tooltip !== undefined) dictionary[key + DISPLAY_TOOLTIP] = shown.tooltip
    }
    custom[key + ORIGINAL] = shown.custom
  }
  for (const [key, field] of Object.entries(fields ?? {})) {
    if (defined.byKey.has(key)) continue
    const holder = field.in === 'extra' ? extra : userDefined
    holder[key] = field.value
    const value = customValueOf(field)
    custom[key] = value
    custom[key + ORIGINAL] = value
  }
  return { UserDefinedFields: userDefined, ExtraFields: extra, CustomFields: custom }
}

/**
 * The fields after a put. A key that is not sent stays. CustomFields says what a field becomes, unless its companion
 * `:org` tells that it was not edited there; then a deprecated dictionary may. Returns `fields` itself when nothing changes.
 * @param isNew whether the contact is one that nobody has saved yet
 * @throws Problem refused (field-invalid, too-long)
 */
export function putFields(
  fields: KeptFields | undefined,
  sent: FieldDictionaries,
  { catalogue }: Pick<FieldContext, 'catalogue'>,
  isNew: boolean,
): KeptFields | undefined {
  const defined = fieldsOf(catalogue)
  let after: Record<string, KeptField> | undefined
  for (const key of keysOf(sent)) {
    const before = own(fields, key)
    const definition = defined.byKey.get(key)
    const field =
      definition === undefined ? editedField(before, key, sent) : putField(definition, before, sent, isNew)
    if (field === before) continue
    after ??= { ...fields }
    if (field === undefined) delete after[key]
    else after[key] = field
  }
  if (after === undefined) return fields
  return Object.keys(after).length === 0 ? undefined : after
}

/** The keys of custom fields in all dictionaries, companion keys left out. */
export function keysOf(sent: FieldDictionaries): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const dictionary of [sent.CustomFields, sent.UserDefinedFields, sent.ExtraFields]) {
    for (const key of Object.keys(dictionary)) if (!isCompanion(key)) keys.add(key)
  }
  return keys
}

function editedField(
  before: KeptField | undefined,
  key: string,
  sent: FieldDictionaries,
): KeptField | undefined {
  const custom = own(sent.CustomFields, key)
  const plain = plainSent(before, key, sent)
  if (before === undefined) return createdField(key, custom, plain)
  const loaded = own(sent.CustomFields, key + ORIGINAL)
  if (custom !== undefined && (loaded === undefined || custom !== loaded)) return fromCustom(before, custom)
  const base = loaded === undefined ? before.value : fromCustom(before, loaded).value
  if (plain === undefined || plain.value === base || plain.value === before.value) return before
  return { in: before.in === 'extra' ? 'extra' : 'udef', value: plain.value }
}

function createdField(
  key: string,
  custom: string | undefined,
  plain: KeptField | undefined,
): KeptField | undefined {
  // Both dictionaries of an entity that was read elsewhere: the plain one tells the type too.
  if (plain !== undefined && (custom === undefined || customValueOf(plain) === custom)) return plain
  if (custom === undefined) return undefined
  return { in: plain?.in === 'extra' || key.startsWith(EXTRA_PREFIX) ? 'extra' : 'custom', value: custom }
}

/** What the deprecated dictionaries say of a key: the one that shows it, else the other. */
function plainSent(
  before: KeptField | undefined,
  key: string,
  sent: FieldDictionaries,
): KeptField | undefined {
  const userDefined = own(sent.UserDefinedFields, key)
  const extra = own(sent.ExtraFields, key)
  const isExtra = before === undefined ? userDefined === undefined : before.in === 'extra'
  const value = isExtra ? (extra ?? userDefined) : (userDefined ?? extra)
  return value === undefined ? undefined : { in: isExtra ? 'extra' : 'udef', value }
}

/** The field changed to `value`, which is in the encoding of CustomFields; `before` itself when that is its value. */
function fromCustom(before: KeptField, value: string): KeptField {
  if (value === customValueOf(before)) return before
  if (before.in === 'udef') {
    const plain = plainValueOf(before.value, value)
    return customValueOf({ in: 'udef', value: plain }) === value
      ? { in: 'udef', value: plain }
      : { in: 'custom', value }
  }
  return { in: before.in, value }
}

const CHECKBOX: Dictionary = { True: '[I:1]', False: '[I:0]' }
const CHECKED: Dictionary = { '[I:1]': 'True', '[I:0]': 'False' }

/** Checkboxes and dates are written differently in CustomFields. @see specs/superoffice.md 3.8, trap 13 */
function customValueOf({ in: dictionary, value }: KeptField): string {
  if (dictionary !== 'udef') return value
  if (isDate(value)) return `[DT:${value.slice(3)}`
  return own(CHECKBOX, value) ?? value
}

/** The same, back to the encoding of UserDefinedFields, for a field that has held `before`. */
function plainValueOf(before: string, value: string): string {
  if (own(CHECKBOX, before) !== undefined) return own(CHECKED, value) ?? value
  return isDate(before) && value.startsWith('[DT:') ? `[D:${value.slice(4)}` : value
}

function isDate(value: string): boolean {
  return value.startsWith('[D:')
}

function isCompanion(key: string): boolean {
  return COMPANIONS.some((suffix) => key.endsWith(suffix))
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}
