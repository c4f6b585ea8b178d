import type { Found } from '../../core/command.ts'
import { cutKey, folded } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { mainName } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import { NOTHING } from '../../core/query.ts'
import type { SearchQuery } from '../../core/sight.ts'
import type { SortOrder } from '../../core/store.ts'
import { EMAILS, PRIMARY, TYPE } from './indexers.ts'
import { companyFacet } from './lens/facet.ts'
import type { ListQuery, Where } from './list-query.ts'
import type { Order } from './order-by.ts'
import type { Span } from './span.ts'
import { isWithin } from './span.ts'
import type { CompanyExtension, CompanyField } from './wire/company.ts'
import { SHOWN_AS } from './wire.ts'

export type CompanyQuery = ListQuery<CompanyExtension, CompanyField>

/**
 * The search for the companies that are asked for, archived ones too. Of an e-mail it finds all that may have it: whether
 * the primary contact does, no index knows.
 */
export function searchFor({ where, orderBy }: Pick<CompanyQuery, 'where' | 'orderBy'>) {
  return {
    states: ['active', 'inactive'] as const,
    where: { all: conditionsOf(where) } as Condition,
    sort: orderBy.map(sortOf),
    exact: {
      holds: ({ dossier }: Found) => isAsked(dossier.organization, where),
      compare: (left: Found, right: Found) =>
        compared(left.dossier.organization, right.dossier.organization, orderBy),
    },
  } satisfies Partial<SearchQuery>
}

/** The same, of those that stand before `organization` in it: as many as they are, so far down it is. */
export function searchBefore(asked: CompanyQuery, organization: Organization) {
  const search = searchFor(asked)
  const orders = [...asked.orderBy, { field: 'id', isDescending: false } as const]
  return {
    ...search,
    where: { all: [search.where, beforeIn(orders, organization)] },
    exact: {
      ...search.exact,
      holds: (found: Found) =>
        search.exact.holds(found) && compared(found.dossier.organization, organization, orders) < 0,
    },
  } satisfies Partial<SearchQuery>
}

/** Before it by the first field, or equal there and before it by the next one, … */
function beforeIn(orders: readonly Order<CompanyField>[], organization: Organization): Condition {
  const [order, ...others] = orders
  if (order === undefined) return NOTHING
  const { before, after, equal } = KEYS[order.field].conditions(organization)
  const ties = { all: [equal, beforeIn(others, organization)] }
  return { any: [order.isDescending ? after : before, ties] }
}

/** A field that companies are ordered by. */
interface Key {
  readonly by: string
  readonly of: (organization: Organization) => string | number
  /** Those whose key is smaller than that of an organization, greater, and the same. */
  readonly conditions: (
    organization: Organization,
  ) => Readonly<Record<'before' | 'after' | 'equal', Condition>>
}

const KEYS: Readonly<Record<CompanyField, Key>> = {
  id: {
    by: 'number',
    of: ({ number }) => number,
    conditions: ({ number }) => columnConditions('number', String(number)),
  },
  name: {
    by: 'name',
    of: nameKey,
    conditions(organization) {
      const key = nameKey(organization)
      return {
        before: { kind: 'name', test: { range: { to: key, excludes: 'to' } } },
        after: { kind: 'name', test: { range: { from: key, excludes: 'from' } } },
        equal: { kind: 'name', test: { is: key } },
      }
    },
  },
  type: {
    by: TYPE,
    of: typeOf,
    // The smallest type has no rows.
    conditions(organization) {
      const type = typeOf(organization)
      const atLeast: Condition = { kind: TYPE, test: { range: { from: String(type) } } }
      return {
        before: type === SHOWN_AS.type ? NOTHING : { not: atLeast },
        after: { kind: TYPE, test: { range: { from: String(type), excludes: 'from' } } },
        equal: typeCondition(type),
      }
    },
  },
  createdAt: {
    by: 'createdAt',
    of: ({ created }) => created.at,
    conditions: ({ created }) => columnConditions('createdAt', created.at),
  },
}

function columnConditions(column: 'number' | 'createdAt', value: string) {
  return {
    before: { column, range: { to: value, excludes: 'to' } },
    after: { column, range: { from: value, excludes: 'from' } },
    equal: { column, range: { from: value, to: value } },
  } as const
}

function sortOf({ field, isDescending }: Order<CompanyField>): SortOrder {
  return { by: KEYS[field].by, descending: isDescending }
}

function conditionsOf({ name, email, type, createdAt }: Where): readonly Condition[] {
  return [
    ...(name === undefined ? [] : [{ kind: 'name', test: { contains: folded(name) } }]),
    ...(email === undefined
      ? []
      : [{ any: [{ kind: EMAILS, test: { contains: folded(email) } }, { kind: PRIMARY }] }]),
    ...(type === undefined ? [] : [typeCondition(type)]),
    ...(createdAt === undefined ? [] : [createdCondition(createdAt)]),
  ]
}

function typeCondition(type: number): Condition {
  return type === SHOWN_AS.type ? { not: { kind: TYPE } } : { kind: TYPE, test: { is: String(type) } }
}

function createdCondition({ from, to }: Span): Condition {
  return { column: 'createdAt', range: { from, to, excludes: 'to' } }
}

/** The conditions once more, on the record; of an e-mail nothing. */
function isAsked(organization: Organization, { name, type, createdAt }: Where): boolean {
  return (
    (name === undefined || nameKey(organization).includes(folded(name))) &&
    (type === undefined || typeOf(organization) === type) &&
    (createdAt === undefined || isWithin(createdAt, organization.created.at))
  )
}

function compared(left: Organization, right: Organization, orders: readonly Order<CompanyField>[]): number {
  for (const { field, isDescending } of orders) {
    const difference = keysCompared(KEYS[field].of(left), KEYS[field].of(right))
    if (difference !== 0) return isDescending ? -difference : difference
  }
  return 0
}

/** Texts as an engine compares them: by their bytes. */
function keysCompared(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
}

/** As the index has it. */
function nameKey(organization: Organization): string {
  return cutKey(folded(mainName(organization)))
}

function typeOf(organization: Organization): number {
  return companyFacet(organization).type ?? SHOWN_AS.type
}
