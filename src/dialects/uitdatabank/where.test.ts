import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogue, organization } from '../../core/testing/records.ts'
import { matches } from './where.ts'

const ORGANIZATION = organization({
  name: { nl: 'Voorbeeld vzw', fr: 'Exemple asbl' },
  labels: [
    { name: 'Public-Visible', imported: false },
    { name: 'public-hidden', imported: false },
  ],
  addresses: {
    street: {
      nl: { line1: 'Markt 1', city: 'Leuven', postalCode: '3000', country: 'BE' },
      fr: { line1: 'Markt 1', city: 'Louvain', postalCode: '3000', country: 'BE' },
    },
  },
  contributors: ['wie@voorbeeld.example'],
})

/** Each row: a constraint, and whether the organization meets it. @see specs/uitdatabank.md 5.3 */
const ROWS: readonly (readonly [where: string, isMet: boolean])[] = [
  ['address.\\*.postalCode:3000', true],
  ['address.\\*.postalCode:300', false],
  ['address.\\*.postalCode:[3000 TO 3999]', true],
  ['address.nl.addressLocality:leuven AND address.fr.addressLocality:LOUVAIN', true],
  ['address.nl.addressLocality:louvain', false],
  ['labels:public-visible', true],
  ['labels:PUBLIC-HIDDEN', true],
  ['labels:public*', true],
  ['labels:(x OR y)', false],
  ['-labels:public-visible', false],
  [`id:${ORGANIZATION.id}`, true],
  [`(id:${ORGANIZATION.id} OR (organizer.id:x AND _type:event))`, true],
  ['(id:another OR (organizer.id:x AND _type:event))', false],
  ['creator:ann', true],
  ['contributors:wie@voorbeeld.example', true],
  ['_type:organizer', true],
  ['completeness:[30 TO 30]', true],
  ['completeness:[4 TO 5]', false],
  ['workflowStatus:ACTIVE', true],
  ['*:*', true],
  // A constraint that says nothing of a field, or cannot be read, gives nothing.
  ['voorbeeld', false],
  ['regions:nis-24020', false],
  ['(id:x', false],
  ['', false],
]

describe('a constraint', () => {
  for (const [where, isMet] of ROWS) {
    test(`${where || 'of nothing'} is ${isMet ? 'met' : 'not met'}`, () => {
      assert.equal(matches(where, ORGANIZATION, catalogue()), isMet)
    })
  }

  test('may name hundreds of organizations', () => {
    const ids = Array.from({ length: 900 }, (_, at) => `id:other-${at}`)
    assert.equal(matches([...ids, `id:${ORGANIZATION.id}`].join(' OR '), ORGANIZATION, catalogue()), true)
  })
})
