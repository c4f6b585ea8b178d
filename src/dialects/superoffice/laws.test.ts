import { describe } from 'node:test'
import fc from 'fast-check'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { contact } from './lens/contact.ts'
import { existence } from './lens/existence.ts'
import { image } from './lens/image.ts'
import { blankDossier } from './testing/blank.ts'
import { expectedOf, shownOf } from './testing/canon.ts'
import { contexts, DEFINED } from './testing/contexts.ts'
import { randomHiddenImages, randomImages } from './testing/random-images.ts'
import { randomFacets, randomInputs } from './testing/random-inputs.ts'
import type { ContactInput } from './wire.ts'

const records = dossiers({
  states: ['active', 'inactive'],
  dialectFacets: { superoffice: { organization: randomFacets } },
})

const NO_FIELDS = { UserDefinedFields: {}, ExtraFields: {}, CustomFields: {} }
const withoutFields = (input: ContactInput): ContactInput => ({ ...input, ...NO_FIELDS })

function withoutCustomFields(shown: ReturnType<typeof shownOf>) {
  const { CustomFields: _, ...rest } = shown
  return rest
}

describe('laws', () => {
  lensLaws('contact', contact, {
    inputs: randomInputs,
    canon: expectedOf,
    compare: shownOf,
    canonOfCreate: (input, context) =>
      expectedOf(contact.get(blankDossier(context), context), input, context),
    dossiers: records,
    contexts: contexts(),
    runs: 400,
  })

  // What a field shows depends on its type; that reading and writing agree does not.
  lensLaws('contact with defined fields', contact, {
    inputs: (dossier, context) => randomInputs(dossier, context).map(withoutFields),
    canon: (view, input, context) => withoutCustomFields(expectedOf(view, input, context)),
    compare: (view) => withoutCustomFields(shownOf(view)),
    dossiers: records,
    contexts: contexts(DEFINED),
  })

  lensLaws('image', image, {
    inputs: randomImages,
    canon: (_, input) => input,
    compare: ({ file, mediaType, description }) =>
      file === undefined ? { file, mediaType: undefined, description: '' } : { file, mediaType, description },
    dossiers: dossiers({
      people: 'none',
      dialectFacets: { superoffice: { organization: randomHiddenImages } },
    }),
  })

  lensLaws('existence', existence, {
    inputs: () => fc.record({ isDeleted: fc.boolean() }),
    canon: (_, input) => input,
    dossiers: dossiers({ people: 'none' }),
  })
})
