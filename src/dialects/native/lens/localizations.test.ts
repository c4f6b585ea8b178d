import { deepEqual, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { readLocalization } from './localizations.ts'

const MAIN = { street: { components: [{ kind: 'name', value: 'Markt' }], countryCode: 'BE' } }

test('members of an address are translated one by one, into what was said of it before', () => {
  const patch = {
    'addresses/street/countryCode': 'FR',
    'addresses/street': { full: 'Place' },
    'addresses/street/timeZone': 'Europe/Paris',
  }
  deepEqual(readLocalization(patch, MAIN).addresses, { street: { full: 'Place', timeZone: 'Europe/Paris' } })
})

test('very many of them take the time that they take to read', () => {
  const members = Array.from({ length: 50_000 }, (_, at) => [`addresses/street/example.com:x${at}`, at])
  const from = performance.now()
  const { addresses } = readLocalization(Object.fromEntries(members), MAIN)
  ok(performance.now() - from < 5_000)
  deepEqual(Object.keys(addresses['street'] ?? {}).length, 50_002)
})

test('what no address is called stays as it was sent', () => {
  const patch = { 'addresses/__proto__': { a: 1 }, 'addresses/constructor/name': 1 }
  const { addresses, rest } = readLocalization(patch, MAIN)
  deepEqual([addresses, rest], [{}, patch])
})
