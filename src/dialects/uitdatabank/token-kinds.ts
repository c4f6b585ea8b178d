import { problem, refused } from '../../core/problem.ts'
import type { Claims, KeyStanding, RequestHead } from '../dialect.ts'

const APIS_CLAIM = 'https://publiq.be/publiq-apis'
const ENTRY_API = 'entry'

/**
 * Id tokens and tokens of the first provider need an API key beside them; access tokens need none, but those that list
 * the APIs they are for must list this one. A token that lists none is the issuer's word, which the access file trusts.
 * @throws Problem unauthenticated, refused
 * @see specs/uitdatabank.md 5.1
 */
export function judge(claims: Claims, head: RequestHead, standingOf: (key: string) => KeyStanding): void {
  if (claims['typ'] === 'ID' || claims['uid'] !== undefined) {
    const key = apiKeyOf(head)
    if (key === undefined) throw problem('unauthenticated', { reason: 'missing-key' })
    const standing = standingOf(key)
    if (standing === 'unknown') throw problem('unauthenticated', { reason: 'unknown-key' })
    if (standing === 'out-of-scope') throw refused('api-key')
    return
  }
  const apis = claims[APIS_CLAIM]
  if (apis !== undefined && !String(apis).split(' ').includes(ENTRY_API)) throw refused('entry-api')
}

function apiKeyOf({ headers, query }: RequestHead): string | undefined {
  return headers['x-api-key'] || new URLSearchParams(query).get('apiKey') || undefined
}
