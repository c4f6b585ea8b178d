import fc from 'fast-check'
import type { Lens } from '../../../core/lens.ts'
import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { prose, uris } from '../../../core/testing/random-values.ts'
import { violationsOfAddress, violationsOfName, violationsOfUrl } from '../bodies.ts'
import { facets } from '../testing/inputs.ts'
import {
  addressIn,
  anyAddress,
  descriptionIn,
  educationalDescriptionIn,
  existence,
  nameIn,
  url,
} from './members.ts'

const given = dossiers({ dialectFacets: { uitdatabank: facets } })
const texts = prose.filter((text) => /\S/u.test(text))
const orNothing = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })

/** What is sent is what is shown, without the blanks around it unless that is what was read. */
const trimmed = (shown: string | undefined, sent: string | undefined) =>
  sent === shown ? sent : sent?.trim()

for (const language of ['nl', 'es']) {
  lensLaws(`the name in ${language}`, nameIn(language), {
    dossiers: given,
    inputs: () =>
      texts.filter((name) => violationsOfName({ name }).length === 0) as fc.Arbitrary<string | undefined>,
    canon: trimmed,
  })
  lensLaws(`the description in ${language}`, descriptionIn(language), {
    dossiers: given,
    inputs: () => orNothing(texts),
    canon: trimmed,
  })
  lensLaws(`the educational description in ${language}`, educationalDescriptionIn(language), {
    dossiers: given,
    inputs: () => orNothing(texts),
    canon: trimmed,
  })
  lensLaws(`the address in ${language}`, addressIn(language), {
    dossiers: given,
    inputs: () =>
      fc
        .record({
          addressCountry: fc.constantFrom('BE', 'NL'),
          addressLocality: texts,
          postalCode: texts,
          streetAddress: texts,
        })
        .map((address) => ({ ...address }))
        .filter((address) => violationsOfAddress(address).length === 0),
    canon: (_shown, sent) => sent,
  })
}

lensLaws('the removal of all addresses', anyAddress as Lens<true | undefined, true | undefined>, {
  dossiers: given,
  inputs: () => fc.constant(undefined),
  canon: () => undefined,
})

lensLaws('the website', url, {
  dossiers: given,
  inputs: () =>
    uris.filter((address) => violationsOfUrl({ url: address }).length === 0) as fc.Arbitrary<
      string | undefined
    >,
  canon: (_shown, sent) => sent,
})

lensLaws('deletion', existence, {
  dossiers: given,
  inputs: () => fc.boolean(),
  canon: (exists, sent) => exists && sent,
})
