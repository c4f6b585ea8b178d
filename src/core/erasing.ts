import { requirePrincipal, requireRights } from './authority.ts'
import type { Forgettings, Somebody } from './blanking.ts'
import {
  blankedEvent,
  blankedPerson,
  createSomebody,
  facetsWithoutCopies,
  mentionsIn,
  withoutCopies,
} from './blanking.ts'
import { settle } from './change.ts'
import type { Asker } from './command.ts'
import type { Dossier } from './dossier.ts'
import { isSame } from './dossier.ts'
import type { Event } from './event.ts'
import { backwards } from './history.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Ports } from './ports.ts'
import { notFound } from './problem.ts'
import { forbidden, grantFor } from './sight.ts'
import type { Change, PersonKey, Transactor } from './store.ts'
import { homesIn, selvesOf } from './twins.ts'

/** What an erasure took away. */
export interface Erasure {
  /** The records of the one human, the one that was named first. */
  readonly people: readonly Pick<Person, 'id' | 'number'>[]
  /** Records that were written as by any other command. */
  readonly records: number
  /** Events that were blanked. */
  readonly events: number
  /** Answers that were kept for whoever asks again. */
  readonly answers: number
  /** Organizations that have an address of theirs as their own, or say it in a text, and in which parts: it stays. */
  readonly mentions: readonly { readonly organization: number; readonly parts: readonly string[] }[]
}

/**
 * Erases a person, in one transaction: their records stay as empty shells, deleted and without roles; their values go from every
 * event, from what organizations repeat of them, and from answers that are kept. Whoever became one with them in a merge
 * goes with them. A second time it finds nothing.
 * @throws Problem not-found, forbidden, parts-forbidden
 */
export async function executeErasure(
  ports: Ports,
  transactor: Transactor,
  asker: Asker,
  key: PersonKey,
  forgettings: Forgettings,
): Promise<Erasure> {
  await ports.known.follow(transactor)
  requirePrincipal(asker, 'people.edit')
  const { tenant } = asker
  const home = await transactor.homeOf(tenant, key)
  const named = home === undefined ? undefined : (await transactor.everyone(tenant, home)).find(isNamed(key))
  if (home === undefined || named === undefined) throw notFound('person', 'id' in key ? key.id : key.number)

  const { somebody, learn } = createSomebody()
  const selves = await selvesOf(transactor, { tenant, id: home }, named.id)
  for (const { events } of selves) for (const event of events) learn(event)
  const counts = { records: 0, events: 0, answers: 0 }
  for (const { events } of selves) counts.events += await blank(transactor, events, blankedEvent)
  const concerned = new Set(selves.flatMap(({ person, events }) => [person.organization, ...homesIn(events)]))
  const forget = (event: Event) => withoutCopies(event, forgettings, somebody)
  const mentions: Erasure['mentions'][number][] = []
  // It grows by what they were merged into, which may have taken over what was said of people.
  for (const id of concerned) {
    const parts = new Set<string>()
    for await (const event of backwards(transactor, { tenant, id })) {
      counts.events += await blank(transactor, [event], forget)
      for (const part of mentionsIn(forget(event), somebody)) parts.add(part)
      const into = event.parts['mergedInto']?.[1]
      if (typeof into === 'string') concerned.add(into)
    }
    const organization = (await transactor.dossier({ tenant, id }, 'none'))?.organization
    if (organization !== undefined && parts.size > 0)
      mentions.push({ organization: organization.number, parts: [...parts].sort() })
  }
  const erased = new Set(selves.map(({ person }) => person.id))
  const commandId = ports.newId()
  for (const id of concerned)
    counts.records += await withdraw(ports, transactor, asker, {
      id,
      erased,
      commandId,
      somebody,
      forgettings,
    })
  for (const { answers } of Object.values(forgettings)) {
    for (const id of answers === undefined ? [] : erased) {
      for (const object of await transactor.objectsNaming(tenant, answers?.kind ?? '', id)) {
        await transactor.saveObject(tenant, { ...object, value: answers?.blanked(object.value) })
        counts.answers += 1
      }
    }
  }
  return { people: selves.map(({ person: { id, number } }) => ({ id, number })), ...counts, mentions }
}

interface Withdrawal {
  /** Of an organization. */
  readonly id: string
  readonly erased: ReadonlySet<string>
  readonly commandId: string
  readonly somebody: Somebody
  readonly forgettings: Forgettings
}

/** What every API and the feed are told: those people are gone, with their roles and what was repeated of them. Gives how many records changed. */
async function withdraw(
  { known, matches, now, newId, indexers }: Ports,
  transactor: Transactor,
  asker: Asker,
  { id, erased, commandId, somebody, forgettings }: Withdrawal,
): Promise<number> {
  const { tenant } = asker
  const organization = (await transactor.dossier({ tenant, id }, 'none'))?.organization
  if (organization === undefined) return 0
  const before: Dossier = { organization, people: await transactor.everyone(tenant, id) }
  const proposal: Dossier = {
    organization: {
      ...organization,
      roles: rolesWithout(organization, erased),
      facets: facetsWithoutCopies(organization.facets, forgettings, somebody),
    },
    people: before.people.map((person) => (erased.has(person.id) ? unlessSame(person) : person)),
  }
  const writer = requirePrincipal(asker, 'people.edit')
  const stamping = { at: now(), by: writer.id, via: asker.via, commandId, newId, numbers: [], indexers }
  const { change } = settle(before, proposal, stamping)
  if (change === undefined) return 0
  const grant = grantFor(organization, asker, known.catalogue(tenant), matches)
  if (!grant.may('people.edit')) throw forbidden('people.edit', writer, id)
  requireRights(before, proposal, grant, writer)
  await transactor.save({ ...change, events: change.events.map(toldOf(forgettings, somebody)) })
  return change.events.length
}

/** What was said is told by the events that withdraw it no more than by those before. */
function toldOf(forgettings: Forgettings, somebody: Somebody) {
  return (event: Change['events'][number]) =>
    event.recordKind === 'person' ? blankedEvent(event) : withoutCopies(event, forgettings, somebody)
}

function unlessSame(person: Person): Person {
  const blank = blankedPerson(person)
  return isSame(blank, person) ? person : blank
}

function rolesWithout({ roles }: Organization, erased: ReadonlySet<string>): Organization['roles'] {
  const kept = Object.entries(roles).filter(([, holder]) => !erased.has(holder))
  return kept.length === Object.keys(roles).length ? roles : Object.fromEntries(kept)
}

/** Gives how many of the events say less now. */
async function blank(
  transactor: Transactor,
  events: readonly Event[],
  remains: (event: Event) => Event,
): Promise<number> {
  const blanked = events
    .map((event) => [event, remains(event)] as const)
    .filter(([before, after]) => !isSame(asKept(before), asKept(after)))
    .map(([, after]) => after)
  await transactor.blank(blanked)
  return blanked.length
}

/** As it is read again. */
function asKept(event: Event): unknown {
  return JSON.parse(JSON.stringify(event.parts))
}

function isNamed(key: PersonKey): (person: Person) => boolean {
  return ({ id, number }) => ('id' in key ? id === key.id : number === key.number)
}
