import type { Indexer, IndexRow } from '../../../core/index-rows.ts'
import { labelKey } from '../../../core/known.ts'
import type { Organization } from '../../../core/organization.ts'
import { emailKeys, identifierKeys, linkKeys, nameKeys, phoneKeys } from './alike.ts'
import { codeOf, emailTerms, identifierTerms, linkTerms, marked, phoneTerms, textTerms } from './terms.ts'

/** Kinds of index rows, and what the key of each holds. */
export const KIND = {
  /** What a search for words looks for, and the part it is of. */
  term: 'native.term',
  /** The same of people: who may not see them need not pass over their words. */
  person: 'native.person',
  /** Its name in lower case. */
  label: 'native.label',
  /** Of any address in any language. */
  country: 'native.country',
  postalCode: 'native.postalCode',
  /** A role that somebody has. */
  role: 'native.role',
  /** Something that it has none of; see `LACKS`. */
  lacks: 'native.lacks',
  /** Where it is not active. */
  state: 'native.state',
  /** What tells that two may be one; see `alike.ts`. */
  alike: 'native.alike',
} as const

/** What an organization may lack, and the part that tells. */
export const LACKS = {
  email: 'emails',
  phone: 'phones',
  website: 'links',
  link: 'links',
  address: 'addresses',
  description: 'description',
  label: 'labels',
  image: 'images',
  identifier: 'identifiers',
  role: 'roles',
} as const

export type Lack = keyof typeof LACKS

/** What the native API searches organizations by. Of a large list only the first items are. */
export const indexers: readonly Indexer[] = [
  {
    parts: ['name'],
    rows: ({ name }) => terms(textTerms(Object.values(name).join(' ')), 'name', 'n'),
    ofPeople: {
      parts: ['name', 'emails', 'phones'],
      rows: ({ name, emails, phones }) =>
        [
          ...textTerms([name.prefix, name.given, name.middle, name.family, name.full].join(' ')),
          ...emailTerms(emails.map(({ address }) => address)),
          ...phoneTerms(phones.map(({ number }) => number)),
        ].map((key) => ({ kind: KIND.person, key })),
    },
  },
  {
    parts: ['department'],
    rows: ({ department = '' }) => terms(textTerms(department), 'department', 'd'),
  },
  {
    parts: ['emails'],
    rows: ({ emails }) => [
      ...terms(emailTerms(emails.map(({ address }) => address)), 'emails', 'e'),
      ...alike(emailKeys(emails), 'emails'),
      ...lacking('email', emails),
    ],
  },
  {
    parts: ['phones'],
    rows: ({ phones }) => [
      ...terms(phoneTerms(phones.map(({ number }) => number)), 'phones', 'p'),
      ...alike(phoneKeys(phones), 'phones'),
      ...lacking('phone', phones),
    ],
  },
  {
    parts: ['links'],
    rows: ({ links }) => [
      ...terms(linkTerms(links.map(({ uri }) => uri)), 'links', 'l'),
      ...alike(linkKeys(links), 'links'),
      ...lacking('link', links),
      ...lacking(
        'website',
        links.filter(({ kind }) => kind === 'website'),
      ),
    ],
  },
  {
    parts: ['identifiers'],
    rows: ({ identifiers }) => [
      ...terms(identifierTerms(identifiers.map(({ value }) => value)), 'identifiers', 'i'),
      ...alike(identifierKeys(identifiers), 'identifiers'),
      ...lacking('identifier', identifiers),
    ],
  },
  { parts: ['addresses'], rows: addressRows },
  {
    parts: ['labels'],
    rows: ({ labels }) => [
      ...labels.map(({ name }) => row(KIND.label, labelKey(name), 'labels')),
      ...lacking('label', labels),
    ],
  },
  {
    parts: ['roles'],
    rows: ({ roles }) => [
      ...Object.keys(roles).map((role) => row(KIND.role, role, 'roles')),
      ...lacking('role', Object.keys(roles)),
    ],
  },
  { parts: ['state'], rows: ({ state }) => (state === 'active' ? [] : [row(KIND.state, state, 'state')]) },
  {
    parts: ['description'],
    rows: ({ description }) => lacking('description', Object.keys(description)),
  },
  {
    parts: ['name', 'addresses'],
    rows: ({ name, addresses }) => alike(nameKeys(name, addresses), 'addresses'),
  },
  { parts: ['images'], rows: ({ images }) => lacking('image', images) },
]

function addressRows({ addresses }: Organization): readonly IndexRow[] {
  const all = [addresses.street, addresses.postal].flatMap((use) => Object.values(use ?? {}))
  const rowsFor = (kind: string, texts: readonly (string | undefined)[]) =>
    texts.filter((text) => text !== undefined).map((text) => row(kind, codeOf(text), 'addresses'))
  return [
    ...rowsFor(
      KIND.country,
      all.map(({ country }) => country),
    ),
    ...rowsFor(
      KIND.postalCode,
      all.map(({ postalCode }) => postalCode),
    ),
    ...lacking('address', all),
  ]
}

function alike(keys: readonly string[], part: string): readonly IndexRow[] {
  return keys.map((key) => row(KIND.alike, key, part))
}

function terms(found: readonly string[], part: string, mark: string): readonly IndexRow[] {
  return marked(found, mark).map((key) => row(KIND.term, key, part))
}

function lacking(what: Lack, items: readonly unknown[]): readonly IndexRow[] {
  return items.length === 0 ? [row(KIND.lacks, what, LACKS[what])] : []
}

function row(kind: string, key: string, part: string): IndexRow {
  return { kind, key, part }
}
