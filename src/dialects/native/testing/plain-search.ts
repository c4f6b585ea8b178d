import fc from 'fast-check'
import type { Entry } from './random-directories.ts'
import { EMAILS, FULL_NAMES, LABELS, LINKS, NAMES, PHONES, VALUES } from './random-directories.ts'

/** A parameter of a search, and what it is for: asked of an entry as its reader sees it. */
export interface Asked {
  readonly name: string
  readonly text: string
  readonly holds: (entry: Entry, sees: (part: string) => boolean) => boolean
}

const TEXTS = [
  ...NAMES,
  ...FULL_NAMES,
  ...EMAILS,
  ...PHONES,
  ...LINKS,
  ...VALUES,
  'Hoofdzetel',
  '1',
  '2',
  'vzw',
  '&',
]

const pieces = fc.constantFrom(...TEXTS).chain((text) => {
  const words = text.split(' ')
  const begin = fc.nat(text.length).map((length) => [...text].slice(0, length + 1).join(''))
  return fc.oneof(
    fc.constant(text),
    fc.constantFrom(...words),
    begin,
    begin.map((word) => word.toUpperCase()),
  )
})

const words = fc
  .oneof(
    { weight: 3, arbitrary: pieces.map((piece) => [piece]) },
    fc.array(pieces, { minLength: 2, maxLength: 2 }),
  )
  .map((all) => all.join(' '))
  .filter((text) => text.trim() !== '')

export const searches: fc.Arbitrary<readonly Asked[]> = fc.uniqueArray(
  fc.oneof(
    words.map((text): Asked => ({ name: 'q', text, holds: (entry, sees) => hasWords(text, entry, sees) })),
    // The rest narrow what words find.
    fc.constantFrom(...LABELS, 'JEUGD').map(
      (text): Asked => ({
        name: 'label',
        text,
        holds: ({ organization }) =>
          organization.labels.some(({ name }) => name.toLowerCase() === text.toLowerCase()),
      }),
    ),
    fc.constantFrom('BE', 'nl').map(
      (text): Asked => ({
        name: 'country',
        text,
        holds: (entry) => addressesOf(entry).some(({ country }) => country === text.toUpperCase()),
      }),
    ),
    fc.constantFrom('3000', '1012ab').map(
      (text): Asked => ({
        name: 'postalCode',
        text,
        holds: (entry) =>
          addressesOf(entry).some(
            ({ postalCode = '' }) => postalCode.replace(' ', '').toLowerCase() === text.toLowerCase(),
          ),
      }),
    ),
    fc.constantFrom('support', 'technical-contact').map(
      (text): Asked => ({
        name: 'role',
        text,
        holds: ({ organization }) => Object.keys(organization.roles).includes(text),
      }),
    ),
    fc.constantFrom('email', 'phone', 'link', 'label', 'address', 'identifier', 'role,description').map(
      (text): Asked => ({
        name: 'missing',
        text,
        holds: (entry, sees) => text.split(',').every((what) => lacks(what, entry, sees)),
      }),
    ),
    fc.constantFrom('2024-01-01T12:00:00Z', '2024-01-02T00:00:00.000Z').map(
      (text): Asked => ({
        name: 'createdAfter',
        text,
        holds: ({ organization }) => Date.parse(organization.created.at) > Date.parse(text),
      }),
    ),
    fc.constantFrom('2024-01-01T12:00:00Z', '2024-01-02T00:00:00Z').map(
      (text): Asked => ({
        name: 'updatedAfter',
        text,
        holds: (entry, sees) => Date.parse(updatedOf(entry, sees)) > Date.parse(text),
      }),
    ),
    fc.constantFrom('active', 'inactive', 'deleted', 'inactive,deleted').map(
      (text): Asked => ({
        name: 'state',
        text,
        holds: ({ organization }) => text.split(',').includes(organization.state),
      }),
    ),
  ),
  { selector: ({ name }) => name, maxLength: 3 },
)

export function updatedOf({ organization }: Entry, sees: (part: string) => boolean): string {
  const stamps = Object.entries(organization.changed).filter(([part]) => sees(part))
  const last = stamps.map(([, stamp]) => stamp).sort((left, right) => right.version - left.version)[0]
  return last?.at ?? organization.created.at
}

