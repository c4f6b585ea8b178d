import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { httpDate } from './http-date.ts'

test('an instant has the form of RFC 9110, asked for once or more often', () => {
  equal(httpDate(784_111_777), 'Sun, 06 Nov 1994 08:49:37 GMT')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      for (const _ of ['first', 'again']) equal(Date.parse(httpDate(seconds)), seconds * 1000)
    }),
  )
})

test('more instants than are kept have their texts, too', () => {
  for (let seconds = 0; seconds < 25_000; seconds += 1) equal(Date.parse(httpDate(seconds)), seconds * 1000)
})
