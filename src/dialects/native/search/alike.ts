import type { Addresses } from '../../../core/address.ts'
import type { Email, Identifier, Link, Phone } from '../../../core/items.ts'
import { phoneKey, urlKey } from '../../../core/keys.ts'
import { nameKey } from '../../../core/name-key.ts'
import type { Translations } from '../../../core/organization.ts'
import { codeOf, plain, wordsOf } from './terms.ts'

/** Why two organizations may be one. */
export interface Reason {
  readonly kind: 'email' | 'phone' | 'link' | 'identifier' | 'name'
  /** What they have in common, as it is compared. */
  readonly value: string
}

/** Between the kind of a reason and its value. */
const MARK = '\u0001'

/** Items of one list that are compared with those of others: those that come later are not. */
const COMPARED_LIMIT = 50

/** Fewer digits are a short number, which is many people's. */
const PHONE_DIGITS = 6

export function emailKeys(emails: readonly Email[]): readonly string[] {
  return keys(
    'email',
    emails.slice(0, COMPARED_LIMIT).map(({ address }) => plain(address.trim())),
  )
}

export function phoneKeys(phones: readonly Phone[]): readonly string[] {
  const digits = phones.slice(0, COMPARED_LIMIT).map(({ number }) => phoneKey(number))
  return keys(
    'phone',
    digits.filter(({ length }) => length >= PHONE_DIGITS),
  )
}

/** Websites and other links alike: a website that another organization has becomes a link. */
export function linkKeys(links: readonly Link[]): readonly string[] {
  return keys(
    'link',
    links.slice(0, COMPARED_LIMIT).map(({ uri }) => urlKey(uri)),
  )
}

export function identifierKeys(identifiers: readonly Identifier[]): readonly string[] {
  return keys(
    'identifier',
    identifiers.slice(0, COMPARED_LIMIT).flatMap(({ scheme, value }) => {
      const code = wordsOf(value).join('')
      return code === '' ? [] : [`${plain(scheme)} ${code}`]
    }),
  )
}

/** Names that differ in case, accents or legal form, at one postal code, or in one place where there is none. */
export function nameKeys(name: Translations, { street = {}, postal = {} }: Addresses): readonly string[] {
  const places = [...Object.values(street), ...Object.values(postal)]
    .map(({ postalCode, city = '' }) => codeOf(postalCode ?? city))
    .filter((place) => place !== '')
  const names = [...new Set(Object.values(name).map(nameKey))].filter((key) => key !== '')
  const both = names.flatMap((one) => [...new Set(places)].map((place) => `${one} ${place}`))
  return keys('name', both.slice(0, COMPARED_LIMIT))
}

/** What a key stands for. */
export function reasonOf(key: string): Reason {
  const [kind = '', value = ''] = key.split(MARK, 2)
  return { kind: kind as Reason['kind'], value }
}

function keys(kind: Reason['kind'], values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== '').map((value) => `${kind}${MARK}${value}`)
}
