import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyScope } from '../core/settings.ts'
import { KEY_SCOPES } from '../core/settings.ts'
import { isWithinScope } from './scope.ts'

const READING = ['GET', 'HEAD']
const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const MAY: Readonly<Record<KeyScope, readonly string[]>> = {
  none: [...READING, ...WRITING],
  organizations: [...READING, ...WRITING],
  view: READING,
  orders: [],
  users: [],
}

for (const scope of KEY_SCOPES) {
  test(`a key for ${scope} may ${MAY[scope].join(', ') || 'nothing'}`, () => {
    deepEqual(
      [...READING, ...WRITING].filter((method) => isWithinScope(scope, method)),
      MAY[scope],
    )
  })
}

test('a key that is not narrowed may everything', () => {
  deepEqual(
    [...READING, ...WRITING].every((method) => isWithinScope(undefined, method)),
    true,
  )
})
