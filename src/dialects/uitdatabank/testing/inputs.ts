import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { PutContext } from '../../../core/lens.ts'
import type { DialectFacets } from '../../../core/testing/random-records.ts'
import { mailAddresses, phoneNumbers, prose, uris } from '../../../core/testing/random-values.ts'
import { REGISTERED_LABELS, uuid } from '../../../core/testing/records.ts'
import type { ContactPointBody, OrganizerBody } from '../bodies.ts'
import { violationsOfContactPoint, violationsOfOrganizer } from '../bodies.ts'
import { contactPointOf } from '../lens/contact-point.ts'
import { organizer } from '../lens/organizer.ts'
import { LANGUAGES } from '../wire.ts'

const text = prose.filter((value) => /\S/u.test(value))
const languages = fc.constantFrom(...LANGUAGES)

/** Facets as this dialect leaves them. */
export const facets: DialectFacets = {
  organization: () =>
    fc
      .record({
        educationalDescription: fc.option(
          fc.dictionary(languages, text, { minKeys: 1, noNullPrototype: true }),
          {
            nil: undefined,
          },
        ),
        keepsContactPoint: fc.constantFrom(undefined, true),
        imageOrder: fc.option(fc.shuffledSubarray([501, 502, 503].map(uuid)), { nil: undefined }),
        completedLanguages: fc.option(fc.uniqueArray(languages, { minLength: 1 }), { nil: undefined }),
      })
      .map((facet) => JSON.parse(JSON.stringify(facet))),
}

/** Some of what was read, some of what is new, in any order. */
function list(shown: readonly string[], fresh: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc
    .tuple(fc.subarray([...shown]), fc.array(fresh, { maxLength: 3 }))
    .chain(([kept, added]) =>
      fc.shuffledSubarray([...kept, ...added], { minLength: kept.length + added.length }),
    )
}

function valid(body: ContactPointBody): boolean {
  return violationsOfContactPoint(body).length === 0
}

/** Any contact point that the schema lets through, mostly edits of what was read. */
export function contactPointInputs({ organization }: Dossier): fc.Arbitrary<ContactPointBody> {
  const shown = contactPointOf(organization)
  return fc
    .record(
      {
        phone: list(
          shown.phone,
          phoneNumbers.filter((one) => valid({ phone: [one] })),
        ),
        email: list(
          shown.email,
          mailAddresses.filter((one) => valid({ email: [one] })),
        ),
        url: list(
          shown.url,
          uris.filter((one) => valid({ url: [one] })),
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((body) => body as ContactPointBody)
}

function translations<T>(main: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(fc.dictionary(languages, value, { noNullPrototype: true }), value)
    .map(([texts, first]) => ({ [main]: first, ...texts }))
}

const addresses = fc.record(
  {
    addressCountry: fc.constantFrom('BE', 'NL', 'XX'),
    addressLocality: text,
    postalCode: text,
    streetAddress: text,
  },
  { noNullPrototype: true },
)

/** Whole documents that the schema lets through: what was read, with some members changed and some left out. */
export function organizerInputs(dossier: Dossier, context: PutContext): fc.Arbitrary<OrganizerBody> {
  const view = organizer.get(dossier, context)
  const name = text.filter((value) => [...value].length <= 90)
  const fresh = uris.filter((one) => valid({ url: [one] }))
  const labels = fc.subarray(REGISTERED_LABELS.map((label) => label.name))
  return languages.chain((mainLanguage) =>
    fc
      .record(
        {
          url: fc.oneof(fc.constant(view.url ?? 'https://fresh.example'), fresh),
          name: fc.oneof(
            translations(mainLanguage, name),
            fc.constant({ [mainLanguage]: 'x', ...view.name }),
          ),
          description: translations(mainLanguage, text),
          educationalDescription: translations(mainLanguage, text),
          address: translations(mainLanguage, addresses),
          contactPoint: contactPointInputs(dossier),
          labels: labels.map((more) => [...new Set([...(view.labels ?? []), ...more])]),
          images: fc.subarray([...(view.images ?? [])]),
        },
        { requiredKeys: ['url', 'name', 'labels'], noNullPrototype: true },
      )
      .map(({ labels: visible, images = [], ...body }) => {
        const hidden = (view.hiddenLabels ?? []).filter((label) => !visible.includes(label))
        return {
          mainLanguage,
          ...body,
          ...(visible.length > 0 && { labels: visible }),
          ...(hidden.length > 0 && { hiddenLabels: hidden }),
          ...(images.length > 0 && { images }),
        }
      })
      .map((body) => JSON.parse(JSON.stringify(body)) as OrganizerBody)
      .filter((body) => violationsOfOrganizer(body).length === 0),
  )
}
