import { folded } from '../../core/index-rows.ts'
import type { ListQuery, Where } from './list-query.ts'
import { pageWith } from './list-query.ts'
import { isWithin } from './span.ts'
import type { ContactExtension, ContactField, ContactView } from './wire/contact.ts'

export type ContactQuery = ListQuery<ContactExtension, ContactField>

/** A page of a list, with what it was. */
export interface PageOf<T> {
  readonly items: readonly T[]
  readonly page: number
  /** Of the whole list, where it is asked for. */
  readonly total: number
}

/** The page of a company's contacts that is asked for. Pure. @param contacts by id */
export function pageOfContacts(contacts: readonly ContactView[], asked: ContactQuery): PageOf<ContactView> {
  const found = contacts.filter((one) => isAsked(one, asked.where))
  const sorted =
    asked.orderBy.length === 0 ? found : found.toSorted((left, right) => compared(left, right, asked))
  const index = sorted.findIndex(({ id }) => id === asked.findId)
  const page = index < 0 ? asked.page : pageWith(index, asked)
  const from = (page - 1) * asked.pageSize
  return { items: sorted.slice(from, from + asked.pageSize), page, total: found.length }
}

function isAsked({ name, email, createdAt }: ContactView, where: Where): boolean {
  return (
    (where.name === undefined || isFoundIn(name, where.name)) &&
    (where.email === undefined || isFoundIn(email, where.email)) &&
    (where.createdAt === undefined || isWithin(where.createdAt, createdAt))
  )
}

export function isFoundIn(text: string | null, asked: string): boolean {
  return text !== null && folded(text).includes(folded(asked))
}

/** By the fields that are asked for, then by id. What is not there comes first. */
function compared(left: ContactView, right: ContactView, { orderBy }: ContactQuery): number {
  for (const { field, isDescending } of orderBy) {
    const difference = fieldCompared(left[field], right[field])
    if (difference !== 0) return isDescending ? -difference : difference
  }
  return left.id - right.id
}

function fieldCompared(left: string | number | null, right: string | number | null): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return Buffer.compare(Buffer.from(folded(String(left ?? ''))), Buffer.from(folded(String(right ?? ''))))
}
