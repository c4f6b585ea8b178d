import type { Event } from '../../core/event.ts'
import type { IndexChange, IndexRow } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { Change, StoredObject } from '../../core/store.ts'

/** Something that a command writes, before it is sent. */
export type Deed =
  | { readonly kind: 'change'; readonly change: Change; readonly texts: Texts }
  | {
      readonly kind: 'index'
      readonly tenant: string
      readonly organization: string
      readonly change: IndexChange
    }
  | { readonly kind: 'blank'; readonly events: readonly Event[] }
  | { readonly kind: 'object'; readonly tenant: string; readonly object: StoredObject; readonly text: string }
  | { readonly kind: 'sweep'; readonly objects: readonly ObjectName[] }
  | { readonly kind: 'settings'; readonly version: number; readonly entries: readonly SettingsEntry[] }
  | { readonly kind: 'number'; readonly tenant: string; readonly sequence: string; readonly last: number }

interface ObjectName {
  readonly tenant: string
  readonly kind: string
  readonly id: string
}

/** The documents of a change, as they are stored. */
export interface Texts {
  /** Without what of it stands in columns. */
  readonly organization: string | undefined
  readonly people: readonly string[]
  readonly events: readonly string[]
}

/** A record that is written once, however often it changed: from the version before the first change to the last one. */
interface Written<R> {
  readonly before: number
  readonly after: R
  readonly text: string
}

/** What becomes of one index key of an organization. */
interface WrittenRow {
  readonly tenant: string
  readonly organization: string
  readonly kind: string
  readonly key: string
  /** Whether a row that is stored goes. */
  readonly isRemoved: boolean
  /** The part of the row that comes. */
  readonly part: string | undefined
}

/** What several commands write, each row once. */
export interface Rows {
  readonly organizations: readonly Written<Organization>[]
  /** Organizations that are there already, of whose people the stamp moves. */
  readonly stamped: readonly Organization[]
  readonly people: readonly Written<Person>[]
  readonly rows: readonly WrittenRow[]
  readonly events: readonly Pick<Change['events'][number], 'tenant' | 'record' | 'version'>[]
  readonly eventTexts: readonly string[]
  /** Events that are there, as they shall be. */
  readonly blanked: readonly { readonly seq: number; readonly text: string }[]
  readonly objects: readonly (StoredObject & { readonly tenant: string; readonly text: string })[]
  /** Objects that go, before those that come. */
  readonly swept: readonly ObjectName[]
  readonly settings: readonly (SettingsEntry & { readonly version: number })[]
  readonly numbers: readonly { readonly tenant: string; readonly sequence: string; readonly last: number }[]
}

export function textsOf({ organization, people, events }: Change): Texts {
  // Copied whole, which is faster than without one part; what is undefined is left out of the text.
  const documentOf = (document: Organization) => JSON.stringify({ ...document, people: undefined })
  return {
    organization: organization === undefined ? undefined : documentOf(organization.after),
    people: people.map(({ after }) => JSON.stringify(after)),
    events: events.map((event) => JSON.stringify(event)),
  }
}

/** Puts together what the deeds make of each row, one after another. */
export function rowsOf(deeds: readonly Deed[]): Rows {
  const organizations = new Map<string, Written<Organization>>()
  const stamped = new Map<string, Organization>()
  const people = new Map<string, Written<Person>>()
  const rows = new Map<string, WrittenRow>()
  const events: Change['events'][number][] = []
  const eventTexts: string[] = []
  const blanked = new Map<number, Rows['blanked'][number]>()
  const objects = new Map<string, Rows['objects'][number]>()
  const swept: ObjectName[] = []
  const settings = new Map<string, Rows['settings'][number]>()
  const numbers = new Map<string, Rows['numbers'][number]>()

  function addRows(tenant: string, { removed, added }: IndexChange, from: string, to: string): void {
    for (const { kind, key } of removed) addRow(tenant, from, kind, key, undefined)
    for (const { kind, key, part } of added) addRow(tenant, to, kind, key, part)
  }

  function addRow(
    tenant: string,
    organization: string,
    kind: string,
    key: string,
    part: IndexRow['part'] | undefined,
  ): void {
    const name = nameOf(tenant, organization, kind, key)
    const before = rows.get(name)
    // A row that came a moment ago is not stored yet.
    const isRemoved = before === undefined ? part === undefined : before.isRemoved
    rows.set(name, { tenant, organization, kind, key, isRemoved, part })
  }

  function addChange({ organization, people: changed, peopleOf, events: told }: Change, texts: Texts): void {
    if (organization !== undefined) {
      const { after, before, index } = organization
      const name = nameOf(after.tenant, after.id)
      const first = organizations.get(name)
      // The stamp of an organization that is not stored yet stays what the last of its stamps was.
      const isNew = first?.before === 0
      const kept = isNew ? { ...after, people: first.after.people } : after
      organizations.set(name, {
        before: first?.before ?? before,
        after: kept,
        text: texts.organization ?? '',
      })
      if (index !== undefined) addRows(after.tenant, index, after.id, after.id)
    }
    for (const [at, { after, before, index }] of changed.entries()) {
      const name = nameOf(after.tenant, after.id)
      people.set(name, { before: people.get(name)?.before ?? before, after, text: texts.people[at] ?? '' })
      if (index !== undefined) addRows(after.tenant, index, index.from, after.organization)
    }
    if (peopleOf !== undefined && organization?.before !== 0) {
      const name = nameOf(peopleOf.tenant, peopleOf.id)
      const fresh = organizations.get(name)
      if (fresh?.before === 0)
        organizations.set(name, { ...fresh, after: { ...fresh.after, people: peopleOf.people } })
      else stamped.set(name, peopleOf)
    }
    events.push(...told)
    eventTexts.push(...texts.events)
  }

  for (const deed of deeds) {
    switch (deed.kind) {
      case 'change':
        addChange(deed.change, deed.texts)
        break
      case 'index':
        addRows(deed.tenant, deed.change, deed.organization, deed.organization)
        break
      case 'blank':
        for (const { seq, ...document } of deed.events)
          blanked.set(seq, { seq, text: JSON.stringify(document) })
        break
      case 'object': {
        const { tenant, object, text } = deed
        objects.set(nameOf(tenant, object.kind, object.id), { ...object, tenant, text })
        break
      }
      case 'sweep':
        swept.push(...deed.objects)
        break
      case 'settings':
        for (const entry of deed.entries)
          settings.set(nameOf(entry.kind, entry.tenant, entry.id), { ...entry, version: deed.version })
        break
      case 'number':
        numbers.set(nameOf(deed.tenant, deed.sequence), deed)
        break
    }
  }
  return {
    organizations: [...organizations.values()],
    stamped: [...stamped.values()],
    people: [...people.values()],
    rows: [...rows.values()],
    events,
    eventTexts,
    blanked: [...blanked.values()],
    objects: [...objects.values()],
    swept,
    settings: [...settings.values()],
    numbers: [...numbers.values()],
  }
}

function nameOf(first: string, ...words: readonly string[]): string {
  let name = first
  for (const word of words) name += `\n${word}`
  return name
}
