import { type Alignment, align } from '../../../core/alignment.ts'
import type { Email, Item, Link, Phone } from '../../../core/items.ts'
import {
  emailKey,
  isSimilarEmail,
  isSimilarPhone,
  isSimilarUri,
  phoneKey,
  urlKey,
} from '../../../core/keys.ts'
import { clip, isBlank, lengthOf } from '../../../core/text.ts'
import type { EntityElement } from '../wire/carriers.ts'
import type { ElementInput } from '../wire.ts'
import { LIMITS } from '../wire.ts'

/** How one of the vendor's four lists meets a list of the record. */
export interface Elements<I extends Item> {
  readonly show: (items: readonly I[]) => readonly EntityElement[]
  /** The values of what it shows. */
  readonly values: (items: readonly I[]) => readonly string[]
  /** Returns `items` itself when nothing changes. */
  readonly put: (items: readonly I[], sent: readonly ElementInput[]) => readonly I[]
}

/** An item that a label can be on. */
type Labelled = Item & { readonly label?: string }

interface Rules<I extends Labelled> {
  readonly list: string
  readonly limit: number
  readonly descriptionLimit: number
  readonly belongs: (item: I) => boolean
  readonly valueIn: (item: I) => string
  readonly withValue: (item: I, value: string) => I
  readonly create: (id: string, value: string) => I
  readonly strip: (value: string) => string
  readonly keyOf: (value: string) => string
  readonly isSimilar: (left: string, right: string) => boolean
}

export const emails: Elements<Email> = elementsOf({
  list: 'emails',
  limit: LIMITS.Email,
  descriptionLimit: LIMITS.EmailDescription,
  belongs: () => true,
  valueIn: ({ address }) => address,
  withValue: (item, address) => ({ ...item, address }),
  create: (id, address) => ({ id, address }),
  strip: (value) => value,
  keyOf: emailKey,
  isSimilar: isSimilarEmail,
})

export const urls: Elements<Link> = elementsOf({
  list: 'links',
  limit: LIMITS.Url,
  descriptionLimit: LIMITS.UrlDescription,
  belongs: () => true,
  valueIn: ({ uri }) => uri,
  withValue: (item, uri) => ({ ...item, uri }),
  create: (id, uri) => ({ id, uri, kind: 'contact' }),
  strip: strippedUri,
  keyOf: urlKey,
  isSimilar: isSimilarUri,
})

export const phones: Elements<Phone> = phonesOf('phones', 'voice', ({ kind }) => kind !== 'fax')

export const faxes: Elements<Phone> = phonesOf('faxes', 'fax', ({ kind }) => kind === 'fax')

function phonesOf(list: string, kind: Phone['kind'], belongs: (phone: Phone) => boolean): Elements<Phone> {
  return elementsOf<Phone>({
    list,
    limit: LIMITS.Phone,
    descriptionLimit: LIMITS.PhoneDescription,
    belongs,
    valueIn: ({ number }) => number,
    withValue: (item, number) => ({ ...item, number }),
    create: (id, number) => ({ id, number, kind }),
    strip: strippedPhone,
    keyOf: phoneKey,
    isSimilar: isSimilarPhone,
  })
}

function elementsOf<I extends Labelled>(rules: Rules<I>): Elements<I> {
  const { belongs, valueIn, withValue, limit, descriptionLimit, strip } = rules
  const isShown = (item: I) => belongs(item) && isShowable(valueIn(item), limit)
  const descriptionOf = ({ label }: Labelled) => (label === undefined ? '' : clip(label, descriptionLimit))
  const alignment: Alignment<I, ElementInput> = {
    list: rules.list,
    isShown,
    valueOf: valueIn,
    valueSent: ({ Value }: ElementInput) => Value,
    keyOf: rules.keyOf,
    isSimilar: rules.isSimilar,
    edit: (item: I, sent: ElementInput): I => {
      const valued = valueIn(item) === sent.Value ? item : withValue(item, sent.Value)
      return descriptionOf(item) === sent.Description ? valued : withLabel(valued, sent.Description)
    },
    create: (id: string, sent: ElementInput): I => withLabel(rules.create(id, sent.Value), sent.Description),
  }
  return {
    show: (items) => {
      const shown: EntityElement[] = []
      for (const item of items) {
        if (!isShown(item)) continue
        const value = valueIn(item)
        shown.push({
          Value: value,
          StrippedValue: strip(value),
          Description: descriptionOf(item),
          TableRight: null,
          FieldProperties: {},
        })
      }
      return shown
    },
    values: (items) => items.filter(isShown).map(valueIn),
    put: (items, sent) => align(items, sent, alignment),
  }
}

function withLabel<I extends Labelled>(item: I, label: string): I {
  const { label: _, ...rest } = item
  return label === '' ? (rest as unknown as I) : { ...item, label }
}

function isShowable(value: string, limit: number): boolean {
  return !isBlank(value) && (value.length <= limit || lengthOf(value) <= limit)
}

const NOT_IN_PHONE = /[^\d+]/g

/** Digits and a leading plus. @see specs/superoffice.md 3.7 */
export function strippedPhone(value: string): string {
  const kept = value.replace(NOT_IN_PHONE, '')
  return kept.startsWith('+') ? `+${kept.replaceAll('+', '')}` : kept.replaceAll('+', '')
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i

/** Without scheme and without the slash at its end. Choice 8 */
export function strippedUri(value: string): string {
  const rest = value.trim().replace(SCHEME, '')
  return rest.endsWith('/') ? rest.slice(0, -1) : rest
}
