import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Change } from '../../core/store.ts'
import type { Texts } from './deeds.ts'
import type { Entry, Memory, PersonEntry } from './memory.ts'
import { lazily } from './memory.ts'

/** Makes what is known what it will be when the change is written. */
export function remember(memory: Memory, { organization, people, peopleOf }: Change, texts: Texts): void {
  const known = (tenant: string, id: string): Entry | undefined => {
    const entry = memory.find({ tenant, id })
    return entry === 'absent' ? undefined : entry
  }

  if (organization !== undefined) {
    const { after, before } = organization
    const entry = known(after.tenant, after.id)
    if (before === 0 || entry !== undefined) memory.put(withDocument(entry, after, texts.organization ?? ''))
  }
  for (const [at, { after, before }] of people.entries()) {
    const { tenant, id } = after
    memory.putPersonVersion(tenant, id, after.version)
    const home = known(tenant, after.organization)
    const isAtHome = home?.people?.some((person) => person.id === id) ?? false
    const left = before === 0 || isAtHome ? undefined : memory.homeOf(tenant, id)
    if (left !== undefined) memory.drop(tenant, left.id)
    if (home?.people !== undefined) memory.put(withPerson(home, home.people, after, texts.people[at] ?? ''))
    else memory.drop(tenant, after.organization)
  }
  if (peopleOf !== undefined) {
    const entry = known(peopleOf.tenant, peopleOf.id)
    if (entry !== undefined) memory.put(withStamp(entry, peopleOf.people))
  }
}

/** Of one that is there already, people and their stamp stay as they are. */
function withDocument(entry: Entry | undefined, after: Organization, text: string): Entry {
  const { tenant, id, number, version } = after
  const stamp = entry?.stamp ?? after.people
  return {
    tenant,
    id,
    number,
    version,
    stamp,
    // The same object as was written: what is made of it may be kept beside it.
    organization: after.people === stamp ? () => after : lazily(() => ({ ...after, people: stamp })),
    people: entry === undefined ? [] : entry.people,
    length: text.length + sum(entry?.people ?? []),
  }
}

function withPerson(entry: Entry, people: readonly PersonEntry[], after: Person, text: string): Entry {
  const others = people.filter(({ id }) => id !== after.id)
  const { id, number, version } = after
  const person = {
    id,
    number,
    version,
    length: text.length,
    person: () => after,
  }
  const all =
    after.state === 'deleted' ? others : [...others, person].sort((left, right) => left.number - right.number)
  return { ...entry, people: all, length: entry.length - sum(people) + sum(all) }
}

function withStamp(entry: Entry, stamp: Organization['people']): Entry {
  return { ...entry, stamp, organization: lazily(() => ({ ...entry.organization(), people: stamp })) }
}

function sum(people: readonly PersonEntry[]): number {
  return people.reduce((total, { length }) => total + length, 0)
}
