import type { Bag, CardAddress, IdMap, Localization } from '../wire.ts'
import { KEYS } from '../wire.ts'

/** What a record says in one language besides its main one. */
export interface Translation {
  readonly name?: string
  readonly description?: string
  readonly addresses: IdMap<CardAddress>
}

/** What of a localization the record has a place for, and the rest of it. */
export interface ReadLocalization extends Translation {
  readonly rest: Localization
}

const DESCRIPTION = `notes/${KEYS.description}`

/**
 * The localization that shows a translation. What it is set into must be there already, so a map that the Card lacks is set
 * whole. @see RFC 9553 §1.3.4, §2.7.1
 */
export function localizationOf(
  { name, description, addresses }: Translation,
  has: { readonly notes: boolean; readonly addresses: boolean },
  rest: Localization = {},
): Localization {
  const note = description === undefined ? undefined : { note: description }
  return {
    ...(name !== undefined && { 'name/full': name }),
    ...(note !== undefined &&
      (has.notes ? { [DESCRIPTION]: note } : { notes: { [KEYS.description]: note } })),
    ...(Object.keys(addresses).length > 0 &&
      (has.addresses
        ? Object.fromEntries(Object.entries(addresses).map(([key, address]) => [`addresses/${key}`, address]))
        : { addresses })),
    ...rest,
  }
}

/** @param main the addresses of the main language, which a path may reach into */
export function readLocalization(patch: Localization, main: IdMap<CardAddress>): ReadLocalization {
  let name: string | undefined
  let description: string | undefined
  const addresses: Record<string, CardAddress> = {}
  /** Addresses of which members are translated one by one: there may be very many. */
  const drafts = new Map<string, Map<string, unknown>>()
  const rest: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(patch)) {
    const [first = '', second = '', ...deeper] = path.split('/').map(unescaped)
    if (path === 'name/full' && typeof value === 'string') name = value
    else if (path === 'name' && isOnly(value, 'full')) name = value['full'] as string
    else if (path === DESCRIPTION && isOnly(value, 'note')) description = value['note'] as string
    else if (path === `${DESCRIPTION}/note` && typeof value === 'string') description = value
    else if (path === 'notes' && isOnly(value, KEYS.description) && isOnly(value[KEYS.description], 'note'))
      description = (value[KEYS.description] as { note: string }).note
    else if (path === 'addresses' && isBag(value) && Object.values(value).every(isBag)) {
      Object.assign(addresses, value)
      for (const key of Object.keys(value)) drafts.delete(key)
    } else if (first !== 'addresses' || second === '' || second === '__proto__') rest[path] = value
    else if (deeper.length === 0 && isBag(value)) {
      addresses[second] = value as CardAddress
      drafts.delete(second)
    } else if (deeper.length === 1 && Object.hasOwn(main, second)) {
      const draft = drafts.get(second) ?? new Map(Object.entries(addresses[second] ?? main[second] ?? {}))
      drafts.set(second, draft.set(deeper[0] ?? '', value))
    } else rest[path] = value
  }
  for (const [key, draft] of drafts) addresses[key] = Object.fromEntries(draft)
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    addresses,
    rest,
  }
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function isOnly(value: unknown, member: string): value is Bag {
  if (!isBag(value)) return false
  const names = Object.keys(value).filter((name) => name !== '@type')
  const content = value[member]
  return names.length === 1 && names[0] === member && (typeof content === 'string' || isBag(content))
}

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
