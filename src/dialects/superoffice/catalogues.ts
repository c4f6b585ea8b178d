import { Type } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import type { Catalogue } from '../../core/principal.ts'
import type { CatalogueTerms } from '../dialect.ts'
import { FIELD_CATALOGUES, fieldMistakes } from './catalogue-mistakes.ts'
import { ASSOCIATE_TYPES, CATEGORY_GROUPS } from './wire/carriers.ts'
import { countryWithId } from './wire/countries.ts'
import { BUILT_IN_LISTS, LIST_NAMES, type ListName } from './wire/lists.ts'

const OWN = [...LIST_NAMES, 'preferences'] as const

/** The lists and preferences that an operator may write for a tenant. @see README "Lists" */
export const catalogues: CatalogueTerms = {
  names: [...OWN, ...FIELD_CATALOGUES],
  mistakesIn: (written) => {
    const source = Object.fromEntries(
      OWN.filter((name) => Object.hasOwn(written, name)).map((name) => [name, written[name]]),
    )
    const faults = [...Value.Errors(CataloguesSchema, source)]
    const faulty = new Set(faults.map(({ instancePath }) => instancePath.split('/')[1] ?? ''))
    const sound = Object.fromEntries(Object.entries(source).filter(([name]) => !faulty.has(name))) as Written
    return [
      ...faults.map(({ instancePath, message }) => `${instancePath.slice(1) || 'it'} ${message}`),
      ...LIST_NAMES.flatMap((name) => mistakesOfList(name, sound[name] ?? [])),
      ...mistakesOfPreferences(source, sound),
      ...fieldMistakes(written),
    ]
  },
}

// The library stops after eight mistakes, and what it kept to itself would pass for sound.
Settings.Set({ maxErrors: Number.MAX_SAFE_INTEGER })

const closed = { additionalProperties: false }
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Text = Type.String({ minLength: 1, maxLength: 2_000 })
const oneOf = (names: readonly string[]) => Type.Enum([...names])

const COMMON = {
  Id,
  /** `Name` is another name of `Value`. */
  Value: Type.Optional(Text),
  Name: Type.Optional(Text),
  Tooltip: Type.Optional(Type.String({ maxLength: 2_000 })),
  Rank: Type.Optional(Type.Integer({ minimum: 0, maximum: 32_767 })),
  Deleted: Type.Optional(Type.Boolean()),
  Hidden: Type.Optional(Type.Boolean()),
}

const Entry = Type.Object(COMMON, closed)
const entriesOf = (more: Parameters<typeof Type.Object>[0]) =>
  Type.Optional(Type.Array(Type.Object({ ...COMMON, ...more }, closed), { maxItems: 5_000 }))

const CataloguesSchema = Type.Object(
  {
    business: entriesOf({}),
    category: entriesOf({
      CategoryGroup: Type.Optional(oneOf(CATEGORY_GROUPS)),
      EnableLeadStatus: Type.Optional(Type.Boolean()),
    }),
    contint: entriesOf({ ChildItems: Type.Optional(Type.Array(Entry, { minItems: 1, maxItems: 1_000 })) }),
    country: entriesOf({}),
    associate: entriesOf({
      FullName: Type.Optional(Text),
      Type: Type.Optional(oneOf(ASSOCIATE_TYPES)),
    }),
    ticketpriority: entriesOf({}),
    customerlanguage: entriesOf({}),
    preferences: Type.Optional(
      Type.Object({ business: Type.Optional(Id), category: Type.Optional(Id) }, closed),
    ),
  },
  closed,
)

interface WrittenEntry {
  readonly Id: number
  readonly Value?: string
  readonly Name?: string
  readonly ChildItems?: readonly WrittenEntry[]
}

type Written = Readonly<Partial<Record<ListName, readonly WrittenEntry[]>>>

function mistakesOfList(name: ListName, list: readonly WrittenEntry[]): readonly string[] {
  const entries = list.flatMap((entry) => [entry, ...(entry.ChildItems ?? [])])
  const ids = entries.map((entry) => entry.Id)
  const doubled = new Set(ids.filter((id, at) => ids.indexOf(id) !== at))
  return [
    ...[...doubled].map((id) => `${name} has Id ${id} twice`),
    ...entries.flatMap(({ Id: id, Value: value, Name }) => {
      const hasBoth = value !== undefined && Name !== undefined
      if (hasBoth) return [`${name} ${id} has both Value and Name`]
      // Countries have names of their own.
      return value === undefined && Name === undefined && name !== 'country'
        ? [`${name} ${id} needs a Value`]
        : []
    }),
    ...(name === 'country' ? ids.filter((id) => countryWithId(id) === undefined) : []).map(
      (id) => `country ${id} is no UN code of a country`,
    ),
  ]
}

/** What a new contact gets must be in its list. */
function mistakesOfPreferences(source: Catalogue['lists'], sound: Written): readonly string[] {
  const preferences = (sound as { preferences?: Readonly<Record<string, number>> }).preferences ?? {}
  return Object.entries(preferences).flatMap(([name, id]) => {
    const list = sound[name as ListName]
    if (list === undefined && Object.hasOwn(source, name)) return []
    const ids = (list ?? BUILT_IN_LISTS[name as ListName]).map((entry) => entry.Id)
    return ids.includes(id) ? [] : [`preferences names ${name} ${id}, which its list lacks`]
  })
}
