import type { Catalogue } from '../../../core/principal.ts'
import type { TypeFacts } from '../wire/field-types.ts'
import { decoded, EMPTY_VALUE, EXTRA_TYPES, UDEF_TYPES } from '../wire/field-types.ts'

/** A custom field that a tenant has defined. */
export interface FieldDefinition extends TypeFacts {
  /** In the dictionaries: the prog-id, else `SuperOffice:` and its number; of an extra field the database name. */
  readonly key: string
  readonly in: 'udef' | 'extra'
  /** Name of the type, as the catalogue has it. */
  readonly type: string
  /** Stable number, from 1. */
  readonly identity: number
  readonly progId: string
  readonly label: string
  readonly shortLabel: string
  readonly tooltip: string
  /** Plain; see `decoded`. */
  readonly byDefault: string
  readonly isMandatory: boolean
  readonly isReadOnly: boolean
  readonly isIndexed: boolean
  readonly isLabelHidden: boolean
  readonly rank: number
  /** Name of the list that a field of kind `list` chooses from; `entries` are its own where it has any. */
  readonly list: string
  readonly entries: ReadonlyMap<number, FieldEntry> | undefined
}

export interface FieldEntry {
  readonly Value: string
  readonly Tooltip: string
}

/** The fields that a tenant has defined, in their order. */
export interface Fields {
  readonly all: readonly FieldDefinition[]
  readonly byKey: ReadonlyMap<string, FieldDefinition>
}

const known = new WeakMap<Catalogue['lists'], Fields>()

export function fieldsOf({ lists }: Pick<Catalogue, 'lists'>): Fields {
  const cached = known.get(lists)
  if (cached !== undefined) return cached
  const fields = readFields(lists)
  known.set(lists, fields)
  return fields
}

/** Definitions that make no sense are left out: `fieldMistakes` tells of them when an access file is applied. */
function readFields(lists: Catalogue['lists']): Fields {
  const read = [
    ...entriesOf(lists['customFields']).map((source, at) => readField(source, at, 'udef')),
    ...entriesOf(lists['extraFields']).map((source, at) => readField(source, at, 'extra')),
  ].filter((field) => field !== undefined)
  const byKey = new Map<string, FieldDefinition>()
  for (const field of read) if (!byKey.has(field.key)) byKey.set(field.key, field)
  const all = [...byKey.values()].sort((left, right) => left.rank - right.rank)
  return { all, byKey }
}

type Source = Readonly<Record<string, unknown>>

export function entriesOf(list: unknown): readonly Source[] {
  if (!Array.isArray(list)) return []
  return list.filter((entry): entry is Source => typeof entry === 'object' && entry !== null)
}

function readField(
  source: Source,
  at: number,
  dictionary: FieldDefinition['in'],
): FieldDefinition | undefined {
  const type = typeof source['type'] === 'string' ? source['type'] : ''
  const types: Readonly<Record<string, TypeFacts>> = dictionary === 'udef' ? UDEF_TYPES : EXTRA_TYPES
  const facts = Object.hasOwn(types, type) ? types[type] : undefined
  const key = keyOf(source, at, dictionary)
  if (facts === undefined || key === '') return undefined
  const label = text(source['label'], text(source['name'], key))
  const textLength = whole(source['textLength'], facts.length)
  return {
    ...facts,
    length: facts.kind === 'text' ? Math.min(textLength, facts.length) : facts.length,
    key,
    in: dictionary,
    type,
    identity: identityOf(source, at),
    progId: text(source['progId'], ''),
    label,
    shortLabel: text(source['shortLabel'], label),
    tooltip: text(source['tooltip'], ''),
    byDefault: defaultOf(source['default'], facts),
    isMandatory: source['mandatory'] === true,
    isReadOnly: source['readOnly'] === true,
    isIndexed: source['indexed'] === true,
    isLabelHidden: source['hideLabel'] === true,
    rank: whole(source['rank'], at + 1),
    list: text(source['list'], ''),
    entries: Array.isArray(source['entries']) ? ownEntries(source['entries']) : undefined,
  }
}

function ownEntries(source: unknown): ReadonlyMap<number, FieldEntry> {
  return new Map(
    entriesOf(source).map(({ Id, Value, Tooltip }) => [
      whole(Id, 0),
      { Value: text(Value, ''), Tooltip: text(Tooltip, '') },
    ]),
  )
}

/** The key of a definition in the dictionaries. */
export function keyOf(source: Source, at: number, dictionary: FieldDefinition['in']): string {
  if (dictionary === 'extra') return text(source['name'], '')
  return text(source['progId'], `SuperOffice:${identityOf(source, at)}`)
}

function identityOf(source: Source, at: number): number {
  return whole(source['id'], at + 1)
}

/** As an operator writes it: a text, a number or a yes. */
export function defaultOf(source: unknown, { kind }: Pick<TypeFacts, 'kind'>): string {
  const isPlain = typeof source === 'string' || typeof source === 'number' || typeof source === 'boolean'
  return (isPlain ? decoded(kind, String(source)) : undefined) ?? EMPTY_VALUE[kind]
}

function text(source: unknown, otherwise: string): string {
  return typeof source === 'string' && source !== '' ? source : otherwise
}

function whole(source: unknown, otherwise: number): number {
  return typeof source === 'number' && Number.isInteger(source) && source > 0 ? source : otherwise
}
