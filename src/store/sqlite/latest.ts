import type { DatabaseSync } from 'node:sqlite'
import type { Dossier, People } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Change, OrganizationKey, PersonKey } from '../../core/store.ts'
import { askedOf } from '../shared/people.ts'
import { createDossiers } from './dossiers.ts'
import { statementsOf } from './statements.ts'

/** Organizations that are known, the most text that one of them may have (UTF-16 units), and people: some 20 MB in all. */
const KEPT = 500
const LENGTH_LIMIT = 32_768
const FEW_PEOPLE = 20

interface Entry {
  readonly organization: Organization
  readonly key: number
  /** Those who are not deleted, by number, unless they are many; undefined until somebody asks again. */
  readonly people?: readonly Person[] | 'many'
}

/**
 * What the connection that writes has read and written lately, so that whoever writes to the same organization again need
 * not read it again: nobody else writes on this connection, and whether somebody else wrote at all is asked once for each
 * transaction.
 */
export interface Latest {
  /** A transaction has begun. */
  begin(): void
  dossier(key: OrganizationKey, people: People, focus?: PersonKey): Dossier | undefined
  /** Row of an organization that is known. */
  keyOf(tenant: string, id: string): number | undefined
  /** What was written. @param length of the organization's document, in UTF-16 units */
  written(change: Change, length: number): void
  /** That of the settings. */
  settingsVersion(): number
  settingsWritten(): void
  /** Something that was written is taken back. */
  forget(): void
}

/** @see https://www.sqlite.org/pragma.html#pragma_data_version */
export function createLatest(database: DatabaseSync): Latest {
  const statement = statementsOf(database)
  const dossiers = createDossiers(database)
  const entries = new Map<string, Entry>()
  const ids = new Map<string, string>()
  let state: unknown
  let settings: number | undefined

  function keep(name: string, entry: Entry): void {
    entries.delete(name)
    if (entries.size >= KEPT) forgetOne(entries.keys().next().value ?? '')
    entries.set(name, entry)
    ids.set(nameOf(entry.organization.tenant, `#${entry.organization.number}`), name)
  }

  function forgetOne(name: string): void {
    const entry = entries.get(name)
    if (entry === undefined) return
    entries.delete(name)
    ids.delete(nameOf(entry.organization.tenant, `#${entry.organization.number}`))
  }

  function forget(): void {
    entries.clear()
    ids.clear()
    settings = undefined
  }

  function ofEntry(name: string, entry: Entry, people: People, focus?: PersonKey): Dossier | undefined {
    const { organization } = entry
    if (people === 'none' || (people === 'focus' && focus === undefined)) return { organization, people: [] }
    const all = entry.people ?? dossiers.few(organization, FEW_PEOPLE) ?? 'many'
    if (entry.people === undefined) entries.set(name, { ...entry, people: all })
    return all === 'many' ? undefined : { organization, people: askedOf(all, organization, people, focus) }
  }

  function withPeople(entry: Entry, saved: Change['people']): Entry['people'] {
    if (entry.people === undefined || entry.people === 'many' || saved.length === 0) return entry.people
    const isSaved = ({ id }: Person) => saved.some(({ after }) => after.id === id)
    const own = saved
      .map(({ after }) => after)
      .filter(({ state, organization }) => state !== 'deleted' && organization === entry.organization.id)
    const all = [...entry.people.filter((person) => !isSaved(person)), ...own]
    return all.length > FEW_PEOPLE ? 'many' : all.sort((left, right) => left.number - right.number)
  }

  /** Whether somebody was, or is, one of another organization's people than the one that is written with them. */
  function isElsewhere({ after, before }: Change['people'][number], name: string | undefined, id?: string) {
    if (after.organization !== id) return true
    const isKnownIn = (entry: Entry | undefined) =>
      Array.isArray(entry?.people) && entry.people.some((person) => person.id === after.id)
    if (before === 0 || (name !== undefined && isKnownIn(entries.get(name)))) return false
    return entries.values().some(isKnownIn)
  }

  return {
    begin() {
      const now = statement('pragma data_version').get()?.['data_version']
      if (now !== state) forget()
      state = now
    },
    dossier(key, people, focus) {
      const name =
        key.id === undefined ? ids.get(nameOf(key.tenant, `#${key.number}`)) : nameOf(key.tenant, key.id)
      const entry = name === undefined ? undefined : entries.get(name)
      const known =
        name === undefined || entry === undefined ? undefined : ofEntry(name, entry, people, focus)
      if (known !== undefined) return known
      const read = dossiers.load(key, people, focus)
      if (read === undefined || entry !== undefined || read.length > LENGTH_LIMIT) return read?.dossier
      const { organization } = read.dossier
      keep(nameOf(organization.tenant, organization.id), { organization, key: read.key })
      return read.dossier
    },
    keyOf: (tenant, id) => entries.get(nameOf(tenant, id))?.key,
    written({ organization, people, peopleOf }, length) {
      const after = peopleOf ?? organization?.after
      const name = after && nameOf(after.tenant, after.id)
      if (people.some((person) => isElsewhere(person, name, after?.id))) return forget()
      const before = name === undefined ? undefined : entries.get(name)
      if (after === undefined || name === undefined || before === undefined) return
      if (length > LENGTH_LIMIT) return forgetOne(name)
      const all = withPeople(before, people)
      const saved = organization?.after ?? before.organization
      const current = saved.people === after.people ? saved : { ...saved, people: after.people }
      keep(name, { organization: current, key: before.key, ...(all !== undefined && { people: all }) })
    },
    settingsVersion() {
      settings ??= Number(statement('select version from settings_version').get()?.['version'])
      return settings
    },
    settingsWritten() {
      settings = undefined
    },
    forget,
  }
}

function nameOf(tenant: string, id: string): string {
  return `${tenant}\n${id}`
}
