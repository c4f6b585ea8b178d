import type { DifferentParts, Dossier } from './dossier.ts'
import { differencesBetween } from './dossier.ts'
import type { Event } from './event.ts'
import type { IndexChange, Indexer } from './index-rows.ts'
import { indexChange, personIndexChange, rowsOf } from './index-rows.ts'
import { isProvisional } from './items.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Stamp } from './record.ts'
import { nextShownAt } from './record.ts'
import type { Change } from './store.ts'

/** What the writer adds to a proposal. */
export interface Stamping {
  /** UTC, milliseconds. */
  readonly at: string
  readonly by: string
  readonly via: string
  readonly commandId: string
  readonly newId: () => string
  readonly indexers: readonly Indexer[]
  /** Numbers for the records that are new, in order: the organization first. */
  readonly numbers: readonly number[]
}

/** A proposal made ready to save. Nothing to save when `change` is undefined. */
export interface Settled {
  readonly after: Dossier
  readonly change: Change | undefined
}

/**
 * Compares a proposal with what was before, part by part, and stamps what differs: ids, numbers, versions, times.
 * Provisional ids are replaced wherever they stand in a part that differs.
 */
export function settle(before: Dossier, proposal: Dossier, stamping: Stamping): Settled {
  const people = proposal.people.map((person) => ({
    person,
    before: before.people.find(({ id }) => id === person.id),
  }))
  const ids = new Map<string, string>()
  const numbers = stamping.numbers.values()
  for (const { person } of people) if (isProvisional(person.id)) ids.set(person.id, stamping.newId())

  const events: Change['events'][number][] = []
  const organization = saved(before.organization, proposal.organization, before.organization.id)
  const savedPeople = people.map(({ person, before: original }) =>
    saved(original, person, ids.get(person.id) ?? person.id),
  )

  function indexOf(original: Organization, saved: Organization): IndexChange | undefined {
    if (original.version === 0) return { removed: [], added: rowsOf(stamping.indexers, saved) }
    const parts = events.find(({ record }) => record === saved.id)?.parts ?? {}
    return indexChange(stamping.indexers, original, saved, (part) => part in parts)
  }

  /** The record to save, or the one before when nothing differs. */
  function saved<R extends Organization | Person>(original: R | undefined, proposed: R, id: string): R {
    const isNew = original === undefined || original.version === 0
    const base = isNew ? ({ ...(original ?? proposed), ...blankParts(proposed), version: 0 } as R) : original
    const different = differencesBetween(base, proposed)
    if (!isNew && Object.keys(different).length === 0) return original
    const version = base.version + 1
    const parts = withIds(different, ids, version)
    const record = present({
      ...proposed,
      ...afterValues(proposed, parts),
      id,
      version,
      number: isNew ? (numbers.next().value ?? 0) : base.number,
      tenant: base.tenant,
      created: isNew ? { at: stamping.at, by: stamping.by } : base.created,
      changed: { ...base.changed, ...stamps(parts, version, stamping) },
      shownAt: nextShownAt(base.shownAt, stamping.at),
    })
    events.push(eventOf(record, isNew ? 'created' : kindOf(parts), parts, stamping))
    return record
  }

  const changedPeople = people.flatMap(({ before: original }, at) => {
    const after = savedPeople[at]
    if (after === undefined || after === original) return []
    const parts = events.find(({ record }) => record === after.id)?.parts ?? {}
    const index = personIndexChange(stamping.indexers, original, after, (part) => part in parts)
    return [{ after, before: original?.version ?? 0, ...(index !== undefined && { index }) }]
  })
  const stamped = changedPeople.length === 0 ? organization : withPeopleStamp(organization, stamping.at)
  if (events.length === 0) return { after: before, change: undefined }

  const after = { organization: stamped, people: savedPeople.filter(({ state }) => state !== 'deleted') }
  const differs = organization !== before.organization
  const index = organization === before.organization ? undefined : indexOf(before.organization, stamped)
  return {
    after,
    change: {
      ...(differs && {
        organization: {
          after: stamped,
          before: before.organization.version,
          ...(index !== undefined && { index }),
        },
      }),
      people: changedPeople,
      ...(changedPeople.length > 0 && { peopleOf: stamped }),
      events,
    },
  }
}

