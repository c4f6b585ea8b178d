/** Normalised forms, for search, matching and uniqueness only; what was sent is kept as it was sent. */

const PHONE_KEY_DIGITS = 8

/** The last eight digits, however the number is written; empty when it has none. */
export function phoneKey(number: string): string {
  return number.replace(/\D/g, '').slice(-PHONE_KEY_DIGITS)
}

/** The address with its domain in lower case. */
export function emailKey(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? address : address.slice(0, at) + address.slice(at).toLowerCase()
}

/** The normalised form of a URL, in lower case: two links with one key are one website. */
export function urlKey(uri: string): string {
  return bareUrl(uri).toLowerCase()
}

/**
 * Host without `www.`, port, path without trailing slashes, query and fragment, in the case they were sent in; the
 * scheme and user information do not count. @see specs/uitdatabank.md 1.3
 */
export function bareUrl(uri: string): string {
  const parts = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(
    uri.trim(),
  )
  if (parts === null) return uri
  const [, authority = '', path = '', query = '', fragment = ''] = parts
  const trimmed = path.replace(/\/+$/, '')
  const slash = trimmed === '' && (query !== '' || fragment !== '') ? '/' : trimmed
  return `${authority.replace(/^www\./, '')}${slash}${query}${fragment}`
}

/**
 * The domain of a mail address, of a link, or of a text that is one: lower case, without `www.`, port and dots at its end.
 * Empty where there is none; a name without a dot is none.
 */
export function domainKey(text: string): string {
  const [place = ''] = text
    .trim()
    .replace(/^(?:[a-z][a-z0-9+.-]*:\/\/|\/\/|mailto:)/i, '')
    .split(/[/?#]/, 1)
  const host = place
    .slice(place.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    // Looking behind keeps many dots from being tried again and again.
    .replace(/(?<!\.)\.+$/, '')
    .normalize('NFKC')
    .toLowerCase()
  const bare = host.replace(/^www\.(?=[^.]+\.)/, '')
  return DOMAIN.test(bare) ? bare : ''
}

const DOMAIN = /^[\p{L}\p{N}_-][\p{L}\p{N}\p{M}_-]*(?:\.[\p{L}\p{N}_-][\p{L}\p{N}\p{M}_-]*)+$/u

/** Whether two phone numbers may be an edit of one another: the same last six digits. */
export function isSimilarPhone(left: string, right: string): boolean {
  return sameNonEmpty(left.replace(/\D/g, '').slice(-6), right.replace(/\D/g, '').slice(-6))
}

/** Whether two mail addresses may be an edit of one another: the same domain. */
export function isSimilarEmail(left: string, right: string): boolean {
  return sameNonEmpty(domainOf(left), domainOf(right))
}

/** Whether two links may be an edit of one another: the same host. */
export function isSimilarUri(left: string, right: string): boolean {
  return sameNonEmpty(hostOf(left), hostOf(right))
}

function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? '' : address.slice(at + 1).toLowerCase()
}

function hostOf(uri: string): string {
  return urlKey(uri).replace(/[/?#].*$/, '')
}

function sameNonEmpty(left: string, right: string): boolean {
  return left !== '' && left === right
}
