import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { isLost } from './faults.ts'

test('a connection is lost when the network says so, or a server that goes away', () => {
  const codes = ['EPIPE', 'ECONNRESET', undefined, '57P01', '08006', '23505', '40P01', '55P03', 'XX000']
  deepEqual(
    codes.map((code) => isLost({ code })),
    [true, true, true, true, true, false, false, false, false],
  )
})
