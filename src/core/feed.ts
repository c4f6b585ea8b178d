import type { Asker } from './command.ts'
import type { Event } from './event.ts'
import { readable } from './history.ts'
import type { Grant } from './policy.ts'
import { FULL_GRANT, mayEverywhere } from './policy.ts'
import type { Ports } from './ports.ts'
import { grantFor, mayRead } from './sight.ts'
import type { Reader } from './store.ts'

/** A piece of the log as one asker may see it. */
export interface Changes {
  /** By `seq`. */
  readonly events: readonly Event[]
  /** Where to go on: the last event that was looked at, shown or not; `after` itself when there was none. */
  readonly last: number
  /** Whether the end of the log was reached. */
  readonly isEnd: boolean
}

/** The events after `after`, as many as `limit` of them looked at, each with what the asker may read of it. */
export async function changes(
  { store, known, matches }: Pick<Ports, 'store' | 'known' | 'matches'>,
  asker: Asker,
  after: number,
  limit: number,
): Promise<Changes> {
  return store.read(async (reader) => {
    const events = await reader.events(after, limit)
    const grants = new Map<string, Grant | undefined>()
    const shown: Event[] = []
    for (const event of events) {
      if (event.tenant !== asker.tenant) continue
      const grant = asker.principal?.superuser ? FULL_GRANT : await grantOn(reader, event)
      const told = grant && readable(event, grant, await sees(reader, grant, event))
      if (told !== undefined) shown.push(told)
    }
    return { events: shown, last: events.at(-1)?.seq ?? after, isEnd: events.length < limit }

    /** Whether the one that an event of a person is about may be seen: those may be that the asker made. */
    async function sees(of: Reader, grant: Grant, event: Event): Promise<boolean> {
      if (event.recordKind !== 'person' || grant.isFull || grant.rightTo('people') !== 'none') return true
      const [created] = await of.history(event.tenant, event.record, 2, 1)
      return created !== undefined && grant.sees({ version: event.version, created })
    }

    /** What the asker may do with the organization that an event is about; undefined when they may not read it. */
    async function grantOn(of: Reader, event: Event): Promise<Grant | undefined> {
      const { tenant, recordKind, record } = event
      if (recordKind === 'principal' || recordKind === 'role')
        return mayEverywhere(asker.principal, 'access.manage', known.catalogue(tenant))
          ? FULL_GRANT
          : undefined
      const id = recordKind === 'organization' ? record : await of.homeOf(tenant, { id: record })
      if (id === undefined) return undefined
      if (grants.has(id)) return grants.get(id)
      const dossier = await of.dossier({ tenant, id }, 'none')
      const catalogue = known.catalogue(tenant)
      const grant =
        dossier === undefined ? undefined : grantFor(dossier.organization, asker, catalogue, matches)
      const isReadable =
        dossier !== undefined && grant !== undefined && mayRead(dossier.organization, asker, grant, catalogue)
      grants.set(id, isReadable ? grant : undefined)
      return grants.get(id)
    }
  })
}
