import type { Indexer, IndexRow } from '../../../core/index-rows.ts'
import type { ViewContext } from '../../../core/lens.ts'
import { FULL_GRANT } from '../../../core/policy.ts'
import { sortable } from '../../../core/query.ts'
import { organizer } from '../lens/organizer.ts'
import type { AddressView, OrganizerView } from '../wire.ts'
import { domainOf, KIND, textKey, translatedKey, wordsOf } from './keys.ts'

/** The document's values that GET /organizers finds it by: so what is found and what is shown agree. */
export const indexer: Indexer = {
  parts: [...organizer.reads.organization, 'contributors'],
  rows(organization) {
    const view = organizer.get({ organization, people: [] }, NO_CONTEXT)
    return [
      ...nameRows(view),
      ...Object.entries(view.address ?? {}).flatMap(([language, address]) => addressRows(language, address)),
      ...(view.url === undefined ? [] : [row('domain', domainOf(view.url), 'links')]),
      // Whether a label is visible is the register's to say, not the organization's.
      ...[...(view.labels ?? []), ...(view.hiddenLabels ?? [])].map((label) =>
        row('label', textKey(label), 'labels'),
      ),
      row('creator', textKey(view.creator), 'state'),
      ...organization.contributors.map((email) => row('contributor', textKey(email), 'contributors')),
      ...(view.images === undefined ? [] : [row('image', '1', 'images')]),
      row('mainLanguage', view.mainLanguage, 'language'),
      ...view.languages.map((language) => row('language', language, OWN)),
      ...view.completedLanguages.map((language) => row('completedLanguage', language, OWN)),
      row('completeness', sortable(view.completeness), OWN),
    ]
  },
}

/** The part of what only this document shows. */
const OWN = 'facets.uitdatabank'

const ADDRESS_FIELDS = ['addressCountry', 'addressLocality', 'postalCode', 'streetAddress'] as const

function nameRows({ name }: OrganizerView): readonly IndexRow[] {
  const names = Object.entries(name)
  return [
    ...names.map(([language, text]) => row('name', translatedKey(textKey(text), language), 'name')),
    ...new Set(names.flatMap(([, text]) => wordsOf(text))).values().map((word) => row('word', word, 'name')),
  ]
}

function addressRows(language: string, address: AddressView): readonly IndexRow[] {
  return ADDRESS_FIELDS.map((field) =>
    row(field, translatedKey(textKey(address[field]), language), 'addresses'),
  )
}

function row(kind: keyof typeof KIND, text: string, part: string): IndexRow {
  return { kind: KIND[kind], key: text, part }
}

/** Nothing in the rows depends on who asks, or on the tenant. */
const NO_CONTEXT: ViewContext = {
  baseUrl: '',
  grant: FULL_GRANT,
  catalogue: {
    version: 0,
    tenant: { id: '', number: 0, name: '', language: 'nl', hosts: [], public: 'all' },
    principal: () => undefined,
    role: () => undefined,
    label: () => undefined,
    principals: () => [],
    labels: () => [],
    lists: {},
  },
}
