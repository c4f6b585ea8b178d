import type { DatabaseSync } from 'node:sqlite'
import type { Condition } from '../../core/query.ts'
import type { OrganizationQuery } from '../../core/store.ts'
import { statementsOf } from './statements.ts'

/** How many organizations each tenant has of each state: kept with every write that changes it, for lists of a million. */
export interface Counts {
  /** One more, or one less. */
  add(tenant: string, state: string, more: 1 | -1): void
}

/** Counts all anew, where nothing is counted. */
export const COUNT = `insert into organization_counts (tenant, state, count)
  select tenant, state, count(*) from organizations group by tenant, state;`

/** @param database the connection that writes */
export function createCounts(database: DatabaseSync): Counts {
  const statement = statementsOf(database)
  return {
    add(tenant, state, more) {
      const { changes } = statement(
        'update organization_counts set count = count + ? where tenant = ? and state = ?',
      ).run(more, tenant, state)
      if (changes === 0)
        statement('insert into organization_counts (tenant, state, count) values (?, ?, ?)').run(
          tenant,
          state,
          more,
        )
    },
  }
}

/** How many match what asks for nothing but states; undefined where it asks for more. */
export function countOf(
  statement: ReturnType<typeof statementsOf>,
  query: OrganizationQuery,
): number | undefined {
  const { tenant, states, search, where } = query
  const asked = where === undefined ? [] : statesIn(where)
  if (search !== undefined || asked === undefined) return undefined
  const passes = (state: string) => [states ?? [state], ...asked].every((some) => some.includes(state))
  const rows = statement('select state, count from organization_counts where tenant = ?').all(tenant)
  return rows.filter(({ state }) => passes(String(state))).reduce((sum, { count }) => sum + Number(count), 0)
}

/** Lists of states, in each of which it must be. */
function statesIn(condition: Condition): readonly (readonly string[])[] | undefined {
  if ('all' in condition) {
    const lists = condition.all.map(statesIn)
    return lists.every((one) => one !== undefined) ? lists.flat() : undefined
  }
  const isOfStates = 'column' in condition && 'in' in condition && condition.column === 'state'
  return isOfStates ? [condition.in] : undefined
}
