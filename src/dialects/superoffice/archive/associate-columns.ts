import type { Catalogue } from '../../../core/principal.ts'
import type { Condition } from '../../../core/query.ts'
import { textKey } from '../filter/keys.ts'
import type { Value } from '../filter/test.ts'
import { passes } from '../filter/test.ts'
import { associatesOf, associateWithId, associateWithNumber, principalsOf } from '../lens/associates.ts'
import { facetOf } from '../lens/facet.ts'
import type { Associate } from '../wire/carriers.ts'
import type { Search } from './column.ts'
import type { ContactColumn, ContactRow } from './contact-row.ts'
import { tooMuch } from './faults.ts'
import { creatorKey, KIND } from './kinds.ts'
import { orderByMeaning } from './orders.ts'

/** Whom a contact has as its associate in some respect, and the rows that tell. */
interface Position {
  readonly holderOf: (row: ContactRow) => Associate | null
  readonly kinds: readonly [first: string, orElse?: string]
}

export const OWNER: Position = {
  holderOf: ({ organization, context: { catalogue } }) => {
    const creator = associateWithId(catalogue, organization.created.by)
    const { associate } = facetOf(organization)
    return associate === undefined ? creator : associateWithNumber(catalogue, associate, creator)
  },
  kinds: [KIND.associate, KIND.createdBy],
}

export const SUPPORTER: Position = {
  holderOf: ({ organization, context }) =>
    associateWithNumber(context.catalogue, facetOf(organization).supportAssociate, null),
  kinds: [KIND.supportAssociate],
}

export const CREATOR: Position = {
  holderOf: ({ organization, context }) => associateWithId(context.catalogue, organization.created.by),
  kinds: [KIND.createdBy],
}

/** A column that shows the initials, and is found by the number. @see specs/superoffice.md 4.2 */
export function initialsColumn(name: string, position: Position): ContactColumn {
  return {
    name,
    cell: (row) => {
      const holder = position.holderOf(row)
      return { shown: holder?.Name ?? '', raw: holder?.AssociateId ?? 0 }
    },
    search: byHolder(position),
    order: orderByHolder(position, (associate) => associate?.Name ?? ''),
  }
}

/** A column that shows something of whoever is in that position. */
export function holderColumn(
  name: string,
  position: Position,
  of: (associate: Associate | null) => string | boolean,
): ContactColumn {
  return {
    name,
    cell: (row) => ({ shown: of(position.holderOf(row)) }),
    search: byWhatHoldersAre(position, of),
    ...(typeof of(null) === 'string' && { order: orderByHolder(position, (one) => String(of(one))) }),
  }
}

/** A column that shows the number. */
export function numberColumn(name: string, position: Position): ContactColumn {
  return {
    name,
    cell: (row) => ({ shown: position.holderOf(row)?.AssociateId ?? 0 }),
    search: byHolder(position),
  }
}

function byHolder(position: Position): Search<ContactRow> {
  return {
    restriction: 'associate',
    keyOf: textKey,
    valuesOf: (row) => [position.holderOf(row)?.AssociateId ?? 0],
    conditionOf: (test, catalogue) =>
      heldBy(position, 'numbers' in test ? [...new Set(test.numbers)] : [], catalogue),
  }
}

/**
 * By what associates are, who fit in memory: either those that pass hold the position, or, where nobody and strangers
 * pass too, none of those that fail.
 */
function byWhatHoldersAre(
  position: Position,
  of: (associate: Associate | null) => string | boolean,
): Search<ContactRow> {
  const valueOf = (associate: Associate | null): Value => {
    const what = of(associate)
    return typeof what === 'string' ? textKey(what) : what
  }
  return {
    restriction: typeof of(null) === 'string' ? 'string' : 'bool',
    keyOf: textKey,
    valuesOf: (row) => [valueOf(position.holderOf(row))],
    conditionOf(test, catalogue) {
      const isBlankFound = passes(test, [valueOf(null)])
      const decisive = associatesOf(catalogue).filter(
        (associate) => passes(test, [valueOf(associate)]) !== isBlankFound,
      )
      const held = heldBy(
        position,
        decisive.map(({ AssociateId }) => AssociateId),
        catalogue,
      )
      return isBlankFound ? { not: held } : held
    },
  }
}

/** Most associates that one term may stand for. */
const MOST_ASSOCIATES = 1_000

/** Whether the position is held by one of these numbers; 0 is nobody. */
function heldBy({ kinds }: Position, numbers: readonly number[], catalogue: Catalogue): Condition {
  const [first, orElse] = kinds
  if (first === KIND.createdBy) return createdBy(numbers, catalogue)
  const named: Condition = { kind: first, test: { in: numbers.map(String) } }
  if (orElse !== undefined) {
    return { any: [named, { all: [{ not: { kind: first } }, createdBy(numbers, catalogue)] }] }
  }
  return numbers.includes(0) ? { any: [named, { not: { kind: first } }] } : named
}

function createdBy(numbers: readonly number[], catalogue: Catalogue): Condition {
  const principals = principalsOf(catalogue)
  const creators = (ids: readonly string[]): Condition => {
    if (ids.length > MOST_ASSOCIATES) throw tooMuch('$filter', `more than ${MOST_ASSOCIATES} associates`)
    return { kind: KIND.createdBy, test: { in: ids.map(creatorKey) } }
  }
  const known = creators(numbers.flatMap((number) => principals.get(number)?.id ?? []))
  if (!numbers.includes(0)) return known
  return { any: [known, { not: creators([...principals.values()].map(({ id }) => id)) }] }
}

function orderByHolder({ holderOf, kinds }: Position, of: (associate: Associate | null) => string) {
  return orderByMeaning<ContactRow>(
    kinds,
    (row) => of(holderOf(row)),
    ({ catalogue }) => {
      const associates = associatesOf(catalogue)
      const principals = principalsOf(catalogue)
      const meanings = associates.flatMap((associate) => {
        const { id } = principals.get(associate.AssociateId) ?? {}
        const meaning = of(associate)
        return [
          [String(associate.AssociateId), meaning] as const,
          ...(id === undefined ? [] : [[creatorKey(id), meaning] as const]),
        ]
      })
      return { of: new Map(meanings), others: of(null), none: of(null) }
    },
  )
}
