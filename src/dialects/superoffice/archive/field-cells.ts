import type { FieldDictionaries } from '../lens/custom-fields.ts'
import { shownFields } from '../lens/custom-fields.ts'
import { facetOf } from '../lens/facet.ts'
import { fieldsOf } from '../lens/field-definitions.ts'
import type { Cell } from './column.ts'
import type { ContactRow } from './contact-row.ts'

/** A custom field as a list shows it: the text of a list's entry, plain values of what the entity encodes. */
export function fieldCell(row: ContactRow, asked: string, isExtra: boolean): Cell {
  const { context } = row
  const fields = fieldsIn(row)
  const holder = isExtra ? fields.ExtraFields : fields.UserDefinedFields
  const key = Object.hasOwn(holder, asked)
    ? asked
    : Object.keys(holder).find((name) => name.toLowerCase() === asked.toLowerCase())
  if (key === undefined) return { shown: '' }
  const value = plainOf(fields.CustomFields[key] ?? '')
  const kind = fieldsOf(context.catalogue).byKey.get(key)?.kind
  if (kind === 'checkbox') return { shown: value === 1 }
  if (kind !== 'list') return { shown: value }
  return { shown: fields.CustomFields[`${key}:DisplayText`] ?? '', raw: Number(value) }
}

/** A row may show many of its fields. */
const shownOnce = new WeakMap<ContactRow, FieldDictionaries>()

function fieldsIn(row: ContactRow): FieldDictionaries {
  const cached = shownOnce.get(row)
  if (cached !== undefined) return cached
  const fields = shownFields(facetOf(row.organization).fields, row.context)
  shownOnce.set(row, fields)
  return fields
}

const NUMBER = /^\[[IFM]:(-?\d+(?:\.\d+)?)\]$/
const DATE = /^\[DT?:(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d:\d\d:\d\d)(?:\.\d+)?)?\]$/
const OTHER = /^\[(?:T|TS):(.*)\]$/s

/** @see specs/superoffice.md 3.8 */
function plainOf(encoded: string): string | number {
  const number = NUMBER.exec(encoded)?.[1]
  if (number !== undefined) return Number(number)
  const [whole, month, day, year, time = '00:00:00'] = DATE.exec(encoded) ?? []
  if (whole !== undefined) return `${year}-${month}-${day}T${time}`
  return OTHER.exec(encoded)?.[1] ?? encoded
}
