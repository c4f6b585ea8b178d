import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { SeenEvent } from './load.ts'
import { faultsIn, silenceAround } from './verdict.ts'

const wrote = (value: string, at = 0, isAcknowledged = true) => ({ value, at, isAcknowledged })
const event = (sequence: string, value: string): SeenEvent => ({
  id: sequence,
  sequence,
  after: `["${value}"]`,
})

const EVENTS = [event('01', '11 1'), event('03', '11 2')]
const WRITTEN = [[wrote('11 1'), wrote('11 2')]]

test('nothing is wrong when each write that was acknowledged is in one event', () => {
  deepEqual(faultsIn([[...(WRITTEN[0] ?? []), wrote('11 3', 0, false)]], [EVENTS, EVENTS]), [])
})

test('a write that is lost is found, one that was refused and is kept is none', () => {
  deepEqual(faultsIn(WRITTEN, [EVENTS.slice(0, 1)]), ['11 2 was acknowledged, and is lost'])
  deepEqual(faultsIn([[wrote('11 1', 0, false)]], [EVENTS]), [])
})

test('a write that was done twice is found', () => {
  deepEqual(faultsIn(WRITTEN, [[...EVENTS, event('04', '11 2')]]), ['11 2 is in 2 events'])
})

test('events out of order, events that come twice, and readers who disagree are found', () => {
  deepEqual(faultsIn([], [[...EVENTS].reverse()]), ['reader 1: 01 came after one that is not smaller'])
  deepEqual(faultsIn([], [[...EVENTS, ...EVENTS.slice(1)]]), [
    'reader 1: 03 came after one that is not smaller',
    'reader 1: 1 events came twice',
  ])
  deepEqual(faultsIn([], [EVENTS, EVENTS.slice(1)]), ['readers 1 and 2 saw different events'])
})

test('a silence is the longest time without an answer after the last one before', () => {
  const times = [0, 5, 9, 11, 200, 203].map((at) => wrote('', at))
  equal(silenceAround(10, times), 189)
})
