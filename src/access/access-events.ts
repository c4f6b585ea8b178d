import type { KeyEntry } from '../core/access-desk.ts'
import { isSame } from '../core/dossier.ts'
import type { Event } from '../core/event.ts'
import type { Principal, Role } from '../core/principal.ts'

/** What of a principal or a role its events tell; of secrets, that there are some. */
export type Told = Readonly<Record<string, unknown>>

/** What happened to one of them. */
export interface Happening {
  readonly subject: 'principal' | 'role'
  readonly id: string
  readonly before: Told | undefined
  readonly after: Told | undefined
}

/** Undefined when nothing that is told has changed. */
export function eventOf(
  { subject, id, before, after }: Happening,
  stamp: Pick<Event, 'id' | 'at' | 'tenant' | 'by' | 'via' | 'commandId' | 'version'>,
): Omit<Event, 'seq'> | undefined {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const parts = names
    .filter((name) => !isSame(before?.[name], after?.[name]))
    .map((name) => [name, [before?.[name], after?.[name]]] as const)
  if (parts.length === 0) return undefined
  const kind = before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed'
  const record = recordOf(subject, id)
  return { ...stamp, kind, recordKind: subject, record, parts: Object.fromEntries(parts) }
}

/** What no id of a record can be; below `access/`, the path of what it is about. */
export function recordOf(subject: Happening['subject'], id: string): string {
  return `${subject}s/${encodeURIComponent(id)}`
}

/** @param password whether there is one, or since when */
export function toldOfPrincipal(
  { name, kind, email, superuser, roles, state }: Principal,
  keys: readonly KeyEntry[],
  password: unknown,
): Told {
  return present({
    name,
    kind,
    email,
    superuser,
    roles,
    state,
    keys: keys.length === 0 ? undefined : keys,
    password,
  })
}

export function toldOfRole({ permissions, where, parts }: Role): Told {
  return present({ permissions, where, parts })
}

function present(told: Told): Told {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
}
