import type { AccessDesk } from '../core/access-desk.ts'
import type { Asker } from '../core/command.ts'
import type { Known } from '../core/known.ts'
import { mayEverywhere } from '../core/policy.ts'
import type { Principal } from '../core/principal.ts'
import { PERMISSIONS } from '../core/principal.ts'
import { notFound, Problem, problem } from '../core/problem.ts'
import type { SettingsEntry } from '../core/settings.ts'
import type { Store, Transactor } from '../core/store.ts'
import type { Happening } from './access-events.ts'
import { eventOf, recordOf } from './access-events.ts'
import { keyDeeds } from './desk-keys.ts'
import { principalDeeds } from './desk-principals.ts'
import { roleDeeds } from './desk-roles.ts'
import { beyond } from './desk-rules.ts'
import { mayMake } from './giving.ts'

export interface DeskPorts {
  readonly store: Store
  readonly known: Known
  /** Whether something can be a role's `where`. */
  readonly isReadable: (where: string) => boolean
  /** UTC, milliseconds. */
  readonly now: () => string
  readonly newId: () => string
}

/** What a deed writes, and what is told of it. */
export interface Deed<T> {
  readonly answer: T
  readonly entries: readonly SettingsEntry[]
  readonly happening: Happening
}

/** What all deeds of the desk begin with. */
export interface DeskWork extends DeskPorts {
  /** @throws Problem forbidden */
  requireManager(asker: Asker): Principal
  /** @throws Problem not-found */
  find(asker: Asker, id: string): Principal
  /** Somebody who has no more than the manager. @throws Problem not-found, refused (beyond-rights) */
  findManaged(asker: Asker, manager: Principal, id: string): Principal
  /** Runs a deed on the latest settings. */
  change<T>(
    asker: Asker,
    decide: (manager: Principal, tx: Transactor, at: string) => Promise<Deed<T>>,
  ): Promise<T>
}

/**
 * Changes who may do what, in one transaction with the event that tells of it. Nobody gives what they do not have, or touches
 * who has more than they; somebody always stays who may do everything.
 */
export function createAccessDesk(ports: DeskPorts): AccessDesk {
  const work = deskWork(ports)
  return { standing, ...principalDeeds(work), ...keyDeeds(work), ...roleDeeds(work) }

  function standing({ principal, tenant }: Asker) {
    if (principal === undefined) throw problem('forbidden', { action: 'access.manage', principal: '' })
    const catalogue = ports.known.catalogue(tenant)
    const roles = principal.roles.map((id) => catalogue.role(id)).filter((role) => role !== undefined)
    const permissions = PERMISSIONS.filter((permission) => mayEverywhere(principal, permission, catalogue))
    return { principal, permissions, roles }
  }
}

function deskWork(ports: DeskPorts): DeskWork {
  const { store, known, now, newId } = ports

  /** As the settings have them now: rights that were taken meanwhile are not used. */
  function requireManager({ principal: asking, tenant }: Asker): Principal {
    const principal = asking && (known.principal(asking.id) ?? asking)
    const isManager = mayEverywhere(principal, 'access.manage', known.catalogue(tenant))
    if (principal !== undefined && principal.state === undefined && isManager) return principal
    throw problem('forbidden', { action: 'access.manage', principal: principal?.id ?? '' })
  }

  async function change<T>(
    asker: Asker,
    decide: (manager: Principal, tx: Transactor, at: string) => Promise<Deed<T>>,
  ): Promise<T> {
    try {
      const answer = await store.transact(async (tx) => {
        await known.follow(tx)
        const manager = requireManager(asker)
        const at = now()
        const deed = await decide(manager, tx, at)
        const { subject, id } = deed.happening
        const { tenant, via } = asker
        const event = eventOf(deed.happening, {
          id: newId(),
          at,
          tenant,
          by: manager.id,
          via,
          commandId: newId(),
          version: 0,
        })
        if (event === undefined) return deed.answer
        await tx.saveSettings(deed.entries)
        const version = await tx.nextNumber(tenant, recordOf(subject, id))
        await tx.save({ people: [], events: [{ ...event, version }] })
        return deed.answer
      })
      await store.read((reader) => known.follow(reader))
      return answer
    } catch (fault) {
      // After a commit that failed, the copy may know what never was.
      if (fault instanceof Problem && fault.is('store-unavailable')) known.forget()
      throw fault
    }
  }

  function find({ tenant }: Asker, id: string): Principal {
    const principal = known.principal(id)
    if (principal === undefined || principal.tenant !== tenant || principal.state === 'deleted')
      throw notFound('principal', id)
    return principal
  }

  function findManaged(asker: Asker, manager: Principal, id: string): Principal {
    const principal = find(asker, id)
    if (!mayMake(manager, principal, known.catalogue(asker.tenant))) throw beyond(`principal ${id}`)
    return principal
  }

  return { ...ports, requireManager, change, find, findManaged }
}
