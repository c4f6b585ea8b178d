import type { Address, Addresses } from '../../../core/address.ts'
import { isSame } from '../../../core/dossier.ts'
import type { Organization } from '../../../core/organization.ts'
import type { CardAddress, IdMap } from '../wire.ts'
import { KEYS } from '../wire.ts'
import { addressFrom, formName, keyOf, keysFor, shownAddress, USES, type Use } from './address-form.ts'
import type { Form, NativeFacet } from './kept.ts'

type Placed = Pick<Organization, 'addresses' | 'language'>

/** The addresses of one language; those that other APIs know stand under the keys that their writer gave them. */
export function addressMapOf(
  { addresses, language }: Placed,
  of: string,
  kept: NativeFacet,
): IdMap<CardAddress> {
  const map: Record<string, CardAddress> = {}
  for (const use of USES) {
    const coordinates = use === 'street' && of === language ? addresses.coordinates : undefined
    const address = addresses[use]?.[of]
    if (address === undefined && coordinates === undefined) continue
    map[keyOf(use, kept)] = shownAddress(address ?? {}, coordinates, kept.forms?.[formName(use, of)])
  }
  return map
}

export interface MadeAddresses {
  readonly addresses: Addresses
  readonly forms: Readonly<Record<string, Form>>
  readonly keys: Readonly<Record<string, string>>
  /** Those that the record has no place for. */
  readonly others: IdMap
}

/** What the very addresses that are shown make of a record. */
export function untouchedAddresses({ addresses, language }: Placed, kept: NativeFacet): MadeAddresses {
  const isThere = (use: Use, of: string) =>
    addresses[use]?.[of] !== undefined ||
    (use === 'street' && of === language && addresses.coordinates !== undefined)
  const names = USES.flatMap((use) =>
    [language, ...Object.keys(addresses[use] ?? {})]
      .filter((of) => isThere(use, of))
      .map((of) => formName(use, of)),
  )
  return {
    addresses,
    forms: Object.fromEntries(Object.entries(kept.forms ?? {}).filter(([name]) => names.includes(name))),
    keys: kept.keys ?? {},
    others: (kept.card?.['addresses'] ?? {}) as IdMap,
  }
}

/** What the addresses that were sent, in the main language and in others, make of those of a record. */
export function addressesFrom(
  before: Placed,
  kept: NativeFacet,
  language: string,
  sent: Readonly<Record<string, IdMap<CardAddress>>>,
): MadeAddresses {
  const main = sent[language] ?? {}
  const keys = keysFor({ ...main, ...Object.assign({}, ...Object.values(sent)) }, kept)
  const forms: Record<string, Form> = {}
  const made: Record<Use, Record<string, Address>> = { street: {}, postal: {} }
  const taken = new Set<string>()
  let coordinates: Addresses['coordinates']
  for (const use of USES) {
    for (const [of, map] of Object.entries(sent)) {
      const key = keys[use]
      const address = key === undefined ? undefined : map[key]
      if (address === undefined) continue
      const hasCoordinates = use === 'street' && of === language
      const from = addressFrom(address, { hasCoordinates, before: before.addresses.coordinates })
      if (Object.keys(from.address).length === 0 && from.coordinates === undefined) continue
      taken.add(`${of}\n${key}`)
      if (Object.keys(from.address).length > 0) made[use][of] = from.address
      if (hasCoordinates) coordinates = from.coordinates
      if (from.form !== undefined) forms[formName(use, of)] = from.form
    }
  }
  const others = Object.entries(main).filter(([key]) => !taken.has(`${language}\n${key}`))
  const addresses: Addresses = {
    ...(Object.keys(made.street).length > 0 && { street: made.street }),
    ...(Object.keys(made.postal).length > 0 && { postal: made.postal }),
    ...(coordinates !== undefined && { coordinates }),
  }
  return {
    addresses: isSame(addresses, before.addresses) ? before.addresses : addresses,
    forms,
    keys: Object.fromEntries(
      USES.flatMap((use) => {
        const key = keys[use]
        const isThere =
          made[use] !== undefined &&
          (addresses[use] !== undefined || (use === 'street' && coordinates !== undefined))
        return key === undefined || key === KEYS[use] || !isThere ? [] : [[use, key]]
      }),
    ),
    others: Object.fromEntries(others),
  }
}
