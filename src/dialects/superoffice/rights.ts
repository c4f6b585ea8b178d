import type { Grant } from '../../core/policy.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import type { FieldProperty, TableRight } from './wire/carriers.ts'
import { FIELDS, type FieldFacts } from './wire/fields.ts'

/** What a client may do with a contact and with each of its members. */
export interface Rights {
  readonly TableRight: TableRight
  readonly FieldProperties: Readonly<Record<string, FieldProperty>>
}

const PARTS = [...new Set(FIELDS.flatMap(({ part }) => part ?? []))]

const known = new Map<string, Rights>()

const full = rightsFor(FULL_GRANT)

/** Rights that were worked out once are kept: there are as many as there are kinds of roles. */
export function rightsOf(grant: Grant): Rights {
  if (grant.isFull) return full
  const key = [tableMask(grant), ...PARTS.map((part) => grant.rightTo(part))].join()
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const rights = rightsFor(grant)
  if (known.size < REMEMBERED) known.set(key, rights)
  return rights
}

const REMEMBERED = 1000

function rightsFor(grant: Grant): Rights {
  return {
    TableRight: { Mask: tableMask(grant), Reason: '' },
    FieldProperties: Object.fromEntries(FIELDS.map((field) => [field.name, propertyOf(field, grant)])),
  }
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

function propertyOf({ type, length, part, mandatory }: FieldFacts, grant: Grant): FieldProperty {
  const Mask = fieldMask(part, grant)
  const isAsked = mandatory !== undefined && Mask === 'Update'
  return {
    FieldRight: isAsked ? { Mask: `${Mask}, UIHintMandatory`, Reason: mandatory } : { Mask, Reason: '' },
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
