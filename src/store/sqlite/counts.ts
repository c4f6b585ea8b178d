import type { DatabaseSync } from 'node:sqlite'
import type { Condition } from '../../core/query.ts'
import { EVERYTHING } from '../../core/query.ts'
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
  statement: Statement,
  query: Omit<OrganizationQuery, 'offset' | 'limit'>,
): number | undefined {
  const { tenant, states, search, where = EVERYTHING, among = EVERYTHING } = query
  const passes = testOf({ all: [where, among] })
  if (search !== undefined || passes === undefined) return undefined
  const isAsked = (state: string) => states?.some((one) => one === state) !== false
  return countIn(statement, tenant, (state) => isAsked(state) && passes(state))
}

/** How many there are of the states that pass. */
export function countIn(statement: Statement, tenant: string, passes: StateTest): number {
  return countsOf(statement, tenant)
    .filter(({ state }) => passes(String(state)))
    .reduce((sum, { count }) => sum + Number(count), 0)
}

/** The states that any organization has or had. */
export function statesOf(statement: Statement, tenant: string): readonly string[] {
  return countsOf(statement, tenant).map(({ state }) => String(state))
}

function countsOf(statement: Statement, tenant: string) {
  return statement('select state, count from organization_counts where tenant = ?').all(tenant)
}

type Statement = ReturnType<typeof statementsOf>

type StateTest = (state: string) => boolean

/** Which states pass; undefined where other things count. */
function testOf(condition: Condition): StateTest | undefined {
  if ('all' in condition) {
    const tests = testsOf(condition.all)
    return tests && ((state) => tests.every((passes) => passes(state)))
  }
  if ('any' in condition) {
    const tests = testsOf(condition.any)
    return tests && ((state) => tests.some((passes) => passes(state)))
  }
  if ('not' in condition) {
    const passes = testOf(condition.not)
    return passes && ((state) => !passes(state))
  }
  if (!('column' in condition) || condition.column !== 'state') return undefined
  return (state) => condition.in.includes(state)
}

function testsOf(conditions: readonly Condition[]): readonly StateTest[] | undefined {
  const tests = conditions.map(testOf)
  return tests.every((test) => test !== undefined) ? tests : undefined
}
