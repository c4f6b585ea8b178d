import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { Found } from '../../core/command.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import { dossier, viewContext } from '../../core/testing/records.ts'
import { rendered } from './rendered.ts'

const found = (): Found => ({ dossier: dossier(), context: viewContext() })

/** Renders what was found in each of the ways, and counts. */
function countOf(ways: readonly (readonly [found: Found, name: string])[]): number {
  let count = 0
  const render = () => {
    count += 1
    return `text ${count}`
  }
  for (const [one, name] of ways) rendered(one, name, render)
  return count
}

test('the same is made once', () => {
  const one = found()
  equal(
    countOf([
      [one, 'company'],
      [one, 'company'],
      [{ ...one }, 'company'],
    ]),
    1,
  )
})

test('another dossier is made anew, though it says the same', () => {
  equal(
    countOf([
      [found(), 'company'],
      [found(), 'company'],
    ]),
    2,
  )
})

test('another form, catalogue, base, language, time zone or class of reader is made anew', () => {
  const one = found()
  const { context } = one
  const others = [
    { ...context, catalogue: { ...context.catalogue, edition: context.catalogue.edition + 1 } },
    { ...context, baseUrl: 'https://elsewhere.example' },
    { ...context, language: 'fr' },
    { ...context, timeZone: 'fr' },
    { ...context, grant: { ...FULL_GRANT, class: 'readers' } },
  ]
  const ways = others.map((other) => [{ ...one, context: other }, 'company'] as const)
  equal(countOf([[one, 'company'], [one, 'companies'], ...ways, ...ways]), 7)
})

test('a text that is made anew takes the place of none that another reader sees', () => {
  const one = found()
  equal(
    rendered(one, 'company', () => 'theirs'),
    'theirs',
  )
  const shy = { ...one, context: { ...one.context, grant: { ...FULL_GRANT, class: 'shy' } } }
  equal(
    rendered(shy, 'company', () => 'less'),
    'less',
  )
  equal(
    rendered(one, 'company', () => 'not asked'),
    'theirs',
  )
})
