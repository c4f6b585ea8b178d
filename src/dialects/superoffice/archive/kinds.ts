import { cutKey } from '../../../core/index-rows.ts'

/** Kinds of index rows that lists are filtered and sorted by. */
export const KIND = {
  /** The core's. */
  name: 'name',
  /** The core's. */
  nameKey: 'nameKey',
  /** A principal, see `creatorKey`. */
  createdBy: 'superoffice.createdBy',
  department: 'superoffice.department',
  note: 'superoffice.note',
  orgnr: 'superoffice.orgnr',
  number1: 'superoffice.number1',
  number2: 'superoffice.number2',
  associate: 'superoffice.associate',
  supportAssociate: 'superoffice.supportAssociate',
  business: 'superoffice.business',
  category: 'superoffice.category',
  country: 'superoffice.country',
  source: 'superoffice.source',
  interest: 'superoffice.interest',
  stop: 'superoffice.stop',
  noMailing: 'superoffice.noMailing',
  email: 'superoffice.email',
  phone: 'superoffice.phone',
  fax: 'superoffice.fax',
  url: 'superoffice.url',
  /** Domains that duplicates are found by: those written, those of mail addresses and those of links. */
  domain: 'superoffice.domain',
  emailDomain: 'superoffice.emailDomain',
  urlDomain: 'superoffice.urlDomain',
  /** Each followed by a dot and a column of `ADDRESS_COLUMNS`. */
  street: 'superoffice.street',
  postal: 'superoffice.postal',
} as const

/** The id of a principal, told apart from their number. */
export function creatorKey(id: string): string {
  return cutKey(`@${id}`)
}

export const USES = ['street', 'postal'] as const

/** Columns of an address that hold text, and the record's fields. */
export const ADDRESS_COLUMNS = {
  line1: 'line1',
  line2: 'line2',
  line3: 'line3',
  county: 'county',
  city: 'city',
  zip: 'postalCode',
  state: 'region',
} as const
