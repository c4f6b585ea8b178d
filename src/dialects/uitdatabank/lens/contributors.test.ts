import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { mailAddresses } from '../../../core/testing/random-values.ts'
import { dossier, putContext } from '../../../core/testing/records.ts'
import { violationsOfContributors } from '../bodies.ts'
import { contributors } from './contributors.ts'

lensLaws('the contributors', contributors, {
  dossiers: dossiers(),
  inputs: () =>
    fc.uniqueArray(
      mailAddresses.filter((address) => violationsOfContributors([address]).length === 0),
      { maxLength: 4 },
    ),
  canon: (_view, sent) => sent,
})

test('an address that cannot be shown keeps its place', () => {
  const given = dossier({ contributors: ['a@x.example', 'no address', 'b@x.example'] })
  const { organization } = contributors.put(
    given,
    ['c@x.example', 'd@x.example', 'e@x.example'],
    putContext(),
  )
  assert.deepEqual(organization.contributors, ['c@x.example', 'no address', 'd@x.example', 'e@x.example'])
})
