import type { Condition, RowTest } from '../../../core/query.ts'
import { EVERYTHING, NOTHING, sortable } from '../../../core/query.ts'
import type { Query, Term, TermTest } from '../lucene.ts'
import { testOfTerm } from '../where.ts'
import { LANGUAGE_PATTERN } from '../wire.ts'
import { badQuery } from './faults.ts'
import { createdIn, modifiedIn } from './instants.ts'
import { bare, KIND, wordsOf } from './keys.ts'
import { isAnything, rowTestOf, translatedTestOf } from './row-tests.ts'

/** Most wildcards and ranges: each may pass for many values. */
const OPEN_TERMS_LIMIT = 5

/** Most terms that ask the index; ids ask nothing of it. */
const INDEX_TERMS_LIMIT = 20

/** The query as a condition on index rows. @throws Problem refused (query) when it asks for too much, or for what is not indexed */
export function conditionOf(query: Query): Condition {
  const terms = termsIn(query).filter(({ field }) => field[0] !== 'id' && field[0] !== '*')
  const open = terms.filter(({ test }) => !('is' in test))
  if (open.length > OPEN_TERMS_LIMIT) {
    throw badQuery(`it has more than ${OPEN_TERMS_LIMIT} wildcards and ranges`)
  }
  if (terms.length > INDEX_TERMS_LIMIT) {
    throw badQuery(`it has more than ${INDEX_TERMS_LIMIT} terms that are no ids`)
  }
  return conditionOfQuery(query)
}

function termsIn(query: Query): readonly Term[] {
  if ('not' in query) return termsIn(query.not)
  if ('test' in query) return [query]
  return ('any' in query ? query.any : query.all).flatMap(termsIn)
}

function conditionOfQuery(query: Query): Condition {
  if ('any' in query) return { any: query.any.map(conditionOfQuery) }
  if ('all' in query) return { all: query.all.map(conditionOfQuery) }
  if ('not' in query) return { not: conditionOfQuery(query.not) }
  const { field, test } = query
  const condition = field.length === 0 ? wordsIn(test) : fieldIn(field, test)
  if (condition === undefined) throw badQuery(`"${field.join('.')}" cannot be searched that way`)
  return condition
}

/** A condition on a field; `rest` is what follows its name after dots. Undefined when there is no such thing. */
type Field = (test: TermTest, rest: Term['field']) => Condition | undefined

const FIELDS: Readonly<Record<string, Field>> = {
  '*': (test) => (testOfTerm(test)('*') ? EVERYTHING : NOTHING),
  _type: (test) => (testOfTerm(test)('organizer') ? EVERYTHING : NOTHING),
  id: scalar(idIn),
  name: (test, rest) => (rest.length < 2 ? translatedIn(KIND.name, test, rest[0]) : undefined),
  address: (test, [language, field = '', ...more]) =>
    language !== undefined && more.length === 0 && isAddressField(field)
      ? translatedIn(KIND[field], test, language)
      : undefined,
  labels: scalar((test) => rowsOf(KIND.label, rowTestOf(test))),
  creator: scalar((test) => rowsOf(KIND.creator, rowTestOf(test))),
  // Whole addresses only: what nobody may read must not be found piece by piece.
  contributors: scalar((test) => ('is' in test ? rowsOf(KIND.contributor, rowTestOf(test)) : undefined)),
  mainLanguage: scalar((test) => rowsOf(KIND.mainLanguage, rowTestOf(test))),
  languages: scalar((test) => rowsOf(KIND.language, rowTestOf(test))),
  completedLanguages: scalar((test) => rowsOf(KIND.completedLanguage, rowTestOf(test))),
  completeness: scalar(completenessIn),
  workflowStatus: scalar((test) => statusIn(testOfTerm(test))),
  created: scalar(createdIn),
  modified: scalar(modifiedIn),
}

/** Organizers whose status passes. */
export function statusIn(passes: (status: string) => boolean): Condition {
  const states = [
    ...(passes('ACTIVE') ? ['active', 'inactive'] : []),
    ...(passes('DELETED') ? ['deleted'] : []),
  ]
  return states.length === 3 ? EVERYTHING : { column: 'state', in: states }
}

export function idIn(test: TermTest): Condition | undefined {
  if ('like' in test && isAnything(test.like)) return EVERYTHING
  if (!('is' in test)) return undefined
  const id = test.is
  return { column: 'id', in: [...new Set([id, id.toLowerCase(), id.toUpperCase()])] }
}

function fieldIn([name = '', ...rest]: Term['field'], test: TermTest): Condition | undefined {
  return Object.hasOwn(FIELDS, name) ? FIELDS[name]?.(test, rest) : undefined
}

function scalar(field: (test: TermTest) => Condition | undefined): Field {
  return (test, rest) => (rest.length === 0 ? field(test) : undefined)
}

function isAddressField(
  name: string,
): name is 'addressCountry' | 'addressLocality' | 'postalCode' | 'streetAddress' {
  return ['addressCountry', 'addressLocality', 'postalCode', 'streetAddress'].includes(name)
}

function translatedIn(kind: string, test: TermTest, language = '*'): Condition {
  if (language === '*') return rowsOf(kind, translatedTestOf(test, undefined))
  return LANGUAGE_PATTERN.test(language) ? rowsOf(kind, translatedTestOf(test, language)) : NOTHING
}

/** Without a field: words of a name in any language, whatever their accents. */
function wordsIn(test: TermTest): Condition | undefined {
  if ('range' in test) return undefined
  if ('like' in test) return rowsOf(KIND.word, rowTestOf(test, bare))
  const words = wordsOf(test.is)
  return words.length === 0 ? NOTHING : { all: words.map((is) => rowsOf(KIND.word, { is })) }
}

function completenessIn(test: TermTest): Condition | undefined {
  if ('like' in test) return isAnything(test.like) ? EVERYTHING : undefined
  if ('is' in test) {
    const isNumber = String(Number(test.is)) === test.is
    return isNumber ? rowsOf(KIND.completeness, { is: percentKey(Number(test.is)) }) : NOTHING
  }
  const { from, to } = test.range
  if ([from, to].some((bound) => bound !== undefined && !isNumeric(bound))) return undefined
  return rowsOf(
    KIND.completeness,
    rowTestOf(test, (bound) => percentKey(Number(bound))),
  )
}

/** A number that lies beyond all percentages is one of those next to them. */
function percentKey(number: number): string {
  return sortable(Math.min(Math.max(number, -1), 101))
}

function isNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

function rowsOf(kind: string, test: RowTest | undefined): Condition {
  return test === undefined ? { kind } : { kind, test }
}
