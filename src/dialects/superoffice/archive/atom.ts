import type { Request } from '../../dialect.ts'
import { escaped } from '../xml/write.ts'
import type { RowPage } from './answer.ts'
import type { Options } from './options.ts'
import type { Provider } from './rows.ts'
import { safeName, slimCell } from './rows.ts'

const NAMESPACES = [
  'xmlns="http://www.w3.org/2005/Atom"',
  'xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"',
  'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"',
].join(' ')

/**
 * A page as an Atom feed, each row an entry with the columns of a slim row as its properties.
 * @param next link to the page that follows
 * @see RFC 4287, OData 3.0 Atom §6; choice 28
 */
export function atomFeed<Row>(
  { asker, path, query }: Pick<Request, 'asker' | 'path' | 'query'>,
  provider: Provider<Row>,
  options: Options<Row>,
  { rows, total }: RowPage<Row>,
  next: string | null,
): string {
  const self = `${asker.baseUrl}${path}`
  const link = (rel: string, href: string) => `<link rel="${rel}" href="${attribute(href)}" />`
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xml:base="${attribute(`${asker.baseUrl}/api/v1/`)}" ${NAMESPACES}>`,
    `<id>${escaped(self)}</id><title type="text">${provider.entity}</title>`,
    link('self', query === '' ? self : `${self}?${query}`),
    ...(total === undefined ? [] : [`<m:count>${total}</m:count>`]),
    ...rows.map((row) => entryOf(row, provider, options, asker.baseUrl)),
    ...(next === null ? [] : [link('next', next)]),
    '</feed>',
  ].join('')
}

function entryOf<Row>(row: Row, provider: Provider<Row>, options: Options<Row>, baseUrl: string): string {
  const key = provider.keyOf(row)
  const cells = options.columns.map((column) =>
    property(safeName(column.name), slimCell(row, column, options.isDisplay)),
  )
  const properties = [property('PrimaryKey', String(key)), property('EntityName', provider.entity), ...cells]
  const id = `${baseUrl}/api/v1/${provider.entity}/${key}`
  return [
    `<entry><id>${escaped(id)}</id><title />`,
    `<content type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`,
  ].join('')
}

function property(name: string, value: string | number | boolean): string {
  const type = typeOf(value)
  const tag = type === undefined ? `d:${name}` : `d:${name} m:type="${type}"`
  return value === '' ? `<${tag} />` : `<${tag}>${escaped(String(value))}</d:${name}>`
}

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?$/

/** Text has no type. */
function typeOf(value: string | number | boolean): string | undefined {
  if (typeof value === 'boolean') return 'Edm.Boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Edm.Int32' : 'Edm.Double'
  return DATE.test(value) ? 'Edm.DateTime' : undefined
}

function attribute(text: string): string {
  return escaped(text).replaceAll('"', '&quot;')
}
