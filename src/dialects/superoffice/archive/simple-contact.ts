import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { Problem } from '../../../core/problem.ts'
import { conditionOf, holds } from '../filter/filter.ts'
import { rightsOf } from '../rights.ts'
import type { RowPage } from './answer.ts'
import { columnsOf } from './column.ts'
import { OWN_COLUMNS } from './contact-columns.ts'
import { DETAIL_COLUMNS, fieldColumn } from './contact-details.ts'
import type { ContactRow } from './contact-row.ts'
import type { Options } from './options.ts'
import { comparison } from './order.ts'
import type { Provider } from './rows.ts'

/** The vendor's archive of companies. @see specs/superoffice.md 4 */
export const simpleContact: Provider<ContactRow> = {
  entity: 'contact',
  keyOf: ({ organization }) => organization.number,
  rightsOf: ({ context }) => rightsOf(context.grant, context).TableRight,
}

export const CONTACT_COLUMNS = columnsOf([...OWN_COLUMNS, ...DETAIL_COLUMNS], fieldColumn)

/** A page of the contacts that the asker may read. @throws Problem refused (option-invalid) */
export async function findContacts(
  directory: Directory,
  asker: Asker,
  options: Options<ContactRow>,
): Promise<RowPage<ContactRow>> {
  const { filter, orders, skip, top, columns, isTotalled } = options
  const { context } = directory.draft(asker)
  const where = conditionOf(filter, context.catalogue)
  const sort = orders.flatMap(({ order, descending }) =>
    order.sortOf(context).map((key) => ({ ...key, descending })),
  )
  if (!options.isEntityAsked || (top === 0 && !isTotalled)) return { rows: [], hasMore: false }
  const compare = comparison(orders)
  const { items, total } = await directory.search(asker, {
    states: ['active', 'inactive'],
    where,
    sort,
    offset: skip,
    limit: top,
    exact: {
      holds: (found) => holds(filter, rowOf(found)),
      compare: (left, right) => compare(rowOf(left), rowOf(right)),
    },
    ...(!isTotalled && { isUncounted: true }),
  })
  const showsPeople = columns.some((column) => column.showsPeople)
  const rows: ContactRow[] = []
  for (const found of items) rows.push(showsPeople ? await withPeople(directory, asker, found) : rowOf(found))
  return { rows, hasMore: total > skip + items.length, ...(isTotalled && { total }) }
}

export function rowOf({ dossier: { organization, people }, context }: Found): ContactRow {
  return { organization, people, context }
}

/** The row with those in a role, as far as the asker may see them; one that is gone by now has none. */
async function withPeople(directory: Directory, asker: Asker, found: Found): Promise<ContactRow> {
  const row = rowOf(found)
  const { roles, tenant, id } = row.organization
  if (Object.keys(roles).length === 0) return row
  try {
    const { dossier } = await directory.find(asker, { tenant, id }, 'role-holders')
    return { ...row, people: dossier.people }
  } catch (fault) {
    if (fault instanceof Problem && (fault.is('not-found') || fault.is('forbidden'))) return row
    throw fault
  }
}
