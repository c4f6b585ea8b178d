import type { AddressField } from '../../../core/address.ts'
import type { AddressLines, AddressType } from './carriers.ts'

export type AddressUse = 'street' | 'postal'

export type WireField = keyof AddressLines

/** Where the record keeps each part of an address. */
export const RECORD_FIELD: Readonly<Record<WireField, AddressField>> = {
  Address1: 'line1',
  Address2: 'line2',
  Address3: 'line3',
  City: 'city',
  County: 'county',
  State: 'region',
  Zipcode: 'postalCode',
}

export const WIRE_FIELDS = Object.keys(RECORD_FIELD) as readonly WireField[]

export const ADDRESS_TYPE: Readonly<Record<AddressUse, AddressType>> = {
  street: 'ContactStreetAddress',
  postal: 'ContactPostalAddress',
}

export interface LayoutField {
  readonly use: AddressUse
  readonly field: WireField
  /** `StreetAddress1`. */
  readonly name: string
  /** Code points. */
  readonly length: number
  /** Resource id without brackets, on the first field of a line. @see specs/superoffice.md 1.6 */
  readonly label: string
}

/** How a country writes its addresses. */
export interface Layout {
  readonly id: number
  /** The lines that a form shows. */
  readonly lines: readonly (readonly LayoutField[])[]
  /** The lines of one address, shown or not. */
  readonly pattern: readonly (readonly WireField[])[]
  /** `StreetAddress1` → its field, of those that a form shows. */
  readonly fields: ReadonlyMap<string, LayoutField>
}

type Spot = readonly [field: WireField, length: number]
type Line = { readonly label: string | Readonly<Record<AddressUse, string>>; readonly spots: readonly Spot[] }

const TOWN = 'SR_AL_POSTCODECITY'

/** Captured, layout 4. */
const NORWAY = layout(
  4,
  ['street', 'postal'],
  [
    { label: { street: 'SR_AL_STREET', postal: 'SR_AL_POBOX' }, spots: [['Address1', 80]] },
    {
      label: TOWN,
      spots: [
        ['Zipcode', 9],
        ['City', 30],
      ],
    },
  ],
)

/** Captured, layout 3: a form without a street address. */
const UNITED_KINGDOM = layout(
  3,
  ['postal'],
  [
    { label: 'SR_AL_ADDRESS1', spots: [['Address1', 80]] },
    { label: 'SR_AL_ADDRESS2', spots: [['Address2', 80]] },
    { label: 'SR_AL_ADDRESS3', spots: [['Address3', 80]] },
    { label: 'SR_AL_CITY', spots: [['City', 80]] },
    {
      label: 'SR_AL_COUNTYPCODE',
      spots: [
        ['County', 29],
        ['Zipcode', 12],
      ],
    },
  ],
)

/** Described: three lines, the third of two fields. Choice 12: they are those of the street address. */
const FRANCE = layout(
  5,
  ['street'],
  [
    { label: 'SR_AL_ADDRESS1', spots: [['Address1', 80]] },
    { label: 'SR_AL_ADDRESS2', spots: [['Address2', 80]] },
    {
      label: TOWN,
      spots: [
        ['Zipcode', 12],
        ['City', 80],
      ],
    },
  ],
)

/** Choice 12. */
const UNITED_STATES = layout(
  2,
  ['street', 'postal'],
  [
    { label: { street: 'SR_AL_STREET', postal: 'SR_AL_POBOX' }, spots: [['Address1', 80]] },
    { label: 'SR_AL_ADDRESS2', spots: [['Address2', 80]] },
    {
      label: 'SR_AL_CITY',
      spots: [
        ['City', 80],
        ['State', 30],
        ['Zipcode', 12],
      ],
    },
  ],
)

/** Choice 12: Belgium and every country without a layout of its own. */
const OTHER = layout(
  1,
  ['street', 'postal'],
  [
    { label: { street: 'SR_AL_STREET', postal: 'SR_AL_POBOX' }, spots: [['Address1', 80]] },
    { label: 'SR_AL_ADDRESS2', spots: [['Address2', 80]] },
    {
      label: TOWN,
      spots: [
        ['Zipcode', 12],
        ['City', 80],
      ],
    },
  ],
)

const BY_COUNTRY: Readonly<Record<string, Layout>> = {
  NO: NORWAY,
  GB: UNITED_KINGDOM,
  FR: FRANCE,
  US: UNITED_STATES,
}

/** @param code ISO 3166-1 alpha-2 */
export function layoutOf(code: string | undefined): Layout {
  return (code === undefined ? undefined : BY_COUNTRY[code]) ?? OTHER
}

function layout(id: number, uses: readonly AddressUse[], pattern: readonly Line[]): Layout {
  const lines = uses.flatMap((use) => pattern.map((line) => fieldsOf(use, line)))
  return {
    id,
    lines,
    pattern: pattern.map(({ spots }) => spots.map(([field]) => field)),
    fields: new Map(lines.flat().map((field) => [field.name, field])),
  }
}

function fieldsOf(use: AddressUse, { label, spots }: Line): readonly LayoutField[] {
  const prefix = use === 'street' ? 'Street' : 'Postal'
  const text = typeof label === 'string' ? label : label[use]
  return spots.map(([field, length], at) => ({
    use,
    field,
    name: `${prefix}${field}`,
    length,
    label: at === 0 ? text : '',
  }))
}
