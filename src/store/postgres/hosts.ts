/** The servers that one URL names, as libpq takes it. @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS */
export interface Hosts {
  /** One URL for each, in the order in which they are tried. */
  readonly urls: readonly string[]
  /** Whether a server that only reads is passed over: one that follows another, until it is promoted. */
  readonly mustWrite: boolean
}

/** `postgres://user:password@` · `host:port,host:port` · `/database?options` */
const PARTS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s

/** Several servers are one that writes and others that follow it, whatever the URL says of it but `any`. */
export function hostsOf(url: string): Hosts {
  const [, before = '', hosts = '', behind = ''] = PARTS.exec(url) ?? []
  const urls = hosts.split(',').map((host) => `${before}${host}${behind}`)
  const wanted = attributeOf(url)
  return { urls, mustWrite: wanted === undefined ? urls.length > 1 : wanted !== 'any' }
}

/** Whether a driver can make something of it: each of its hosts, and what it wants of them. */
export function isPostgresUrl(url: string): boolean {
  const wanted = attributeOf(url)
  return (
    PARTS.test(url) &&
    (wanted === undefined || ['any', 'read-write', 'primary'].includes(wanted)) &&
    hostsOf(url).urls.every((each) => URL.canParse(each))
  )
}

/** As it may be told: hosts and database. */
export function nameOfPostgres(url: string): string {
  const [, , hosts, behind = ''] = PARTS.exec(url) ?? []
  return `postgres://${hosts}${behind.replace(/[?#].*$/s, '')}`
}

function attributeOf(url: string): string | undefined {
  return /[?&]target_session_attrs=([^&#]*)/.exec(url)?.[1]
}
