import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readQuery } from '../where.ts'
import type { Entry } from './search-entries.ts'
import { momentOf } from './search-entries.ts'

/** A query with what it means, judged by the same evaluation that roles use, term by term. */
export interface Asked {
  readonly text: string
  /** 0 for OR, 1 for AND, 2 for NOT, 3 for a term: what binds closer needs no parentheses. */
  readonly rank: number
  readonly holds: (document: unknown) => boolean
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const escaped = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '\\$&')

/** Fields with a value of an entry each, where texts may be cut. */
function valuesIn({
  organization,
  view,
  words,
}: Entry): readonly (readonly [field: string, value: string])[] {
  const addresses = Object.entries(view.address ?? {}).flatMap(([language, address]) =>
    Object.entries(address).flatMap(([field, value]): [string, string][] => [
      [`address.${language}.${field}`, value],
      [`address.\\*.${field}`, value],
    ]),
  )
  const names = Object.entries(view.name).flatMap(([language, value]): [string, string][] => [
    [`name.${language}`, value],
    ['name', value],
    ['name.\\*', value],
  ])
  const labels = [...(view.labels ?? []), ...(view.hiddenLabels ?? [])].map(
    (label) => ['labels', label] as const,
  )
  return [
    ...addresses,
    ...names,
    ...labels,
    ...words.map((word) => ['', word] as const),
    ...view.languages.map((language) => ['languages', language] as const),
    ...view.completedLanguages.map((language) => ['completedLanguages', language] as const),
    ['mainLanguage', view.mainLanguage],
    ['creator', view.creator],
    ['workflowStatus', view.workflowStatus],
    ['_type', 'organizer'],
    ['name.es', organization.name['es'] ?? 'x'],
  ]
}

function termsFor(entries: readonly Entry[]): fc.Arbitrary<Asked> {
  const term = (text: string): Asked => ({ text, rank: 3, holds: readQuery(text) ?? assert.fail(text) })
  const texts = fc
    .tuple(
      fc.constantFrom(...entries.flatMap(valuesIn)),
      fc.constantFrom(...entries.flatMap(valuesIn)),
      fc.constantFrom(
        'is',
        'is',
        'start',
        'end',
        'middle',
        'one',
        'around',
        'all',
        'from',
        'to',
        'open',
        'both',
      ),
      fc.nat(5),
    )
    .map(([[field, value], [, other], form, at]) => {
      const points = [...value]
      const name = field === '' ? '' : `${field}:`
      const start = escaped(points.slice(0, at + 1).join(''))
      const end = escaped(points.slice(-at - 1).join(''))
      const [low, high] = [value, other].map(quoted)
      const isRanged = field !== ''
      const forms: Record<string, string> = {
        is: quoted(value),
        start: `${start}*`,
        end: `*${end}`,
        middle: `*${escaped(points.slice(at, at + 3).join('') || 'x')}*`,
        one: `${escaped(points.slice(0, at).join(''))}?${escaped(points.slice(at + 1).join(''))}`,
        around: `${start}*${end}`,
        all: '*',
        from: isRanged ? `[${low} TO *]` : quoted(value),
        to: isRanged ? `[* TO ${low}}` : quoted(value),
        open: isRanged ? `{${low} TO ${high}}` : quoted(value),
        both: isRanged ? `[${low} TO ${high}]` : quoted(value),
      }
      return `${name}${forms[form]}`
    })
  const seconds = fc.constantFrom(
    ...entries.flatMap(({ organization, view }) => [view.created, momentOf(organization.shownAt)]),
  )
  const times = fc
    .tuple(fc.constantFrom('created', 'modified'), seconds, seconds, fc.constantFrom('[]', '{}', '[}', '{]'))
    .map(([field, from, to, [open, close]]) => `${field}:${open}${from} TO ${to}${close}`)
  const numbers = fc
    .tuple(fc.nat(110), fc.nat(110), fc.constantFrom('[]', '{}', '[}', '{]'))
    .map(([from, to, [open, close]]) => `completeness:${open}${from} TO ${to}${close}`)
  const whole = fc.oneof(
    fc.constantFrom(...entries.map(({ view }) => `completeness:${view.completeness}`)),
    fc
      .constantFrom(...entries.flatMap(({ organization }) => organization.contributors), 'x@y.example')
      .map((email) => `contributors:${quoted(email.toUpperCase())}`),
    fc.constantFrom(
      '*:*',
      'id:*',
      'created:*',
      'name.xyz:x',
      'creator:(ann OR bob)',
      'labels:(public* -*visible)',
    ),
  )
  return fc.oneof({ weight: 8, arbitrary: texts }, { weight: 2, arbitrary: times }, numbers, whole).map(term)
}

/** Terms joined with as few parentheses as the precedence of the operators allows. */
export function queriesFor(entries: readonly Entry[]): fc.Arbitrary<Asked> {
  const inside = ({ text, rank }: Asked, least: number) => (rank < least ? `(${text})` : text)
  const { query } = fc.letrec<{ query: Asked }>((tie) => {
    const pairs = fc.tuple(tie('query'), tie('query'))
    return {
      query: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'query' },
        termsFor(entries),
        fc.tuple(tie('query'), fc.constantFrom('NOT ', '-', '!')).map(([one, not]) => ({
          text: `${not}${inside(one, 3)}`,
          rank: 2,
          holds: (document: unknown) => !one.holds(document),
        })),
        fc.tuple(pairs, fc.constantFrom(' AND ', ' && ', ' ')).map(([[left, right], and]) => ({
          text: `${inside(left, 1)}${and}${inside(right, 1)}`,
          rank: 1,
          holds: (document: unknown) => left.holds(document) && right.holds(document),
        })),
        fc.tuple(pairs, fc.constantFrom(' OR ', ' || ')).map(([[left, right], or]) => ({
          text: `${inside(left, 0)}${or}${inside(right, 0)}`,
          rank: 0,
          holds: (document: unknown) => left.holds(document) || right.holds(document),
        })),
      ),
    }
  })
  // More of them are refused.
  return query.filter(({ text }) => (text.match(/[*?]| TO /g) ?? []).length <= 5)
}
