import type { Dossier, People } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { OrganizationKey, PersonKey } from '../../core/store.ts'
import { askedOf } from '../shared/people.ts'

/** Organizations that are kept from one turn to the next, and the most text that one may have (UTF-16 units): some 50 MB in all. */
const KEPT = 1_000
const LENGTH_LIMIT = 65_536

/** Sequences that are kept. */
const KEPT_NUMBERS = 64

/** An organization as the turn that is under way finds it. */
export interface Entry {
  readonly tenant: string
  readonly id: string
  readonly number: number
  readonly version: number
  readonly stamp: Organization['people']
  /** With its stamp. */
  readonly organization: () => Organization
  /** Those that are not deleted, by number; undefined where they are too many. */
  readonly people: readonly PersonEntry[] | undefined
  /** Of its documents, in UTF-16 units. */
  readonly length: number
}

export interface PersonEntry {
  readonly id: string
  readonly number: number
  readonly version: number
  /** Of its document, in UTF-16 units. */
  readonly length: number
  readonly person: () => Person
}

interface Held {
  readonly entry: Entry
  /** The last turn that found or made it so. */
  readonly turn: number
}

interface HeldNumber {
  readonly tenant: string
  readonly sequence: string
  readonly last: number
  readonly turn: number
}

/**
 * What the connection that writes has read and written lately, so that the next turn need not read it again. Whether it
 * still holds is the turn's to say: nothing here is used before.
 */
export interface Memory {
  /**
   * A turn begins. `changed`: records that others have written since the one before, by tenant and id, with all organizations
   * that they concern; undefined where that is not known.
   */
  begin(changed: readonly (readonly [string, string])[] | undefined): void
  /** What is known in this turn; `absent` when there is none, undefined when it has to be asked. */
  find(key: OrganizationKey): Entry | 'absent' | undefined
  /** The last that was known, which may not hold any more. */
  guess(key: OrganizationKey): { readonly entry: Entry; readonly isSure: boolean } | undefined
  /** It was written. */
  put(entry: Entry): void
  /** It was read. */
  learn(entry: Entry): void
  putAbsent(key: OrganizationKey): void
  /** Whether it was written, or dropped, in a batch that is not settled: what is stored is not what the turn knows. */
  isTouched(key: OrganizationKey): boolean
  /** A batch is on its way to the engine: what is touched from now on belongs to the next one. */
  launch(): void
  /** What was on its way is stored. */
  settle(): void
  /** It was found to hold in this turn. */
  confirm(entry: Entry): void
  drop(tenant: string, id: string): void
  /** The organization in which a person was found in this turn. */
  homeOf(tenant: string, person: string): Entry | undefined
  /** The version of a person who is not in what is known of an organization, as this turn found it. */
  personVersion(tenant: string, id: string): number | undefined
  putPersonVersion(tenant: string, id: string, version: number): void
  number(tenant: string, sequence: string): number | undefined
  putNumber(tenant: string, sequence: string, last: number): void
  /** Sequences that were used lately, to be asked for again. */
  numbers(): readonly Pick<HeldNumber, 'tenant' | 'sequence'>[]
  /** Whatever changes from now on can be taken back. */
  mark(): void
  /** Makes everything what it was at the mark. */
  undo(): void
  /** Adds to what `undo` does. */
  undoing(step: () => void): void
  /** Forgets what is too much to be kept. */
  prune(): void
  clear(): void
}

