import type { Asker } from './command.ts'
import type { Organization } from './organization.ts'
import type { Ports } from './ports.ts'
import type { Problem } from './problem.ts'
import type { SearchQuery } from './sight.ts'
import { search } from './sight.ts'
import type { Transactor } from './store.ts'

/** What no other organization that the asker can find may be. */
export interface Uniqueness {
  /** Finds those that are the same as the proposal; undefined where nothing can be. */
  readonly same: (proposal: Organization) => Pick<SearchQuery, 'states' | 'where'> | undefined
  readonly refusal: Problem
}

/** Asked on the writer, so that of two commands at one moment the second sees the first. @throws Problem the refusal */
export async function requireUnique(
  { known, matches }: Pick<Ports, 'known' | 'matches'>,
  transactor: Transactor,
  asker: Asker,
  proposal: Organization,
  { same, refusal }: Uniqueness,
): Promise<void> {
  const query = same(proposal)
  if (query === undefined) return
  const others = { not: { column: 'id', in: [proposal.id] } } as const
  const where = query.where === undefined ? others : { all: [query.where, others] }
  const store = { read: <T>(work: (reader: Transactor) => Promise<T>) => work(transactor) }
  const { total } = await search({ store, known, matches }, asker, { ...query, where, offset: 0, limit: 1 })
  if (total > 0) throw refusal
}
