import { problem, refused } from '../../core/problem.ts'
import type { Claims, RequestHead } from '../dialect.ts'

const APIS_CLAIM = 'https://publiq.be/publiq-apis'
const ENTRY_API = 'entry'

/**
 * Id tokens and tokens of the first provider need an API key beside them; access tokens need none, but those that list
 * the APIs they are for must list this one. A token that lists none is the issuer's word, which the access file trusts.
 * @throws Problem unauthenticated, refused
 * @see specs/uitdatabank.md 5.1
 */
export function judge(claims: Claims, head: RequestHead, knowsKey: (key: string) => boolean): void {
  if (claims['typ'] === 'ID' || claims['uid'] !== undefined) {
    const key = apiKeyOf(head)
    if (key === undefined) throw problem('unauthenticated', { reason: 'missing-key' })
    if (!knowsKey(key)) throw problem('unauthenticated', { reason: 'unknown-key' })
    return
  }
  const apis = claims[APIS_CLAIM]
  if (apis !== undefined && !String(apis).split(' ').includes(ENTRY_API)) throw refused('entry-api')
}

function apiKeyOf({ headers, query }: RequestHead): string | undefined {
  return headers['x-api-key'] || new URLSearchParams(query).get('apiKey') || undefined
}
