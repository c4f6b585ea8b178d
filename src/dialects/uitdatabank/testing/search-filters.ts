import fc from 'fast-check'
import { folded } from '../../../core/index-rows.ts'
import { urlKey } from '../../../core/keys.ts'
import type { Entry } from './search-entries.ts'

/** A parameter, and which entries it is for. */
export interface Filter {
  readonly query: string
  readonly holds: (entry: Entry) => boolean
}

export const parameter = (name: string, value: string) =>
  `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
const same = (left: string, right: string) => folded(left) === folded(right)

/** Every parameter but `q`, with values that some of the entries have. */
export function filtersFor(entries: readonly Entry[]): fc.Arbitrary<Filter> {
  const values = (of: (entry: Entry) => readonly string[], ...others: string[]) => {
    const trimmed = entries.flatMap(of).filter((text) => text === text.trim() && text !== '')
    return fc.constantFrom(...trimmed, ...others)
  }
  const addresses = ({ view }: Entry) => Object.values(view.address ?? {})
  const labels = ({ view }: Entry) => [...(view.labels ?? []), ...(view.hiddenLabels ?? [])]
  const website = ({ organization }: Entry) =>
    organization.links.filter(({ kind }) => kind === 'website').map(({ uri }) => uri)
  const filter = (
    name: string,
    value: fc.Arbitrary<string>,
    holds: (entry: Entry, value: string) => boolean,
  ) => value.map((text) => ({ query: parameter(name, text), holds: (entry: Entry) => holds(entry, text) }))
  return fc.oneof(
    filter(
      'name',
      values(({ words }) => words.flatMap((word) => [word, [...word].slice(0, 2).join('')]), 'nobody'),
      (entry, word) => entry.words.some((other) => other.startsWith(word)),
    ),
    filter('website', values(website, 'https://nobody.example'), (entry, url) =>
      website(entry).some((uri) => urlKey(uri) === urlKey(url)),
    ),
    filter(
      'postalCode',
      values((entry) => addresses(entry).map(({ postalCode }) => postalCode), '0'),
      (entry, code) => addresses(entry).some(({ postalCode }) => same(postalCode, code)),
    ),
    filter(
      'addressCountry',
      values((entry) => addresses(entry).map(({ addressCountry }) => addressCountry), '*', 'be'),
      (entry, country) =>
        country === '*' || addresses(entry).some(({ addressCountry }) => same(addressCountry, country)),
    ),
    filter(
      'creator',
      values(({ view }) => [view.creator], 'BOB'),
      ({ view }, by) => same(view.creator, by),
    ),
    filter('labels[]', values(labels, 'no-label'), (entry, label) =>
      labels(entry).some((own) => same(own, label)),
    ),
    filter(
      'contributors',
      values(({ organization }) => organization.contributors, 'no@body.example'),
      ({ organization }, email) => organization.contributors.some((own) => same(own, email)),
    ),
    filter('hasImages', fc.constantFrom('true', 'false', '1', '0'), ({ view }, text) =>
      ['true', '1'].includes(text) ? view.images !== undefined : view.images === undefined,
    ),
  )
}

/** A document's status as the default hides it, or a parameter asks for it. */
export const statuses: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { query: '', holds: ({ view }) => view.workflowStatus === 'ACTIVE' },
  { query: 'workflowStatus=*', holds: () => true },
  { query: 'workflowStatus=DELETED', holds: ({ view }) => view.workflowStatus === 'DELETED' },
  { query: 'workflowStatus=ACTIVE,DELETED', holds: () => true },
  { query: 'workflowStatus=DRAFT', holds: () => false },
  { query: 'disableDefaultFilters=true', holds: () => true },
  {
    query: 'disableDefaultFilters=true&workflowStatus=ACTIVE',
    holds: ({ view }) => view.workflowStatus === 'ACTIVE',
  },
)
