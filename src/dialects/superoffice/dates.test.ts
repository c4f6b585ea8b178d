import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { dateOfSeconds, dateOfTime, EMPTY_DATE, localDate, readDate, storedDate } from './wire/dates.ts'
import { timeZoneOf } from './wire/time-zones.ts'

const read = {
  '2018-05-17T03:46:59.8474445+02:00': '2018-05-17T01:46:59Z',
  '2018-05-17T03:46:59-0500': '2018-05-17T08:46:59Z',
  '2018-05-17T03:46:59Z': '2018-05-17T03:46:59Z',
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

describe('dates of a zone', () => {
  const written = {
    '2020-07-01T12:00:00': '2020-07-01T10:00:00',
    // Clocks are put forward at two.
    '2020-03-29T02:30:00': '2020-03-29T01:30:00',
    // And back at three: of two the earlier.
    '2020-10-25T02:30:00': '2020-10-25T00:30:00',
    '2020-10-25T02:30:00Z': '2020-10-25T02:30:00',
  }
  for (const [sent, utc] of Object.entries(written)) {
    test(`${sent} in Oslo is ${utc}`, () => {
      assert.equal(storedDate(EMPTY_DATE, sent, 'NO'), utc)
    })
  }

  test('what was shown is kept, the second of two times too', () => {
    assert.equal(storedDate('2020-10-25T01:30:00', '2020-10-25T02:30:00', 'NO'), '2020-10-25T01:30:00')
  })

  test('the ends of the calendar are shown, not passed', () => {
    assert.equal(localDate('9999-12-31T23:30:00', 'NO,includetzoffset'), '9999-12-31T23:30:00Z')
    assert.equal(localDate(EMPTY_DATE, 'US-NY,includetzoffset'), '0001-01-01T00:00:00-05:00')
  })

  test('any time of any zone is written back as it was', () => {
    const times = fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2100, 0, 1) })
    const zones = fc.constantFrom('NO', 'US-NY', 'IN,includetzoffset', 'AU-NSW', 'NO,includetzoffset')
    fc.assert(
      fc.property(times, zones, (time, zone) => {
        const stored = dateOfTime(time - (((time % 1000) + 1000) % 1000))
        assert.equal(storedDate(stored, readDate(localDate(stored, zone)) ?? '', zone), stored)
      }),
    )
  })
})

describe('zones', () => {
  const asked = {
    NO: 'NO',
    ' us-ny , includeTZOffset': 'US-NY,includetzoffset',
    '261': 'NO',
    utc: undefined,
    '1,includetzoffset': 'UTC,includetzoffset',
    includeTZOffset: 'UTC,includetzoffset',
    Mars: undefined,
    constructor: undefined,
    '': undefined,
  }
  for (const [header, zone] of Object.entries(asked)) {
    test(`${JSON.stringify(header)} is ${zone ?? 'the base zone'}`, () => {
      assert.equal(timeZoneOf(header), zone)
    })
  }
})