/** The record as it is read again: what it has not does not stand in it. */
function present<R extends Organization | Person>(record: R): R {
  const there: Record<string, unknown> = {}
  for (const part in record) if (record[part] !== undefined) there[part] = record[part]
  return there as unknown as R
}

/** The organization with the stamp of its people moved. */
export function withPeopleStamp(organization: Organization, at: string): Organization {
  const { count, shownAt } = organization.people
  return { ...organization, people: { count: count + 1, at, shownAt: nextShownAt(shownAt, at) } }
}

/** What makes every part of a new record differ: a blank organization already has its parts empty but these two. */
function blankParts(record: Organization | Person): object {
  if (record.kind === 'organization') return { state: undefined, language: undefined }
  return {
    state: undefined,
    name: undefined,
    emails: [],
    phones: [],
    title: undefined,
    note: undefined,
    language: undefined,
    notifyAt: undefined,
    organization: undefined,
    facets: {},
  }
}

function stamps(parts: DifferentParts, version: number, { at, by }: Stamping): Record<string, Stamp> {
  return Object.fromEntries(Object.keys(parts).map((part) => [part, { version, at, by }]))
}

function afterValues(proposed: Organization | Person, parts: DifferentParts): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  let facets = proposed.facets
  for (const [part, [, after]] of Object.entries(parts)) {
    if (!part.startsWith('facets.')) values[part] = after
    else if (after !== undefined) facets = { ...facets, [part.slice('facets.'.length)]: after as never }
  }
  return { ...values, facets }
}

function kindOf(parts: DifferentParts): Event['kind'] {
  const state = parts['state']
  if (parts['mergedInto']?.[1] !== undefined) return 'merged'
  if (state?.[1] === 'deleted') return 'deleted'
  return state?.[0] === 'deleted' ? 'restored' : 'changed'
}

function eventOf(
  record: Organization | Person,
  kind: Event['kind'],
  parts: DifferentParts,
  { at, by, via, commandId, newId }: Stamping,
): Change['events'][number] {
  return {
    id: newId(),
    at,
    tenant: record.tenant,
    kind,
    recordKind: record.kind,
    record: record.id,
    version: record.version,
    by,
    via,
    commandId,
    parts,
  }
}

/** Whether anything in a value is provisional: of most, nothing is. */
function hasProvisional(value: unknown): boolean {
  if (typeof value === 'string') return isProvisional(value)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasProvisional)
  const bag = value as Readonly<Record<string, unknown>>
  for (const name in bag) if (isProvisional(name) || hasProvisional(bag[name])) return true
  return false
}

/** The parts with every provisional id replaced: a person's by its new id, an item's by `VERSION-N`, which no other item of the record ever has. */
function withIds(
  parts: DifferentParts,
  people: ReadonlyMap<string, string>,
  version: number,
): DifferentParts {
  const items = new Map<string, string>()
  const real = (id: string): string => {
    const known = people.get(id) ?? items.get(id)
    if (known !== undefined) return known
    items.set(id, `${version}-${items.size + 1}`)
    return items.get(id) ?? ''
  }
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return isProvisional(value) ? real(value) : value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(replaced)
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [isProvisional(key) ? real(key) : key, replaced(member)]),
    )
  }
  // A role names a person: an id that none of the people has is nobody's, and must not pass for a real one.
  const replacedRole = (id: unknown) => people.get(id as string) ?? id
  return Object.fromEntries(
    Object.entries(parts).map(([part, [before, after]]) => {
      if (part !== 'roles') return [part, [before, hasProvisional(after) ? replaced(after) : after] as const]
      const roles = Object.entries(after as object).map(([role, id]) => [role, replacedRole(id)])
      return [part, [before, Object.fromEntries(roles)] as const]
    }),
  )
}
