import type { Catalogue, Principal } from '../../../core/principal.ts'
import type { Associate, AssociateType } from '../wire/carriers.ts'
import type { ListEntry } from '../wire/lists.ts'
import { listEntry } from '../wire/lists.ts'
import { GROUP_ID } from '../wire.ts'
import { listsOf } from './lists.ts'

const TYPES: Readonly<Record<Principal['kind'], AssociateType>> = {
  user: 'InternalAssociate',
  client: 'SystemAssociate',
  system: 'SystemAssociate',
}

/** The card of a principal; null when the directory does not know them. */
export function associateWithId(catalogue: Catalogue, id: string): Associate | null {
  const principal = catalogue.principal(id)
  if (principal === undefined || principal.number === 0) return null
  return cardOf(principal, listsOf(catalogue).entry('associate', principal.number))
}

/** The card of whoever has a number; `creator` is one that is already made. Choice 7 */
export function associateWithNumber(
  catalogue: Catalogue,
  number: number | undefined,
  creator: Associate | null,
): Associate | null {
  if (number === undefined || number === 0) return null
  if (creator?.AssociateId === number) return creator
  const principal = principalsOf(catalogue).get(number)
  const entry = listsOf(catalogue).entry('associate', number)
  if (principal !== undefined) return cardOf(principal, entry)
  return cardOfEntry(entry ?? listEntry({ Id: number, Type: 'Unknown' }), entry === undefined ? 0 : GROUP_ID)
}

/** Everybody who can be an associate, by number: principals, and who is in the tenant's list alone. */
export function associatesOf(catalogue: Catalogue): readonly Associate[] {
  const principals = principalsOf(catalogue)
  const listed = listsOf(catalogue).ranked('associate')
  const entries = new Map(listed.map((entry) => [entry.Id, entry]))
  const cards = [
    ...principals.values().map((principal) => cardOf(principal, entries.get(principal.number))),
    ...listed.filter(({ Id }) => !principals.has(Id)).map((entry) => cardOfEntry(entry, GROUP_ID)),
  ]
  return cards.sort((left, right) => left.AssociateId - right.AssociateId)
}

const byNumber = new WeakMap<Catalogue, ReadonlyMap<number, Principal>>()

/** A tenant may have as many principals as it has writers: they are sorted out once. */
export function principalsOf(catalogue: Catalogue): ReadonlyMap<number, Principal> {
  const cached = byNumber.get(catalogue)
  if (cached !== undefined) return cached
  const numbered = catalogue.principals().filter(({ number }) => number > 0)
  const principals = new Map(numbered.map((principal) => [principal.number, principal]))
  byNumber.set(catalogue, principals)
  return principals
}

const NO_EXTRAS = {}
const READ_ONLY = { Mask: 'Select', Reason: '' }

/** What the tenant's list says of a principal wins: initials, above all. */
function cardOf({ number, id, name, email, kind, state }: Principal, entry: ListEntry | undefined) {
  const fullName = entry?.FullName || name
  return {
    AssociateId: number,
    Name: entry?.Value || id,
    PersonId: 0,
    Rank: entry?.Rank ?? 0,
    Tooltip: entry?.Tooltip || fullName,
    Type: entry?.Type ?? TYPES[kind],
    GroupIdx: GROUP_ID,
    FullName: fullName,
    FormalName: fullName,
    Deleted: entry?.Deleted ?? state !== undefined,
    EjUserId: 0,
    UserName: email ?? null,
    ExtraFields: NO_EXTRAS,
    CustomFields: NO_EXTRAS,
    TableRight: READ_ONLY,
    FieldProperties: NO_EXTRAS,
  } satisfies Associate
}

function cardOfEntry({ Id, Value, Tooltip, FullName, Rank, Deleted, Type }: ListEntry, group: number) {
  const fullName = FullName || Value
  return {
    AssociateId: Id,
    Name: Value,
    PersonId: 0,
    Rank,
    Tooltip: Tooltip || fullName,
    Type,
    GroupIdx: group,
    FullName: fullName,
    FormalName: fullName,
    Deleted,
    EjUserId: 0,
    UserName: null,
    ExtraFields: NO_EXTRAS,
    CustomFields: NO_EXTRAS,
    TableRight: READ_ONLY,
    FieldProperties: NO_EXTRAS,
  } satisfies Associate
}
