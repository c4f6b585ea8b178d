import { ok, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { organizationCardFrom } from './card-bodies.ts'

const read = (keyword: string) =>
  organizationCardFrom({ name: { full: 'x' }, keywords: { [keyword]: true } }, 'nl')

test('a keyword says something, and has no semicolon', () => {
  for (const keyword of ['a', ' a ', 'a b']) ok(read(keyword))
  for (const keyword of ['', '  ', ';', 'a;b', 'a;', ';a', ' ;']) throws(() => read(keyword))
})

test('a very long one is judged in the time that it takes to read it', () => {
  const from = performance.now()
  for (const end of [';', ';;']) {
    throws(() => read('x'.repeat(1_000_000) + end))
    throws(() => read(' '.repeat(1_000_000) + end))
  }
  ok(performance.now() - from < 5_000)
})
