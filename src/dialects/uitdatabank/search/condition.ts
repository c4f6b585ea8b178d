import type { Condition, Range, RowTest } from '../../../core/query.ts'
import { EVERYTHING, NOTHING, sortable } from '../../../core/query.ts'
import { LANGUAGE_PATTERN } from '../wire.ts'
import { testOfTerm } from '../where.ts'
import type { Query, Term, TermTest } from '../lucene.ts'
import { unsearchable } from './faults.ts'
import { createdIn, modifiedIn } from './instants.ts'
import { KIND, textKey, translatedKey, wordsOf } from './keys.ts'
import { likeOf, rangeOf, testOf, wordTest } from './row-tests.ts'

/** The query as a condition on index rows. @throws Problem refused (query) when it asks for what is not indexed */
export function conditionOf(query: Query): Condition {
  if ('any' in query) return { any: query.any.map(conditionOf) }
  if ('all' in query) return { all: query.all.map(conditionOf) }
  if ('not' in query) return { not: conditionOf(query.not) }
  return conditionOfTerm(query)
}
