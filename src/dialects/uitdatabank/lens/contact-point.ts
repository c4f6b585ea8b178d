import type { Alignment } from '../../../core/alignment.ts'
import { align } from '../../../core/alignment.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Email, Link, Phone } from '../../../core/items.ts'
import {
  emailKey,
  isSimilarEmail,
  isSimilarPhone,
  isSimilarUri,
  phoneKey,
  urlKey,
} from '../../../core/keys.ts'
import type { Footprint, Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { ContactPointBody } from '../bodies.ts'
import { formats } from '../formats.ts'
import type { ContactPoint } from '../wire.ts'
import { isText, WEB_URL_PATTERN } from '../wire.ts'
import { facetOf } from './facet.ts'
import { withPublicMark } from './public-mark.ts'

/** Phones, e-mails and links; a fax is none of them, and the website has its own property. */
export const contactPoint: Lens<ContactPoint, ContactPointBody> = {
  name: 'contact-point',
  get: ({ organization }) => contactPointOf(organization),
  echo: ({ phone, email, url }) => ({ phone: [...phone], email: [...email], url: [...url] }),
  put: (dossier, input) => {
    const { organization } = dossier
    return { ...dossier, organization: withPublicMark(organization, withContactPoint(organization, input)) }
  },
  reads: { organization: ['phones', 'emails', 'links'], person: [] },
  writes: {
    organization: ['phones', 'emails', 'links', 'facets.uitdatabank', 'public'],
    person: [],
  } satisfies Footprint,
  people: 'none',
}

export function contactPointOf({ phones, emails, links }: Organization): ContactPoint {
  return {
    phone: phones.filter(phoneRules.isShown).map(phoneRules.valueOf),
    email: emails.filter(emailRules.isShown).map(emailRules.valueOf),
    url: links.filter(contactLinkRules.isShown).map(contactLinkRules.valueOf),
  }
}

export function hasContactPoint({ phones, emails, links }: Organization): boolean {
  return (
    phones.some(phoneRules.isShown) || emails.some(emailRules.isShown) || links.some(contactLinkRules.isShown)
  )
}

export function isEmpty({ phone, email, url }: ContactPoint): boolean {
  return phone.length + email.length + url.length === 0
}

/** The organization with all that its contact point shows replaced; a missing list is an empty one. */
export function withContactPoint(organization: Organization, input: ContactPointBody): Organization {
  const before = contactPointOf(organization)
  const after = {
    ...organization,
    phones: align(organization.phones, input.phone ?? [], phoneRules),
    emails: align(organization.emails, input.email ?? [], emailRules),
    links: align(organization.links, input.url ?? [], contactLinkRules),
  }
  const facet = facetOf(organization)
  // Once filled, it is never absent again (specs/uitdatabank.md 1).
  if (facet.keepsContactPoint === true || isEmpty(before) || !isEmpty(contactPointOf(after))) return after
  return {
    ...after,
    facets: withFacet(organization.facets, 'uitdatabank', { ...facet, keepsContactPoint: true }),
  }
}

const asSent = (sent: string) => sent

const phoneRules: Alignment<Phone, string> = {
  list: 'phones',
  isShown: ({ kind, number }) => kind !== 'fax' && isText(number),
  valueOf: ({ number }) => number,
  valueSent: asSent,
  keyOf: phoneKey,
  isSimilar: isSimilarPhone,
  edit: (item, number) => (item.number === number ? item : { ...item, number }),
  create: (id, number) => ({ id, number, kind: 'voice' }),
}

const emailRules: Alignment<Email, string> = {
  list: 'emails',
  isShown: ({ address }) => formats['email'](address),
  valueOf: ({ address }) => address,
  valueSent: asSent,
  keyOf: emailKey,
  isSimilar: isSimilarEmail,
  edit: (item, address) => (item.address === address ? item : { ...item, address }),
  create: (id, address) => ({ id, address }),
}

const contactLinkRules: Alignment<Link, string> = {
  list: 'links',
  isShown: (link) => link.kind === 'contact' && isWebUri(shownUri(link)),
  valueOf: shownUri,
  valueSent: asSent,
  keyOf: urlKey,
  isSimilar: isSimilarUri,
  edit: (item, uri) => (shownUri(item) === uri ? item : { ...item, uri }),
  create: (id, uri) => ({ id, uri, kind: 'contact' }),
}

export const websiteRules: Alignment<Link, string> = {
  ...contactLinkRules,
  list: 'website',
  isShown: (link) => link.kind === 'website' && isWebUri(shownUri(link)),
  create: (id, uri) => ({ id, uri, kind: 'website' }),
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const HOST_AND_PORT = /^[\w.-]+:\d+(?:[/?#]|$)/

/** The URI as this dialect shows it: one without a scheme gets `https://`, and stays as it is in the record. */
export function shownUri({ uri }: Link): string {
  const hasScheme = SCHEME.test(uri) && !HOST_AND_PORT.test(uri)
  return hasScheme || uri.startsWith('/') ? uri : `https://${uri}`
}

function isWebUri(uri: string): boolean {
  return WEB_URL_PATTERN.test(uri) && formats['uri'](uri)
}
