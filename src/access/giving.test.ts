import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../core/principal.ts'
import { principal, TENANT } from '../core/testing/records.ts'
import { mayGive, mayMake } from './giving.ts'

const role = (id: string, fields: Partial<Role>): Role => ({
  id,
  tenant: TENANT.id,
  permissions: [],
  ...fields,
})

const OWN = role('own', { permissions: ['organizations.read', 'access.manage'], parts: { note: 'read' } })
const THERE = role('there', { permissions: ['organizations.edit'], where: 'name:a' })

const catalogue = { role: (id: string) => [OWN, THERE].find((one) => one.id === id) }
const giver = principal({ superuser: false, roles: ['own', 'there'] })

/** What somebody with the two roles may give. */
const rows: readonly (readonly [what: string, fields: Partial<Role>, may: boolean])[] = [
  ['nothing', {}, true],
  ['what they have', { permissions: ['organizations.read'], parts: { note: 'read' } }, true],
  ['less of it', { permissions: ['organizations.read'], parts: { note: 'none' }, where: 'x' }, true],
  ['more of a part', { permissions: ['organizations.read'] }, false],
  ['a permission that they lack', { permissions: ['people.read'] }, false],
  ['what they have there, there', { permissions: ['organizations.edit'], where: 'name:a' }, true],
  ['what they have there, everywhere', { permissions: ['organizations.edit'] }, false],
  ['what they have there, elsewhere', { permissions: ['organizations.edit'], where: 'name:b' }, false],
]

for (const [what, fields, may] of rows) {
  test(`${may ? 'may' : 'may not'} give ${what}`, () => {
    equal(mayGive(giver, role('new', fields), catalogue), may)
  })
}

test('superusers give everything, and nobody else makes or touches one', () => {
  const root = principal({ superuser: true })
  equal(mayGive(root, role('new', { permissions: ['people.edit'] }), catalogue), true)
  equal(mayMake(root, { superuser: true, roles: [] }, catalogue), true)
  equal(mayMake(giver, { superuser: true, roles: [] }, catalogue), false)
  equal(mayMake(giver, { superuser: false, roles: ['own', 'there'] }, catalogue), true)
})
