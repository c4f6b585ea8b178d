import fc from 'fast-check'
import type { PutContext } from '../../../core/lens.ts'
import { catalogues } from '../../../core/testing/random-records.ts'
import { putContext } from '../../../core/testing/records.ts'

/** Readers of every language and zone, as headers ask for them. */
export function contexts(lists?: PutContext['catalogue']['lists']): fc.Arbitrary<PutContext> {
  return fc
    .record({
      catalogue: catalogues(),
      language: fc.constantFrom(undefined, 'nl', 'nb-no,en', 'xx'),
      timeZone: fc.constantFrom(
        undefined,
        'NO',
        'NO,includetzoffset',
        'US-NY',
        'UTC,includetzoffset',
        'IN,includetzoffset',
      ),
    })
    .map(({ catalogue, language, timeZone }) =>
      putContext({
        catalogue:
          lists === undefined ? catalogue : { ...catalogue, lists: { ...catalogue.lists, ...lists } },
        ...(language !== undefined && { language }),
        ...(timeZone !== undefined && { timeZone }),
      }),
    )
}

/** One custom field of each kind. */
export const DEFINED = {
  customFields: [
    { id: 1, label: 'NO:"Medlem";US:"Member"', type: 'Checkbox' },
    { id: 2, label: 'Members', type: 'Number', default: 3 },
    { progId: 'progid', label: 'Since', type: 'Date' },
    { progId: 'kind', label: 'Kind', type: 'List', entries: [{ Id: 1, Value: 'NO:"En";US:"One"' }] },
  ],
  extraFields: [
    { name: 'x_kleur', label: 'Colour', type: 'ShortText', textLength: 20 },
    { name: 'x_datum', label: 'When', type: 'DateTime' },
  ],
} as const
