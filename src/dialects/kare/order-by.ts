import type { Asked } from './parameters.ts'
import { CHOICES } from './wire.ts'

export interface Order<Field extends string> {
  readonly field: Field
  readonly isDescending: boolean
}

/** What one element says, before it is judged. */
interface Element {
  readonly field?: unknown
  readonly direction?: unknown
}

/**
 * What a list is ordered by, the first field first. Takes `orderBy[0][field]=name&orderBy[0][direction]=desc`, and JSON: an
 * array of `{field, direction}`, one of them, or one in each repeated `orderBy` or `orderBy[]`. Ascending unless told.
 * @see specs/kare.md 3.1
 */
export function readOrders<Field extends string>(
  asked: Asked,
  fields: readonly Field[],
): readonly Order<Field>[] {
  const { wrong } = asked
  const elements = [...written(asked), ...indexed(asked)]
  if (elements.length > CHOICES.mostOrders) wrong(['orderBy'], 'maxItems', { limit: CHOICES.mostOrders })
  return elements.slice(0, CHOICES.mostOrders).flatMap(({ field, direction = 'asc' }, at) => {
    const isField = fields.some((known) => known === field)
    const isDirection = DIRECTIONS.some((known) => known === direction)
    if (!isField) wrong(['orderBy', at, 'field'], 'enum', { values: fields })
    if (!isDirection) wrong(['orderBy', at, 'direction'], 'enum', { values: DIRECTIONS })
    return isField ? [{ field: field as Field, isDescending: direction === 'desc' }] : []
  })
}

const DIRECTIONS = ['asc', 'desc'] as const

function written({ parameters, wrong }: Asked): readonly Element[] {
  return [...parameters.getAll('orderBy'), ...parameters.getAll('orderBy[]')].flatMap((text) => {
    const value = parsed(text)
    const elements = Array.isArray(value) ? value : [value]
    const isRead = elements.every((element) => typeof element === 'object' && element !== null)
    if (!isRead) wrong(['orderBy'], 'type', { expected: ['array'], actual: 'string' })
    return isRead ? (elements as Element[]) : []
  })
}

function indexed({ parameters, wrong }: Asked): readonly Element[] {
  const elements = new Map<number, { field?: string; direction?: string }>()
  for (const [name, value] of parameters) {
    const [, index, member] = /^orderBy\[(\d{1,9})\]\[(field|direction)\]$/.exec(name) ?? []
    if (index === undefined) {
      // A form that is not understood is told: nobody shall take rows as they come for ordered ones.
      if (name.startsWith('orderBy[') && name !== 'orderBy[]')
        wrong(['orderBy'], 'type', { expected: ['array'], actual: 'object' })
      continue
    }
    const element = elements.get(Number(index)) ?? {}
    element[member as 'field' | 'direction'] ??= value
    elements.set(Number(index), element)
  }
  return [...elements].sort(([left], [right]) => left - right).map(([, element]) => element)
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
