import type { Indexer, IndexRow } from '../../../core/index-rows.ts'
import type { Organization } from '../../../core/organization.ts'
import { sortable } from '../../../core/query.ts'
import { addressesOf } from '../lens/addresses.ts'
import { languagesOf } from '../lens/completeness.ts'
import { shownUri, websiteRules } from '../lens/contact-point.ts'
import { shownCompletedLanguagesOf, translatedMembersOf } from '../lens/facet-edits.ts'
import { hasImages } from '../lens/images.ts'
import { labelNamesOf } from '../lens/labels.ts'
import { mainLanguageOf, namesOf } from '../lens/names.ts'
import { completenessIn } from '../lens/organizer.ts'
import type { AddressView } from '../wire.ts'
import { domainOf, KIND, textKey, translatedKey, wordsOf } from './keys.ts'

/** The part of what only this document shows. */
const OWN = 'facets.uitdatabank'

/** The document's values that GET /organizers finds it by: so what is found and what is shown agree. */
export const indexers: readonly Indexer[] = [
  { parts: ['name', 'language', OWN], rows: nameRows },
  {
    parts: ['addresses'],
    rows: ({ addresses }) =>
      Object.entries(addressesOf(addresses)).flatMap(([language, address]) => addressRows(language, address)),
  },
  {
    parts: ['links'],
    rows({ links }) {
      const website = links.find(websiteRules.isShown)
      return website === undefined ? [] : [row('domain', domainOf(shownUri(website)), 'links')]
    },
  },
  {
    parts: ['labels'],
    // Whether a label is visible is the register's to say, not the organization's.
    rows: (organization) => labelNamesOf(organization).map((name) => row('label', textKey(name), 'labels')),
  },
  {
    parts: ['contributors'],
    rows: ({ contributors }) =>
      contributors.map((email) => row('contributor', textKey(email), 'contributors')),
  },
  {
    parts: ['images'],
    rows: (organization) => (hasImages(organization) ? [row('image', '1', 'images')] : []),
  },
  // Never changes.
  { parts: [], rows: ({ created }) => [row('creator', textKey(created.by), 'state')] },
  { parts: ['name', 'language', 'addresses', 'description', OWN], rows: languageRows },
  {
    parts: ['name', 'language', 'addresses', 'description', 'emails', 'phones', 'links', 'images', OWN],
    rows: (organization) => [row('completeness', sortable(completenessIn(organization)), OWN)],
  },
]

const ADDRESS_FIELDS = ['addressCountry', 'addressLocality', 'postalCode', 'streetAddress'] as const

function nameRows(organization: Organization): readonly IndexRow[] {
  const names = Object.entries(namesOf(organization))
  return [
    ...names.map(([language, text]) => row('name', translatedKey(textKey(text), language), 'name')),
    ...new Set(names.flatMap(([, text]) => wordsOf(text))).values().map((word) => row('word', word, 'name')),
    row('mainLanguage', mainLanguageOf(organization), 'language'),
  ]
}

function addressRows(language: string, address: AddressView): readonly IndexRow[] {
  return ADDRESS_FIELDS.map((field) =>
    row(field, translatedKey(textKey(address[field]), language), 'addresses'),
  )
}

function languageRows(organization: Organization): readonly IndexRow[] {
  const members = translatedMembersOf(organization)
  return [
    ...languagesOf(members).map((language) => row('language', language, OWN)),
    ...shownCompletedLanguagesOf(organization, members).map((language) =>
      row('completedLanguage', language, OWN),
    ),
  ]
}

function row(kind: keyof typeof KIND, text: string, part: string): IndexRow {
  return { kind: KIND[kind], key: text, part }
}
