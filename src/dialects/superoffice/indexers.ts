import type { Address } from '../../core/address.ts'
import type { Indexer, IndexRow } from '../../core/index-rows.ts'
import { domainKey } from '../../core/keys.ts'
import type { Organization } from '../../core/organization.ts'
import { ADDRESS_COLUMNS, creatorKey, KIND, USES } from './archive/kinds.ts'
import { phoneKey, textKey } from './filter/keys.ts'
import { countryCodeOf, countryIdOf } from './lens/country.ts'
import { emails, faxes, phones, urls } from './lens/elements.ts'
import { facetOf } from './lens/facet.ts'
import { shownIdentifier } from './lens/orgnr.ts'

const FACET = 'facets.superoffice'

/**
 * What lists are filtered and sorted by; the name's row is the core's. What is blank has no row. Who wrote last has none
 * either: every write would have to write it.
 */
export const indexers: readonly Indexer[] = [
  // Never changes.
  { parts: [], rows: ({ created }) => [row(KIND.createdBy, creatorKey(created.by), 'state')] },
  { parts: ['department'], rows: ({ department }) => textRows(KIND.department, department, 'department') },
  { parts: ['note'], rows: ({ note = '' }) => (note === '' ? [] : [row(KIND.note, '1', 'note')]) },
  {
    parts: ['identifiers', FACET],
    rows: (organization) => {
      const identifier = shownIdentifier(organization.identifiers, facetOf(organization).hides)
      return textRows(KIND.orgnr, identifier?.value, 'identifiers')
    },
  },
  {
    parts: ['emails'],
    rows({ emails: items }) {
      const shown = emails.values(items)
      return [...elementRows(KIND.email, shown, 'emails'), ...domainRows(KIND.emailDomain, shown, 'emails')]
    },
  },
  {
    parts: ['links'],
    rows({ links }) {
      const shown = urls.values(links)
      return [...elementRows(KIND.url, shown, 'links'), ...domainRows(KIND.urlDomain, shown, 'links')]
    },
  },
  {
    parts: ['phones'],
    rows: ({ phones: items }) => [
      ...elementRows(KIND.phone, phones.values(items), 'phones', phoneKey),
      ...elementRows(KIND.fax, faxes.values(items), 'phones', phoneKey),
    ],
  },
  { parts: ['addresses', 'language'], rows: addressRows },
  { parts: [FACET], rows: facetRows },
]

function addressRows(organization: Organization): readonly IndexRow[] {
  const { addresses, language } = organization
  const code = countryCodeOf(organization)
  return [
    ...(code === undefined ? [] : [row(KIND.country, String(countryIdOf(code)), 'addresses')]),
    ...USES.flatMap((use) => linesOf(use, addresses[use]?.[language])),
  ]
}

function linesOf(use: 'street' | 'postal', address: Address | undefined): readonly IndexRow[] {
  if (address === undefined) return []
  return Object.entries(ADDRESS_COLUMNS).flatMap(([column, field]) =>
    textRows(`${KIND[use]}.${column}`, address[field], 'addresses'),
  )
}

function facetRows(organization: Organization): readonly IndexRow[] {
  const facet = facetOf(organization)
  const idRow = (kind: string, id: number | undefined) =>
    id === undefined ? [] : [row(kind, String(id), FACET)]
  return [
    ...textRows(KIND.number1, facet.number1, FACET),
    ...textRows(KIND.number2, facet.number2, FACET),
    ...idRow(KIND.associate, facet.associate),
    ...idRow(KIND.supportAssociate, facet.supportAssociate),
    ...idRow(KIND.business, facet.business),
    ...idRow(KIND.category, facet.category),
    ...idRow(KIND.source, facet.source),
    ...(facet.interests ?? []).map((id) => row(KIND.interest, String(id), FACET)),
    ...domainRows(KIND.domain, facet.domains ?? [], FACET),
    ...(facet.xstop === true ? [row(KIND.stop, '1', FACET)] : []),
    ...(facet.noMailing === true ? [row(KIND.noMailing, '1', FACET)] : []),
  ]
}

function elementRows(
  kind: string,
  values: readonly string[],
  part: string,
  keyOf = textKey,
): readonly IndexRow[] {
  return values.map((value) => row(kind, keyOf(value), part))
}

/** Domains of one contact that it is found by: those that come later are not. */
const DOMAINS_LIMIT = 100

/** Of what has a domain, each once. */
function domainRows(kind: string, texts: readonly string[], part: string): readonly IndexRow[] {
  const domains = texts
    .slice(0, DOMAINS_LIMIT)
    .map(domainKey)
    .filter((domain) => domain !== '')
  return [...new Set(domains)].map((domain) => row(kind, domain, part))
}

function textRows(kind: string, text: string | undefined, part: string): readonly IndexRow[] {
  return text === undefined || text === '' ? [] : [row(kind, textKey(text), part)]
}

function row(kind: string, key: string, part: string): IndexRow {
  return { kind, key, part }
}
