import type { Condition, RowCondition } from '../../core/query.ts'
import { isHidden } from '../../core/query.ts'
import type { OrganizationQuery, SortOrder } from '../../core/store.ts'
import type { Sql } from './search-conditions.ts'
import { COLUMNS, hiddenFrom, isNarrowing, isRare, joined, testOf } from './search-conditions.ts'
import type { Spelling } from './spelling.ts'

/** The `order by` list of a search, `last` at its end. Kinds of rows are names of ours, never a client's text. */
export function orderOf(query: OrganizationQuery, last: string, spelling: Spelling): Sql {
  const asked = (query.sort ?? []).map((order) => {
    const { text, values } = ranked(order, keyOf(order, query, spelling))
    // Only rows may be lacking; said of a column, it would keep an engine from its index.
    const lacking = order.by in COLUMNS ? '' : ` nulls ${order.descending ? 'last' : 'first'}`
    return { text: `${text}${order.descending ? ' desc' : ''}${lacking}`, values }
  })
  return {
    text: [...asked.map(({ text }) => text), last].join(', '),
    values: asked.flatMap(({ values }) => values),
  }
}

/** Kinds of which every organization has one row: sorted by it, they are met in their order. */
const COMPLETE: ReadonlySet<string> = new Set(['name', 'nameKey'])

/** How a search goes along the rows of one kind, and ends as soon as its page is full. */
interface Walk {
  readonly from: Sql
  readonly order: string
  /** Whether it goes along no more rows than those that are asked for. */
  readonly isWithin: boolean
  /** What is left to ask of each organization that it meets. */
  readonly rest: Pick<OrganizationQuery, 'where'>
}

/** Undefined where no such way leads to the page. */
export function walkOf(query: OrganizationQuery, spelling: Spelling): Walk | undefined {
  const [first, ...others] = query.sort ?? []
  if (first === undefined || others.length > 0 || !COMPLETE.has(first.by)) return undefined
  const { by, descending, ranks, orElseBy } = first
  if (ranks !== undefined || orElseBy !== undefined || isHidden('name', query)) return undefined
  const conjuncts = query.where === undefined ? [] : conjunctsOf(query.where)
  const bounds = conjuncts.flatMap((one) =>
    'kind' in one && one.kind === by && isRare(one.test) && !isHidden('name', one.limits ?? {}) ? [one] : [],
  )
  const rest = conjuncts.filter((one) => !bounds.includes(one as RowCondition))
  // Where something else leaves few, that is the way.
  const isWithin = bounds.length > 0 && !rest.some(isNarrowing)
  const tests = isWithin
    ? bounds.flatMap(({ test }) => (test === undefined ? [] : [testOf(test, spelling)]))
    : []
  const rows = joined([spelling.rowsOf(query.tenant, by), ...tests], ' and ')
  return {
    // A cross join is made in the order that it is written in.
    from: {
      text: `from (select search_key, organization from index_rows where ${rows.text}) walked ${spelling.joinFromLeft} organizations on organizations.${spelling.owner} = walked.organization`,
      values: rows.values,
    },
    order: `walked.search_key${descending ? ' desc' : ''}, number`,
    isWithin,
    rest: isWithin ? { where: { all: rest } } : {},
  }
}

/** All of which must hold. */
function conjunctsOf(condition: Condition): readonly Condition[] {
  return 'all' in condition ? condition.all.flatMap(conjunctsOf) : [condition]
}

function keyOf({ by, orElseBy }: SortOrder, query: OrganizationQuery, spelling: Spelling): Sql {
  const column = COLUMNS[by]
  if (column !== undefined) return { text: column, values: [] }
  const first = firstKey(by, query, spelling)
  if (orElseBy === undefined) return first
  const second = firstKey(orElseBy, query, spelling)
  return { text: `coalesce(${first.text}, ${second.text})`, values: [...first.values, ...second.values] }
}

/** A number, which engines cannot tell from the places of other question marks. */
const PLACE = 'cast(? as double precision)'

function ranked({ ranks }: SortOrder, { text, values }: Sql): Sql {
  if (ranks === undefined) return { text, values }
  const places = [...ranks.of]
  return {
    // Keys are never empty, so that an empty one stands for none.
    text: `case coalesce(${text}, '') when '' then ${PLACE}${` when ? then ${PLACE}`.repeat(places.length)} else ${PLACE} end`,
    values: [...values, ranks.none, ...places.flat(), ranks.others],
  }
}

function firstKey(kind: string, query: OrganizationQuery, spelling: Spelling): Sql {
  const { text, values } = joined([spelling.ownRows(query.tenant, kind), ...hiddenFrom(query)], ' and ')
  return { text: `(select min(search_key) from ${spelling.ownTable} i where ${text})`, values }
}
