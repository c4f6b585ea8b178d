import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import { dossiers, hides } from '../../../core/testing/random-records.ts'
import type { ContactInput } from '../wire.ts'
import { LIMITS } from '../wire.ts'

/** Dossiers with what Kare keeps in its facets. */
export function kareDossiers(): fc.Arbitrary<Dossier> {
  return dossiers({
    dialectFacets: {
      kare: {
        organization: () =>
          fc.record(
            { type: fc.constantFrom(1, 2, 3), archivedAt: fc.constant('2024-03-04T05:06:07.089Z') },
            { requiredKeys: [] },
          ) as fc.Arbitrary<Facet>,
        person: ({ emails, phones }) =>
          fc
            .tuple(
              hides(emails, ({ address }: { address: string }) => address),
              hides(phones, ({ number }: { number: string }) => number),
            )
            .map(([hiddenEmails, hiddenPhones]) => ({ hides: { ...hiddenEmails, ...hiddenPhones } })),
      },
    },
  })
}

/** A contact as it was read, with some of its members replaced; phones are also moved, dropped, and taken from `numbers`. */
export function contactInputs(read: ContactInput, numbers: readonly string[]): fc.Arbitrary<ContactInput> {
  const own = numbers.filter((number) => number.length <= LIMITS.phone)
  const fresh = fc.constantFrom(
    '',
    'na 18 uur',
    '016 00 00 00',
    '+32 16 00 00 01',
    '9'.repeat(LIMITS.phone),
    ...own,
  )
  const phones = fc
    .tuple(fc.shuffledSubarray([...read.phones]), fc.array(fresh, { maxLength: LIMITS.phones }))
    .map(([kept, added]) => [...kept, ...added].slice(0, LIMITS.phones))
  const edits = fc.record(
    {
      notify: fc.boolean(),
      name: texts(LIMITS.name),
      email: fc.constantFrom(null, 'ann@elders.example', 'info@voorbeeld.example', longEmail),
      phones,
      comment: fc.option(texts(LIMITS.comment), { nil: null }),
    },
    { requiredKeys: [] },
  )
  return edits.map((some) => ({ ...read, ...some }))
}

const longEmail = `${'l'.repeat(LIMITS.email - '@mail.example'.length)}@mail.example`

/** Any text up to `limit` UTF-16 units, the empty one included. */
function texts(limit: number): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    'x',
    'Ann Peeters',
    'Peeters Ann',
    ' padded ',
    'x'.repeat(limit),
    '😀'.repeat(limit / 2),
  )
}
