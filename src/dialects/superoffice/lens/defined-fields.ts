import { refused } from '../../../core/problem.ts'
import { lengthOf } from '../../../core/text.ts'
import { decoded, EMPTY_VALUE, type Encoding, encoded } from '../wire/field-types.ts'
import type { ListName } from '../wire/lists.ts'
import { textIn } from '../wire/texts.ts'
import type { FieldDictionaries, KeptField } from './custom-fields.ts'
import type { FieldDefinition } from './field-definitions.ts'
import type { Lists } from './lists.ts'

/** What a custom field is shown as in each dictionary. */
export interface ShownField {
  /** In UserDefinedFields or ExtraFields. */
  readonly own: string
  readonly custom: string
  /** Beside the value, in both. */
  readonly text?: string
  readonly tooltip?: string
}

/** What stands in a field; a text that its type can not hold, from before it was defined, is shown as it is. */
export function shownField(
  field: FieldDefinition,
  kept: KeptField | undefined,
  lists: Lists,
  language: string | undefined,
): ShownField {
  const { kind } = field
  const value = kept === undefined ? EMPTY_VALUE[kind] : decoded(kind, kept.value)
  if (value === undefined) return { own: kept?.value ?? '', custom: kept?.value ?? '' }
  const shown = { own: encoded(kind, value, field.in), custom: encoded(kind, value, 'custom') }
  if (kind === 'checkbox') return value === '1' ? { ...shown, text: textIn('[SR_YES]', language) } : shown
  if (kind !== 'list') return shown
  const entry = field.entries?.get(Number(value)) ?? lists.entry(field.list as ListName, Number(value))
  return {
    ...shown,
    text: textIn(entry?.Value ?? '', language),
    tooltip: textIn(entry?.Tooltip ?? '', language),
  }
}

/**
 * The field after a put; `kept` itself when it is not edited. CustomFields tells what it becomes, unless its companion
 * `:org` says that it was not edited there; then the deprecated dictionary may. A new contact has what it is sent.
 * @throws Problem refused (field-invalid, too-long)
 * @see specs/superoffice.md 3.8
 */
export function putField(
  field: FieldDefinition,
  kept: KeptField | undefined,
  sent: FieldDictionaries,
  isNew: boolean,
): KeptField | undefined {
  const { kind, key } = field
  if (field.isReadOnly) {
    const value = isNew ? defaultIn(field, field.in) : undefined
    return value === undefined ? kept : { in: field.in, value }
  }
  const custom = own(sent.CustomFields, key)
  const loaded = own(sent.CustomFields, `${key}:org`)
  const isExtra = field.in === 'extra'
  const plain = isExtra
    ? (own(sent.ExtraFields, key) ?? own(sent.UserDefinedFields, key))
    : (own(sent.UserDefinedFields, key) ?? own(sent.ExtraFields, key))
  const before = kept === undefined ? EMPTY_VALUE[kind] : decoded(kind, kept.value)
  const isCustomEdited = custom !== undefined && (loaded === undefined || custom !== loaded)
  const base = loaded === undefined ? before : decoded(kind, loaded)
  const isPlainEdited = plain !== undefined && (base === undefined || decoded(kind, plain) !== base)
  const edit = isCustomEdited ? custom : isPlainEdited ? plain : isNew ? (custom ?? plain) : undefined
  if (edit === undefined || edit === kept?.value) return kept
  const value = decoded(kind, edit)
  if (value === undefined)
    throw refused('field-invalid', { property: `CustomFields.${key}`, type: field.type })
  if (value === before) return kept
  if (kind === 'text' && lengthOf(value) > field.length) {
    throw refused('too-long', { property: `CustomFields.${key}`, limit: field.length })
  }
  return value === EMPTY_VALUE[kind] ? undefined : { in: field.in, value: encoded(kind, value, field.in) }
}

/** The value that a new contact has; undefined when it is empty. */
export function defaultIn({ kind, byDefault }: FieldDefinition, encoding: Encoding): string | undefined {
  return byDefault === EMPTY_VALUE[kind] ? undefined : encoded(kind, byDefault, encoding)
}

function own(dictionary: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(dictionary, key) ? dictionary[key] : undefined
}
