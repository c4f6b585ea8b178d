import { describe } from 'node:test'
import fc from 'fast-check'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { contact } from './lens/contact.ts'
import { existence } from './lens/existence.ts'
import { blankDossier } from './testing/blank.ts'
import { expectedOf, shownOf } from './testing/canon.ts'
import { randomFacets, randomInputs } from './testing/random-inputs.ts'

const records = dossiers({
  states: ['active', 'inactive'],
  dialectFacets: { superoffice: { organization: randomFacets } },
})

describe('laws', () => {
  lensLaws('contact', contact, {
    inputs: randomInputs,
    canon: expectedOf,
    compare: shownOf,
    canonOfCreate: (input, context) =>
      expectedOf(contact.get(blankDossier(context), context), input, context),
    dossiers: records,
    runs: 400,
  })

  lensLaws('existence', existence, {
    inputs: () => fc.record({ isDeleted: fc.boolean() }),
    canon: (_, input) => input,
    dossiers: dossiers({ people: 'none' }),
  })
})