function addressesOf({ organization: { addresses } }: Entry) {
  return [...Object.values(addresses.street ?? {}), ...Object.values(addresses.postal ?? {})]
}

function lacks(what: string, entry: Entry, sees: (part: string) => boolean): boolean {
  const { emails, phones, links, labels, identifiers, roles, description } = entry.organization
  const found: Readonly<Record<string, readonly [part: string, count: number]>> = {
    email: ['emails', emails.length],
    phone: ['phones', phones.length],
    link: ['links', links.length],
    label: ['labels', labels.length],
    identifier: ['identifiers', identifiers.length],
    address: ['addresses', addressesOf(entry).length],
    role: ['roles', Object.keys(roles).length],
    description: ['description', Object.keys(description).length],
  }
  const [part = '', count = 1] = found[what] ?? []
  return count === 0 && sees(part)
}

/** Letters and digits without diacritics, in lower case, and what parts them. */
function bare(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return plain.replaceAll('ß', 'ss')
}

const tokens = (text: string) =>
  bare(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

function hasWords(text: string, entry: Entry, sees: (part: string) => boolean): boolean {
  const all = text.split(/\s+/).filter((piece) => piece !== '')
  const meant = all.filter((piece) => tokens(piece).length > 0)
  return runsOf(meant.length > 0 ? meant : all).every((run) => hasRun(run, entry, sees))
}

/** Numbers that follow one another are one, written in groups. */
function runsOf(pieces: readonly string[]): readonly string[] {
  const isNumber = (piece: string) => /^[\d+()./-]*\d[\d+()./-]*$/.test(piece)
  const runs: string[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    const goesOn = last !== undefined && isNumber(piece) && last.split(' ').every(isNumber)
    if (goesOn) runs[runs.length - 1] = `${last} ${piece}`
    else runs.push(piece)
  }
  return runs
}

function hasRun(run: string, entry: Entry, sees: (part: string) => boolean): boolean {
  const { organization, people } = entry
  const digits = /^[\d+()./ -]*\d[\d+()./ -]*$/.test(run) ? run.replace(/\D/g, '') : ''
  const texts = [...Object.values(organization.name), organization.department ?? '']
  const mails = [...organization.emails, ...people.flatMap((person) => person.emails)]
  const numbers = [...organization.phones, ...people.flatMap((person) => person.phones)]
  const hosts = organization.links.flatMap(({ uri }) => hostIn(uri))
  const values = organization.identifiers.map(({ value }) => value)
  const isPhone = numbers.some(({ number }) => {
    const known = number.replace(/\D/g, '').slice(-8)
    return digits.length >= 4 && known.length >= 4 && known.endsWith(digits.slice(-8))
  })
  const isNumber = digits === run && sees('number') && organization.number === Number(digits)
  const codes = values
    .map((value) => tokens(value).join(''))
    .flatMap((code) => [code, code.replace(/\D/g, '')])
  if (isPhone || isNumber) return true
  if (digits.length >= 4 && codes.some((code) => code.startsWith(digits))) return true
  const words = [
    ...[...texts, ...people.map(({ name }) => name.full)].flatMap(joined),
    ...mails.map(({ address }) => bare(address.slice(address.indexOf('@') + 1))),
    ...hosts,
    ...values.flatMap(joined),
    ...codes,
  ]
  const begins = (word: string) => words.some((known) => known.startsWith(word))
  return run.split(' ').every((piece) => {
    const own = tokens(piece)
    if (own.length === 0) return begins(bare(piece))
    if (own.every(begins) || begins(own.join(''))) return true
    if (piece.includes('@')) return mails.some(({ address }) => bare(address).startsWith(bare(piece)))
    return hostIn(piece).some(begins)
  })
}

/** The words of a text; those that only punctuation parts, also as one. */
function joined(text: string): readonly string[] {
  return text.split(/\s+/).flatMap((piece) => {
    const own = tokens(piece)
    return own.length === 0 ? [bare(piece)] : [...own, own.join('')]
  })
}

function hostIn(uri: string): readonly string[] {
  const host = bare(uri.replace(/^[a-z]+:\/\//i, '').split('/')[0] ?? '').replace(/^www\.(?=[^.]+\.)/, '')
  const bareHost = host.replace(/\.+$/, '')
  return /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(bareHost) ? [bareHost] : []
}
