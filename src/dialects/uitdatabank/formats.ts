import { isIPv4, isIPv6 } from 'node:net'

/** The formats of this API's schemas. @see specs/uitdatabank.md 3.5 */
export const formats: Readonly<Record<'uri' | 'email' | 'uuid' | 'date-time', (text: string) => boolean>> = {
  uri: isUri,
  email: isEmail,
  uuid: (text) => UUID.test(text),
  'date-time': isDateTime,
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Any scheme: that it is http is a pattern of its own. An empty host passes, so that `https://` breaks the pattern. */
function isUri(text: string): boolean {
  const parts = /^[a-z][a-z0-9+.-]*:(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text)
  if (parts === null) return false
  const [, authority = '', path = '', query = '', fragment = ''] = parts
  return isAuthority(authority) && isMadeOf(PATH, path) && QUERY.test(query) && QUERY.test(fragment)
}

const PATH = /^[a-z0-9\-._~!$&'()*+,;=:@/%]*$/i
const QUERY = /^[a-z0-9\-._~!$&'()*+,;=:@/?"[\]%]*$/i

/** Two tests, as one with a repeated choice would need a stack as deep as the text is long. */
function isMadeOf(characters: RegExp, text: string): boolean {
  return text === '' || (characters.test(text) && !/%(?![0-9a-f]{2})/i.test(text))
}

function isAuthority(authority: string): boolean {
  const parts = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:@]*)(?::(\d{1,5}))?$/.exec(authority)
  if (parts === null) return false
  const [, user = '', host = '', port = '0'] = parts
  return isMadeOf(USER, user) && Number(port) <= HIGHEST_PORT && (isHostname(host) || isBracketed(host))
}

const USER = /^[a-z0-9\-._~!$&'()*+,;=:%]*$/i
const HIGHEST_PORT = 65_535

/** At most 253 characters, in labels of at most 63; a single label will do, and so does none at all. */
function isHostname(host: string): boolean {
  return host === '' || (host.length <= 253 && host.split('.').every((label) => LABEL.test(label)))
}

const LABEL = /^(?!-)(?:[a-z0-9-]|%[0-9a-f]{2}){1,63}(?<!-)$/i

function isBracketed(host: string): boolean {
  return host.startsWith('[') && isIPv6(host.slice(1, -1))
}

/** PHP's filter for e-mail addresses, as far as it was sampled: ASCII, no blanks, no comments. */
function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  return (
    local.length <= 64 &&
    (ATOMS.test(local) || QUOTED.test(local)) &&
    (isMailDomain(domain) || isLiteral(domain))
  )
}

const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_{|}~`-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~`-]+)*$/
const QUOTED = /^"(?:[\x21\x23-\x5b\x5d-\x7e]|\\[\x21-\x7e])+"$/

/** At least two labels, the last of which starts with a letter. */
function isMailDomain(domain: string): boolean {
  const labels = domain.split('.')
  return (
    labels.length >= 2 &&
    labels.every((label) => MAIL_LABEL.test(label)) &&
    /^[a-z]/i.test(labels.at(-1) ?? '')
  )
}

const MAIL_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i

function isLiteral(domain: string): boolean {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return false
  const address = domain.slice(1, -1)
  return address.startsWith('IPv6:') ? isIPv6(address.slice('IPv6:'.length)) : isIPv4(address)
}

/** A real day and a real time of day, with any fraction; the offset may be absent, the `T` may not. */
function isDateTime(text: string): boolean {
  const parts = DATE_TIME.exec(text)
  if (parts === null) return false
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number)
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/
