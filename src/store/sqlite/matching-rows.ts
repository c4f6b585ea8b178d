import type { Condition } from '../../core/query.ts'
import type { RowSet } from '../../core/row-set.ts'
import { common, NO_ROWS, rowsIn, sizeOfSet, together, without } from '../../core/row-set.ts'
import type { RowQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { isRare, joined, memberOf, whereOf } from '../shared/search-conditions.ts'
import { countIn, statesOf } from './counts.ts'
import type { KeptLists, List } from './kept-lists.ts'
import { allOf, listedIn } from './kept-lists.ts'
import { SPELLING } from './spelling.ts'
import type { Statement } from './walk.ts'
import { LOOKED_UP } from './walk.ts'
import { conjunctsOf, listOf } from './walk-sources.ts'

/** So few organizations that each is asked, in place of lists: of rows that an index leads to, of a whole kind. */
export interface Few {
  readonly led: number
  readonly unled: number
  /** So few that each is asked where a list is `longer` times as long. */
  readonly beside: number
  readonly longer: number
}

const FEW: Few = { led: 1_000, unled: 20_000, beside: 4_000, longer: 25 }

/** Rows of a list that are counted, to see which is the shortest. */
const COUNTED = 5_000

/** Where there is no list, or none that is worth one. */
const UNLISTED = 1_000_000

type Leaf = Exclude<
  Condition,
  { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }
>

/** Gives the rows of all that match, and those of them of which more holds, as they are at one moment. */
export type Matching = (query: RowQuery, among: readonly Condition[]) => readonly [RowSet, ...RowSet[]]

/**
 * All that match, by lists of rows that are met, joined and taken from one another as sets: a hundred thousand of a list take
 * some 10 ms, of a set a few microseconds.
 * @param kept lists of the transaction in which it is called; without them, each is read
 */
export function createMatching(statement: Statement, kept?: KeptLists, few = FEW): Matching {
  return (query, among) => setsOf(statement, kept, query, among, few)
}

function setsOf(
  statement: Statement,
  kept: KeptLists | undefined,
  { tenant, states, where, hiddenParts, onlyParts }: RowQuery,
  among: readonly Condition[],
  few: Few,
): readonly [RowSet, ...RowSet[]] {
  const query = { tenant, ...(hiddenParts && { hiddenParts }), ...(onlyParts && { onlyParts }) }
  const lists = new Map<string, RowSet>()
  const lengths = new Map<string, number>()

  function listed(list: List | undefined): RowSet {
    if (list === undefined) return NO_ROWS
    const name = JSON.stringify(list)
    const set = lists.get(name) ?? kept?.setOf(list) ?? listedIn(statement, allOf(list))
    lists.set(name, set)
    return set
  }

  /** How many rows a list has, or one more than `most`; whoever may know of which. */
  function lengthOf(condition: Leaf, most: number): number {
    const list = listOf({ ...condition, limits: {} }, { tenant })
    if (list === undefined) return 0
    const { text, values } = allOf(list)
    const name = JSON.stringify([text, values, most])
    const known = lengths.get(name)
    if (known !== undefined) return known
    const counted = statement(`select count(*) as count from (${text} limit ?)`).get(...values, most + 1)
    const length = Number(counted?.['count'])
    lengths.set(name, length)
    return length
  }

  const everyone = () => listed({ from: 'organizations', where: { text: 'tenant = ?', values: [tenant] } })

  /** @param within nothing else is looked for; undefined for everyone */
  function setOf(condition: Condition, within: RowSet | undefined): RowSet {
    if ('all' in condition) return inAll(condition, within)
    if (within !== undefined && isAskedOfEach(condition, sizeOfSet(within))) return asked(condition, within)
    if ('any' in condition) return inAny(condition.any, within)
    if ('not' in condition) return without(within ?? everyone(), setOf(condition.not, within))
    if ('column' in condition && condition.column === 'state' && 'in' in condition)
      return inStates(condition.in, within)
    const set = listed(listOf(condition, query))
    return within === undefined ? set : common(within, set)
  }

  function isAskedOfEach(condition: Condition, count: number): boolean {
    if (count <= few.led) return true
    if (!('kind' in condition)) return false
    if (!isRare(condition.test)) return count <= few.unled
    if (count > few.beside) return false
    const longer = Math.floor(count * few.longer)
    return lengthOf(condition, longer) > longer
  }

  /** The shortest list first; denials only take away. */
  function inAll(condition: Condition, within: RowSet | undefined): RowSet {
    const conjuncts = conjunctsOf(condition)
    const estimates = new Map(conjuncts.map((one) => [one, conjuncts.length > 1 ? estimateOf(one) : 0]))
    let left = within
    for (const one of conjuncts.toSorted((a, b) => Number(estimates.get(a)) - Number(estimates.get(b))))
      left = setOf(one, left)
    return left ?? everyone()
  }

  /** Where few are left of which none holds yet, those are asked. */
  function inAny(conditions: readonly Condition[], within: RowSet | undefined): RowSet {
    let found = NO_ROWS
    let most: number | undefined
    for (const one of conditions) {
      most ??= within === undefined ? countIn(statement, tenant, () => true) : sizeOfSet(within)
      const left = most - sizeOfSet(found) <= few.led ? without(within ?? everyone(), found) : within
      found = together(found, setOf(one, left))
    }
    return found
  }

  /** How many rows its lists have, as far as they are counted. */
  function estimateOf(condition: Condition): number {
    if ('all' in condition) return Math.min(UNLISTED, ...condition.all.map(estimateOf))
    if ('any' in condition) return condition.any.reduce((sum, one) => sum + estimateOf(one), 0)
    if ('not' in condition || ('column' in condition && condition.column === 'state')) return UNLISTED
    if ('kind' in condition && !isRare(condition.test)) return UNLISTED / 2
    return lengthOf(condition, COUNTED)
  }

  /** By the states that fewer have. */
  function inStates(those: readonly string[], within: RowSet | undefined): RowSet {
    const isOther = (state: string) => !those.includes(state)
    if (countIn(statement, tenant, isOther) < countIn(statement, tenant, (state) => !isOther(state))) {
      const others = statesOf(statement, tenant).filter(isOther)
      return without(within ?? everyone(), ofStates(others))
    }
    const set = ofStates(those)
    return within === undefined ? set : common(within, set)
  }

  function ofStates(those: readonly string[]): RowSet {
    const where = joined([{ text: 'tenant = ?', values: [tenant] }, memberOf('state', those)], ' and ')
    return listed({ from: 'organizations indexed by organizations_by_state', where })
  }

  function asked(condition: Condition, within: RowSet): RowSet {
    const given: Sql = {
      text: `select organizations.key from (select value from json_each(?)) given cross join organizations ${LOOKED_UP} on organizations.key = given.value`,
      values: [`[${rowsIn(within).join(',')}]`],
    }
    return listedIn(statement, joined([given, whereOf({ ...query, where: condition, ...EACH })], ' '))
  }

  const stated: readonly Condition[] = states === undefined ? [] : [{ column: 'state', in: states }]
  const all = setOf({ all: [...(where === undefined ? [] : [where]), ...stated] }, undefined)
  return [all, ...among.map((one) => setOf(one, all))]
}

const EACH = { spelling: SPELLING, isNarrow: true, isPage: true, isEach: true } as const
