import fc from 'fast-check'
import { valuesOf } from '../../kit/testing/random-json.ts'
import { OrganizationCard, PersonCard } from '../card-schema.ts'
import type { Card } from '../wire.ts'

const TAGS = ['nl', 'fr', 'de-AT', 'en']

export const FORMATS = {
  utc: fc.oneof(
    fc.constantFrom('2026-01-31T12:00:00Z', '1999-12-31T23:59:59Z'),
    fc.integer({ min: 0, max: 4e12 }).map((time) => new Date(time).toISOString()),
  ),
  language: fc.constantFrom(...TAGS),
  geo: fc.constantFrom('geo:50.8798,4.7005', 'geo:-1,0;u=10'),
}

const translated = fc.dictionary(
  fc.constantFrom(...TAGS),
  fc.record(
    {
      'name/full': fc.constantFrom('Exemple', 'a;b,c\\n'),
      'notes/description': fc.record({ note: fc.constantFrom('Une note', 'deux\nlignes') }),
      'titles/title/name': fc.constant('Directrice'),
      titles: fc.constant({ t: { name: 'Patron' } }),
      'addresses/street': fc.record({
        components: fc.constant([{ kind: 'name', value: 'Grand-Place 1' }]),
      }),
      'example.com:x/y': fc.constant([1, null]),
    },
    { requiredKeys: [] },
  ),
  { noNullPrototype: true },
)

/** Cards that the schemas admit, whatever they say: of all members, and none of them likely to be sensible. */
function randomCards(schema: object): fc.Arbitrary<Card> {
  const options = {
    formats: FORMATS,
    patterns: {
      '^(?=[^;]*$)\\s*\\S': fc.constantFrom('label', 'twee, drie', 'x\\'),
      '^\\S+@\\S+$': fc.emailAddress(),
    },
  }
  return fc
    .tuple(valuesOf(schema, options), fc.option(translated, { nil: undefined }))
    .map(([card, localizations]) => {
      const { localizations: _, ...plain } = card as Card
      return { ...plain, ...(localizations !== undefined && { localizations }) }
    })
}

export const organizationSchemaCards = randomCards(OrganizationCard)
export const personSchemaCards = randomCards(PersonCard)
