import type { CredentialFault } from '../../core/problem.ts'
import type { Credential, RequestHead } from '../dialect.ts'

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** A Bearer token, an API key as one, or name and password. @see RFC 6750 §2.1, RFC 7617 */
export function credentialOf({ headers }: RequestHead): Credential | CredentialFault {
  const header = headers['authorization']?.trim()
  if (header === undefined || header === '') return 'absent'
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header) ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return { kind: 'bearer', token: value }
    case 'basic': {
      const pair = BASE64.test(value) ? Buffer.from(value, 'base64').toString('utf8') : ''
      const at = pair.indexOf(':')
      return at < 0 ? 'malformed' : { kind: 'basic', name: pair.slice(0, at), password: pair.slice(at + 1) }
    }
    default:
      return 'malformed'
  }
}