export function createMemory(): Memory {
  const entries = new Map<string, Held>()
  const ids = new Map<string, string>()
  const absent = new Map<string, true>()
  const versions = new Map<string, number>()
  const sequences = new Map<string, HeldNumber>()
  let turn = 0
  /** What was last found to hold before this turn may not hold any more. */
  let since = 0
  let journal: (() => void)[] = []
  /** Names of what the batch that runs has touched, and those before it that may not be stored yet. */
  let touched = new Set<string>()
  let launched = new Set<string>()

  function change<V>(map: Map<string, V>, name: string, value: V | undefined): void {
    const before = map.get(name)
    journal.push(() => replace(map, name, before))
    replace(map, name, value)
  }

  /** At the end of the map: the first ones are those that were used the longest time ago. */
  function replace<V>(map: Map<string, V>, name: string, value: V | undefined): void {
    map.delete(name)
    if (value !== undefined) map.set(name, value)
  }

  const idOf = ({ tenant, id, number }: OrganizationKey) => id ?? ids.get(nameOf(tenant, `#${number}`))

  const held = (key: OrganizationKey) => {
    const id = idOf(key)
    return id === undefined ? undefined : entries.get(nameOf(key.tenant, id))
  }

  function learn(entry: Entry): void {
    const { tenant, id, number } = entry
    change(entries, nameOf(tenant, id), { entry, turn })
    change(ids, nameOf(tenant, `#${number}`), id)
    if (absent.size === 0) return
    for (const key of [{ id }, { number }]) change(absent, absentName({ tenant, ...key }), undefined)
  }

  function forget(changed: readonly (readonly [string, string])[]): void {
    const names = new Set(changed.map(([tenant, id]) => nameOf(tenant, id)))
    for (const [name, { entry }] of entries) {
      const { tenant, people = [] } = entry
      if (names.has(name) || people.some(({ id }) => names.has(nameOf(tenant, id)))) entries.delete(name)
    }
  }

  return {
    begin(changed) {
      turn += 1
      if (changed === undefined) since = turn
      else if (changed.length > 0) forget(changed)
      absent.clear()
      versions.clear()
      journal = []
      touched = new Set()
      launched = new Set()
    },
    find(key) {
      const found = held(key)
      if (found !== undefined) return found.turn >= since ? found.entry : undefined
      return absent.has(absentName(key)) ? 'absent' : undefined
    },
    guess(key) {
      const found = held(key)
      return found && { entry: found.entry, isSure: found.turn >= since }
    },
    put(entry) {
      touched.add(nameOf(entry.tenant, entry.id))
      learn(entry)
    },
    learn,
    isTouched(key) {
      const name = nameOf(key.tenant, idOf(key) ?? '')
      return touched.has(name) || launched.has(name)
    },
    launch() {
      launched = launched.size === 0 ? touched : launched.union(touched)
      touched = new Set()
    },
    settle() {
      launched = new Set()
    },
    putAbsent: (key) => change(absent, absentName(key), true),
    confirm: (entry) => change(entries, nameOf(entry.tenant, entry.id), { entry, turn }),
    drop(tenant, id) {
      touched.add(nameOf(tenant, id))
      change(entries, nameOf(tenant, id), undefined)
    },
    homeOf(tenant, person) {
      for (const { entry, turn: at } of entries.values()) {
        if (at >= since && entry.tenant === tenant && entry.people?.some(({ id }) => id === person))
          return entry
      }
      return undefined
    },
    personVersion: (tenant, id) => versions.get(nameOf(tenant, id)),
    putPersonVersion: (tenant, id, version) => change(versions, nameOf(tenant, id), version),
    number(tenant, sequence) {
      const found = sequences.get(nameOf(tenant, sequence))
      return found !== undefined && found.turn >= since ? found.last : undefined
    },
    putNumber: (tenant, sequence, last) =>
      change(sequences, nameOf(tenant, sequence), { tenant, sequence, last, turn }),
    numbers: () => [...sequences.values()],
    mark() {
      journal = []
    },
    undo() {
      for (const step of journal.reverse()) step()
      journal = []
    },
    undoing(step) {
      journal.push(step)
    },
    prune() {
      for (const [name, { entry }] of entries) {
        if (entries.size <= KEPT && entry.length <= LENGTH_LIMIT) continue
        // One that is not stored yet stays until it is: only what is known tells its version.
        if (touched.has(name)) continue
        entries.delete(name)
        ids.delete(nameOf(entry.tenant, `#${entry.number}`))
      }
      if (absent.size > KEPT) absent.clear()
      if (versions.size > KEPT) versions.clear()
      for (const name of sequences.keys()) if (sequences.size > KEPT_NUMBERS) sequences.delete(name)
    },
    clear() {
      for (const known of [entries, ids, absent, versions, sequences, touched, launched]) known.clear()
      journal = []
    },
  }
}

/** The dossier with the people asked for; undefined where they have to be read. */
export function dossierIn(entry: Entry, people: People, focus: PersonKey | undefined): Dossier | undefined {
  const organization = entry.organization()
  if (people === 'none' || (people === 'focus' && focus === undefined)) return { organization, people: [] }
  if (entry.people === undefined) return undefined
  return {
    organization,
    people: askedOf(entry.people, organization, people, focus).map(({ person }) => person()),
  }
}

/** Read when it is first asked for, and then the same object. */
export function lazily<T>(read: () => T): () => T {
  let found: { readonly value: T } | undefined
  return () => {
    found ??= { value: read() }
    return found.value
  }
}

function nameOf(tenant: string, id: string): string {
  return `${tenant}\n${id}`
}

function absentName({ tenant, id, number }: OrganizationKey): string {
  return nameOf(tenant, id ?? `#${number}`)
}
