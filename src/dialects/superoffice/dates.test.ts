import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dateOfSeconds, EMPTY_DATE, readDate } from './wire/dates.ts'

const read = {
  '2018-05-17T03:46:59.8474445+02:00': '2018-05-17T01:46:59',
  '2018-05-17T03:46:59-0500': '2018-05-17T08:46:59',
  '2018-05-17T03:46:59Z': '2018-05-17T03:46:59',
  '2018-05-17 03:46:59': '2018-05-17T03:46:59',
  '2018-05-17T03:46': '2018-05-17T03:46:00',
  '2018-05-17': '2018-05-17T00:00:00',
  '0001-01-01T00:00:00': EMPTY_DATE,
  '0000-12-31T23:06:32.000Z': EMPTY_DATE,
  '0001-01-01T04:56:02.000Z': EMPTY_DATE,
  '0002-01-01T00:30:00+01:00': EMPTY_DATE,
  '0002-01-01T00:00:00': '0002-01-01T00:00:00',
  '9999-12-31T23:59:59': '9999-12-31T23:59:59',
}

describe('dates', () => {
  for (const [written, shown] of Object.entries(read)) {
    test(`reads ${written}`, () => {
      assert.equal(readDate(written), shown)
    })
  }

  for (const text of [
    '',
    'soon',
    '2018-02-30',
    '2018-05-17T24:00:00',
    '18-05-17',
    '9999-12-31T23:59:59-01:00',
  ]) {
    test(`finds no date in ${JSON.stringify(text)}`, () => {
      assert.equal(readDate(text), undefined)
    })
  }

  test('shows whole seconds without a zone', () => {
    assert.equal(dateOfSeconds(1_526_529_600), '2018-05-17T04:00:00')
  })
})
