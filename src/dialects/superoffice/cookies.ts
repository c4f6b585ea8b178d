import type { Credential, Headers, RequestHead } from '../dialect.ts'

/** The cookie that a browser shows, and that no script reads. */
export const SESSION_COOKIE = 'polydex-session'

/** The one that a script reads, to send it back in a header: no other site's page can. */
export const XSRF_COOKIE = 'XSRF-TOKEN'

/**
 * The two tokens of a browser's session: that of its cookie, and the one in X-XSRF-TOKEN, which must be that of the other
 * cookie too. The doorman sees to it that both belong to one session.
 * @see specs/superoffice.md 5
 */
export function sessionIn({ headers }: RequestHead): Credential | undefined {
  const header = headers['x-xsrf-token']?.trim()
  const cookies = cookiesIn(headers)
  const access = cookies.get(SESSION_COOKIE)
  if (header === undefined || header === '' || access === undefined) return undefined
  return cookies.get(XSRF_COOKIE) === header ? { kind: 'session', access, session: header } : undefined
}

/** @see RFC 6265 §5.4; of two with one name the first counts, which a browser sends for the longest path */
function cookiesIn(headers: Headers): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (headers['cookie'] ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = pair.slice(0, at).trim()
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}

/** Set-Cookie of both tokens, or of their end. @param lifetime seconds */
export function cookiesFor(
  tokens: { readonly access: string; readonly session: string },
  lifetime: number,
  baseUrl: string,
): readonly string[] {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
  const lasting = `Max-Age=${lifetime}; SameSite=Strict${secure}`
  return [
    `${SESSION_COOKIE}=${tokens.access}; HttpOnly; Path=/api; ${lasting}`,
    // Pages wherever on this host read it.
    `${XSRF_COOKIE}=${tokens.session}; Path=/; ${lasting}`,
  ]
}
