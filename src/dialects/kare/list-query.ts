import type { Order } from './order-by.ts'
import { readOrders } from './order-by.ts'
import type { Asked, Bounds } from './parameters.ts'
import { readBoolean, readInteger, readNames, readQuery, readText } from './parameters.ts'
import type { Span } from './span.ts'
import { spanOf } from './span.ts'
import { COMPANY_TYPES } from './wire/company.ts'
import { CHOICES } from './wire.ts'

export interface ListQuery<Extension extends string, Field extends string> {
  readonly extend: ReadonlySet<Extension>
  readonly orderBy: readonly Order<Field>[]
  readonly where: Where
  readonly includeCount: boolean
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  /** Whoever has this id is on the page that is answered, if they are in the list at all. */
  readonly findId?: number
}

/** What of a list is asked for; texts are found anywhere, whatever their case. */
export interface Where {
  readonly name?: string
  readonly email?: string
  readonly type?: number
  readonly createdAt?: Span
}

/** What lists of one kind know. */
export interface ListTerms<Extension extends string, Field extends string> {
  readonly extensions: readonly Extension[]
  readonly fields: readonly Field[]
  /** Whether there is a type to filter by. */
  readonly hasType?: true
}

const PAGES: Bounds = { from: 1, to: Number.MAX_SAFE_INTEGER }
const PAGE_SIZES: Bounds = { from: 1, to: CHOICES.largestPageSize }

/**
 * The page that a query string asks for. Parameters that the vendor does not document are ignored.
 * @throws Problem body-invalid naming each wrong parameter
 * @see specs/kare.md 3.1
 */
export function readListQuery<Extension extends string, Field extends string>(
  query: string,
  { extensions, fields, hasType }: ListTerms<Extension, Field>,
): ListQuery<Extension, Field> {
  return readQuery(query, (asked) => {
    const findId = readInteger(asked, 'findId')
    return {
      extend: readNames(asked, 'extend', extensions),
      orderBy: readOrders(asked, fields),
      where: readWhere(asked, hasType === true),
      includeCount: readBoolean(asked, 'includeCount'),
      page: readInteger(asked, 'page', PAGES) ?? CHOICES.defaultPage,
      pageSize: readInteger(asked, 'pageSize', PAGE_SIZES) ?? CHOICES.defaultPageSize,
      ...(findId !== undefined && { findId }),
    }
  })
}

/** The page on which the item at `index` is. */
export function pageWith(index: number, { pageSize }: { readonly pageSize: number }): number {
  return Math.floor(index / pageSize) + 1
}

function readWhere(asked: Asked, hasType: boolean): Where {
  const name = readText(asked, 'whereName')
  const email = readText(asked, 'whereEmail')
  const type = hasType ? readType(asked) : undefined
  const createdAt = readSpan(asked)
  return {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(type !== undefined && { type }),
    ...(createdAt !== undefined && { createdAt }),
  }
}

function readType({ parameters, wrong }: Asked): number | undefined {
  const text = parameters.get('whereType')
  if (text === null) return undefined
  const type = COMPANY_TYPES.find((known) => String(known) === text)
  return type ?? wrong(['whereType'], 'enum', { values: COMPANY_TYPES })
}

function readSpan({ parameters, wrong }: Asked): Span | undefined {
  const text = parameters.get('whereCreatedAt')
  return text === null ? undefined : (spanOf(text) ?? wrong(['whereCreatedAt'], 'date'))
}
