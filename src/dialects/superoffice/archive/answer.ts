import type { Reply, Request } from '../../dialect.ts'
import { optionIn } from '../query.ts'
import { atomFeed } from './atom.ts'
import type { Options } from './options.ts'
import type { Provider } from './rows.ts'
import { rowJson } from './rows.ts'

/** A page of rows, and whether there are more. */
export interface RowPage<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  /** Of all that match, where that is asked for. */
  readonly total?: number
}

/** The page as OData, in JSON or as an Atom feed. @see specs/superoffice.md 4.2 */
export function listReply<Row>(
  request: Request,
  provider: Provider<Row>,
  options: Options<Row>,
  page: RowPage<Row>,
): Reply {
  const next = page.hasMore && options.top > 0 ? nextLink(request, options) : null
  const type = xmlTypeOf(request)
  const headers = { dataserviceversion: '3.0', vary: 'accept, authorization' }
  if (type !== undefined) {
    return {
      status: 200,
      headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
      body: atomFeed(request, provider, options, page, next),
    }
  }
  const body = {
    'odata.metadata': `${request.asker.baseUrl}/api/v1/Archive//$metadata`,
    ...(page.total !== undefined && { 'odata.count': String(page.total) }),
    'odata.nextLink': next,
    value: page.rows.map((row) => rowJson(row, provider, options)),
  }
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

/** The same request, further on. Choice 26 */
function nextLink(
  { asker, path, query }: Request,
  { skip, top }: Pick<Options<unknown>, 'skip' | 'top'>,
): string {
  const kept = query.split('&').filter((pair) => pair !== '' && optionIn(pair, '$skip') === undefined)
  return `${asker.baseUrl}${path}?${[...kept, `$skip=${skip + top}`].join('&')}`
}

const ATOM = 'application/atom+xml'
const XML_TYPES = new Set(['application/xml', 'text/xml', ATOM])
const OTHER_TYPES = new Set(['*/*', 'application/*', 'application/json', 'text/json'])

/** The type of an Atom answer; undefined where it is JSON. `$format` wins over Accept. @see specs/superoffice.md 2.2 */
function xmlTypeOf({ query, headers }: Request): string | undefined {
  const format = (optionIn(query, '$format') ?? '').toLowerCase()
  if (format.includes('json')) return undefined
  const wanted = wantedTypes(headers['accept'] ?? '')
  const isXml = format.includes('xml') || format.includes('atom')
  if (isXml) return wanted.find((type) => XML_TYPES.has(type)) ?? 'application/xml'
  const [first = ''] = wanted
  return XML_TYPES.has(first) ? first : undefined
}

const QUALITY = /;\s*q=([\d.]{1,6})/i

/** The types of an Accept header that there are answers in, the most wanted first. @see RFC 9110 §12.4.2 */
function wantedTypes(accept: string): readonly string[] {
  return accept
    .split(',')
    .map((range) => ({
      type: (range.split(';', 1)[0] ?? '').trim().toLowerCase(),
      weight: Number(QUALITY.exec(range)?.[1] ?? 1),
    }))
    .filter(({ type, weight }) => weight > 0 && (XML_TYPES.has(type) || OTHER_TYPES.has(type)))
    .sort((left, right) => right.weight - left.weight)
    .map(({ type }) => type)
}
