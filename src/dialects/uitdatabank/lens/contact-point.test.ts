import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { contactPointInputs, facets } from '../testing/inputs.ts'
import { contactPoint } from './contact-point.ts'

lensLaws('the contact point', contactPoint, {
  dossiers: dossiers({ dialectFacets: { uitdatabank: facets } }),
  inputs: contactPointInputs,
  canon: (_view, { phone = [], email = [], url = [] }) => ({ phone, email, url }),
})
