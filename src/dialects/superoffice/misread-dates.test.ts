import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dossier, putContext } from '../../core/testing/records.ts'
import { contact } from './lens/contact.ts'
import { withDatesAsShown } from './misread-dates.ts'

const SUMMER = '2024-07-06T07:08:09'
const WINTER = '2024-01-06T23:30:00'

const view = (timeZone?: string) =>
  contact.get(
    dossier({ facets: { superoffice: { dbiLastSyncronized: SUMMER, dbiLastModified: WINTER } } }),
    putContext(timeZone === undefined ? {} : { timeZone }),
  )

/** What is written of both dates by a client whose clock is `offset` minutes ahead. */
function written(sent: readonly [string, string], offset?: string, shown = view()): readonly unknown[] {
  const [DbiLastSyncronized, DbiLastModified] = sent
  const input = { ...contact.echo(shown), DbiLastSyncronized, DbiLastModified }
  const headers = offset === undefined ? {} : { 'so-browser-tz-offset': offset }
  const proposed = withDatesAsShown(input, headers)
  const put = typeof proposed === 'function' ? proposed(shown) : proposed
  return [put.DbiLastSyncronized, put.DbiLastModified]
}

test('dates that a client took for its own are what it was shown, in summer and in winter', () => {
  const oslo = ['2024-07-06T05:08:09Z', '2024-01-06T22:30:00Z'] as const
  assert.deepEqual(written(oslo, '60'), [SUMMER, WINTER])
  assert.deepEqual(written(oslo, '120'), [SUMMER, WINTER])
  const newYork = ['2024-07-06T11:08:09Z', '2024-01-07T04:30:00Z'] as const
  assert.deepEqual(written(newYork, '-300'), [SUMMER, WINTER])
  assert.deepEqual(written(newYork, '-240'), [SUMMER, WINTER])
  assert.deepEqual(written(['2024-07-06T01:23:09Z', WINTER], '345'), [SUMMER, WINTER])
})

test('dates that it edited are the instants that it sent', () => {
  const edited = ['2024-07-06T05:08:10Z', '2025-01-06T22:30:00Z'] as const
  assert.deepEqual(written(edited, '60'), edited)
  assert.deepEqual(written(['0001-01-01T00:00:00', '2024-01-06T10:00:00Z'], '60'), [
    '0001-01-01T00:00:00',
    '2024-01-06T10:00:00Z',
  ])
})

test('a client that tells no offset, or reads offsets, means what it says', () => {
  const oslo = ['2024-07-06T05:08:09Z', '2024-01-06T22:30:00Z'] as const
  for (const offset of [undefined, '', 'x', '1e2', '9999']) assert.deepEqual(written(oslo, offset), oslo)
  assert.deepEqual(written(oslo, '60', view('UTC,includetzoffset')), oslo)
})
