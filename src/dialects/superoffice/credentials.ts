import type { CredentialFault } from '../../core/problem.ts'
import type { Credential, RequestHead } from '../dialect.ts'
import { sessionIn } from './cookies.ts'

const AUTHORIZATION = /^(\S+) +(\S.*)$/

/** Basic, SOTicket or Bearer, whatever the case of the scheme; without any, a browser's session. @see specs/superoffice.md 5 */
export function credentialOf(head: RequestHead): Credential | CredentialFault {
  const header = head.headers['authorization']?.trim()
  if (header === undefined || header === '') return sessionIn(head) ?? 'absent'
  const [, scheme = '', value = ''] = AUTHORIZATION.exec(header) ?? []
  switch (scheme.toLowerCase()) {
    case 'basic':
      return basicCredential(value)
    case 'bearer':
    case 'soticket':
      return { kind: 'bearer', token: value }
    default:
      return 'malformed'
  }
}

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** @see RFC 7617 */
function basicCredential(encoded: string): Credential | CredentialFault {
  if (!BASE64.test(encoded)) return 'malformed'
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const at = pair.indexOf(':')
  return at < 0 ? 'malformed' : { kind: 'basic', name: pair.slice(0, at), password: pair.slice(at + 1) }
}
