import type { ViewContext } from '../../core/lens.ts'
import type { Grant } from '../../core/policy.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import { type FieldDefinition, type Fields, fieldsOf } from './lens/field-definitions.ts'
import type { FieldProperty, TableRight } from './wire/carriers.ts'
import { FIELDS, type FieldFacts } from './wire/fields.ts'
import { textIn } from './wire/texts.ts'

/** What a client may do with a contact and with each of its members. */
export interface Rights {
  readonly TableRight: TableRight
  readonly FieldProperties: Readonly<Record<string, FieldProperty>>
}

const PARTS = [...new Set(FIELDS.flatMap(({ part }) => part ?? []))]

/** Rights by who has them and in which language they are told, for each set of custom fields. */
const known = new WeakMap<Fields, Map<string, Rights>>()

const FULL = 'full'

/** Rights that were worked out once are kept: there are as many as there are kinds of roles. */
export function rightsOf(
  grant: Grant,
  { catalogue, language }: Pick<ViewContext, 'catalogue' | 'language'>,
): Rights {
  const fields = fieldsOf(catalogue)
  let rightsOfFields = known.get(fields)
  if (rightsOfFields === undefined) {
    rightsOfFields = new Map()
    known.set(fields, rightsOfFields)
  }
  const grantKey = grant.isFull
    ? FULL
    : [tableMask(grant), ...PARTS.map((part) => grant.rightTo(part))].join()
  const key = language === undefined ? grantKey : `${grantKey} ${language}`
  const cached = rightsOfFields.get(key)
  if (cached !== undefined) return cached
  const rights = rightsFor(grant.isFull ? FULL_GRANT : grant, fields, language)
  if (rightsOfFields.size < REMEMBERED) rightsOfFields.set(key, rights)
  return rights
}

const REMEMBERED = 1000

function rightsFor(grant: Grant, { all }: Fields, language: string | undefined): Rights {
  const told = (facts: FieldFacts) => propertyOf(facts, grant, language)
  return {
    TableRight: { Mask: tableMask(grant), Reason: '' },
    FieldProperties: Object.fromEntries([
      ...FIELDS.map((field) => [field.name, told(field)]),
      ...all.flatMap((field) => customProperties(field, grant)),
    ]),
  }
}

/** What is told of a custom field, for each dictionary. @see specs/superoffice.md 1.10 */
function customProperties(
  field: FieldDefinition,
  grant: Grant,
): readonly (readonly [string, FieldProperty])[] {
  const { key, isReadOnly, isMandatory, info, type, length } = field
  const mask = fieldMask('facets.superoffice', grant)
  const isWritable = mask === 'Update' && !isReadOnly
  const hints = [
    ...(field.in === 'extra' ? ['Unused4'] : []),
    ...(isMandatory && isWritable ? ['UIHintMandatory'] : []),
    ...(isReadOnly && mask !== 'None' ? ['UIHintReadOnly'] : []),
  ]
  const Mask = [isReadOnly && mask === 'Update' ? 'Read' : mask, ...hints].join(', ')
  const FieldRight = { Mask, Reason: '' }
  const own = field.in === 'extra' ? 'ExtraFields' : 'UserDefinedFields'
  return [
    [`${own}.${key}`, { FieldRight, FieldType: 'System.String', FieldLength: -1 }],
    [
      `CustomFields.${key}`,
      { FieldRight, FieldType: field.in === 'extra' ? info : type, FieldLength: length },
    ],
  ]
}

/** @see specs/superoffice.md 1.9 */
function tableMask(grant: Grant): string {
  const masks = [
    'Select',
    grant.may('organizations.edit') && 'Update',
    grant.may('organizations.create') && 'Insert',
    grant.may('organizations.delete') && 'Delete',
  ]
  return masks.filter((mask) => mask !== false).join(', ')
}

function propertyOf(
  { type, length, part, mandatory }: FieldFacts,
  grant: Grant,
  language: string | undefined,
): FieldProperty {
  const Mask = fieldMask(part, grant)
  const isAsked = mandatory !== undefined && Mask === 'Update'
  return {
    FieldRight: isAsked
      ? { Mask: `${Mask}, UIHintMandatory`, Reason: textIn(mandatory, language) }
      : { Mask, Reason: '' },
    FieldType: type,
    FieldLength: length,
  }
}

function fieldMask(part: string | undefined, grant: Grant): string {
  if (part === undefined) return 'Read'
  const right = grant.rightTo(part)
  if (right === 'none') return 'None'
  return right === 'write' && grant.may('organizations.edit') ? 'Update' : 'Read'
}
