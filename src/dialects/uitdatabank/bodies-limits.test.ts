import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../kit/json.ts'
import { type OrganizerBody, violationsOfOrganizer } from './bodies.ts'
import { schemaErrorsOf } from './schema-errors.ts'

const noUri = "The data must match the 'uri' format"
const noEmail = "The data must match the 'email' format"
const noDateTime = "The data must match the 'date-time' format"
const notInEnum = 'The data should match one item from enum'
const noWebUrl = String.raw`The string should match pattern: ^http[s]?:\/\/\w`
const blank = String.raw`The string should match pattern: \S`
const noCountry = 'The string should match pattern: ^[A-Z][A-Z]$'
const noLabel = String.raw`The string should match pattern: ^(?=.{2,255}$)(?=.*\S.*\S.*)[^;]*$`
const notText = (actual: string) => `The data (${actual}) must match the type: string`
const tooShort = (limit: number, found: number) => `Minimum string length is ${limit}, found ${found}`
const tooLong = (limit: number, found: number) => `Maximum string length is ${limit}, found ${found}`
const tooFew = 'Array should have at least 1 items, 0 found'
const empty = 'Object must have at least 1 properties, 0 found'
const repeated = 'Array must have unique items'

/** The longest and shortest values, and the sorts of values, that each property takes. */
const valid: readonly Json[] = [
  { mainLanguage: 'de', name: { de: 'é'.repeat(90) } },
  { name: { nl: '😀'.repeat(90), en: ' a ' }, unknown: { any: 'thing' } },
  { name: { nl: 'a', es: 5 }, description: { fr: 'a'.repeat(100_000) }, educationalDescription: { en: 'a' } },
  { url: 'http://x' },
  { address: { nl: address(), fr: address({ addressCountry: 'ZZ', extra: 1 }) } },
  { geo: { latitude: -90, longitude: 180 } },
  { geo: { latitude: 90, longitude: -180 } },
  { contactPoint: {} },
  { contactPoint: { phone: ['0', '0'], email: [], url: ['http://x.be'], fax: 5 } },
  { images: [{ '@id': 'https://x.be/images/1', copyrightHolder: 'ab', contentUrl: 'ftp://x' }] },
  {
    images: [
      image({ copyrightHolder: 'a'.repeat(250), description: 'a', inLanguage: 'en', thumbnailUrl: 'x:' }),
    ],
  },
  { mainImage: 'https://x.be/1.png', created: '2025-01-02T03:04:05', modified: '2025-01-02T03:04:05+00:00' },
  { labels: ['ab', 'AB', 'a b', '😀😀', 'a'.repeat(255)], hiddenLabels: ['😀'.repeat(255)] },
  { workflowStatus: 'DELETED', languages: ['nl', 'nl'], completedLanguages: ['en'], creator: 'a' },
  { contributors: [], completeness: 0 },
  { contributors: [`a@${'b.'.repeat(125)}be`], completeness: 100.0 },
]
for (const properties of valid) {
  test(`accepts ${JSON.stringify(properties).slice(0, 90)}`, () => {
    assert.deepEqual(errorsOf(organizer(properties)), [])
  })
}

const broken: readonly (readonly [properties: Json, ...errors: string[]])[] = [
  [{ mainLanguage: 5 }, `/mainLanguage ${notText('integer')}`],
  [{ mainLanguage: 'NL' }, `/mainLanguage ${notInEnum}`],
  [{ name: { nl: 'a'.repeat(100) } }, `/name/nl ${tooLong(90, 100)}`],
  [{ name: { nl: '😀'.repeat(91) } }, `/name/nl ${tooLong(90, 91)}`],
  [
    { name: { en: '', de: '   ', fr: '\u00a0', nl: 5.5 } },
    `/name/nl ${notText('number')}`,
    `/name/fr ${blank}`,
    `/name/de ${blank}`,
    `/name/en ${tooShort(1, 0)}`,
  ],
  [{ name: true }, '/name The data (boolean) must match the type: object'],
  [{ name: 'a' }, '/name The data (string) must match the type: object'],
  [{ description: {} }, `/description ${empty}`],
  [
    { description: { nl: '' }, educationalDescription: { nl: ' ' } },
    `/description/nl ${tooShort(1, 0)}`,
    `/educationalDescription/nl ${blank}`,
  ],
  [{ address: {} }, `/address ${empty}`],
  [
    { address: { fr: {} } },
    '/address/fr The required properties (addressCountry, addressLocality, postalCode, streetAddress) are missing',
  ],
  [{ address: { nl: address({ postalCode: 3000 }) } }, `/address/nl/postalCode ${notText('integer')}`],
  [
    { address: { nl: address({ streetAddress: ' ', addressLocality: '' }) } },
    `/address/nl/addressLocality ${tooShort(1, 0)}`,
    `/address/nl/streetAddress ${blank}`,
  ],
  [{ geo: { longitude: 5 } }, '/geo The required properties (latitude) are missing'],
  [
    { geo: { latitude: 90.5, longitude: -180.5 } },
    '/geo/latitude Number must be lower than or equal to 90',
    '/geo/longitude Number must be greater than or equal to -180',
  ],
  [
    { geo: { latitude: -91, longitude: 181 } },
    '/geo/latitude Number must be greater than or equal to -90',
    '/geo/longitude Number must be lower than or equal to 180',
  ],
  [{ contactPoint: [] }, '/contactPoint The data (array) must match the type: object'],
  [{ contactPoint: { email: ['x'] } }, `/contactPoint/email/0 ${noEmail}`],
  [{ images: [] }, `/images ${tooFew}`],
  [{ images: [{}] }, '/images/0 The required properties (@id) are missing'],
  [
    { images: [{ '@id': 'x', id: 'x', contentUrl: 'x', thumbnailUrl: 5 }] },
    `/images/0/%40id ${noUri}`,
    "/images/0/id The data must match the 'uuid' format",
    `/images/0/contentUrl ${noUri}`,
    `/images/0/thumbnailUrl ${notText('integer')}`,
  ],
  [
    { images: [image({ '@id': 'ftp://x.be', description: ' ', copyrightHolder: 'a', inLanguage: 'es' })] },
    `/images/0/%40id ${noWebUrl}`,
    `/images/0/description ${blank}`,
    `/images/0/copyrightHolder ${tooShort(2, 1)}`,
    `/images/0/inLanguage ${notInEnum}`,
  ],
  [
    { images: [image({ copyrightHolder: 'a'.repeat(251) }), image({ copyrightHolder: '  ' })] },
    `/images/0/copyrightHolder ${tooLong(250, 251)}`,
    `/images/1/copyrightHolder ${blank}`,
  ],
  [{ mainImage: 'x' }, `/mainImage ${noUri}`],
  [{ mainImage: 'ftp://x.be' }, `/mainImage ${noWebUrl}`],
  [
    { labels: ['a', 'x;y', ' a', 'a\nb', 5, 'a'.repeat(256)] },
    `/labels/0 ${tooShort(2, 1)}`,
    `/labels/1 ${noLabel}`,
    `/labels/2 ${noLabel}`,
    `/labels/3 ${noLabel}`,
    `/labels/4 ${notText('integer')}`,
    `/labels/5 ${tooLong(255, 256)}`,
  ],
  [{ labels: 'x' }, '/labels The data (string) must match the type: array'],
  [{ labels: ['a', 'a'], hiddenLabels: [] }, `/labels ${repeated}`, `/hiddenLabels ${tooFew}`],
  [
    { created: '2025-02-30T00:00:00', modified: '2025-02-03 04:05:06' },
    `/created ${noDateTime}`,
    `/modified ${noDateTime}`,
  ],
  [{ workflowStatus: 'DRAFT' }, `/workflowStatus ${notInEnum}`],
  [
    { languages: [], completedLanguages: ['nl', 'es'] },
    `/languages ${tooFew}`,
    `/completedLanguages/1 ${notInEnum}`,
  ],
  [{ creator: ' ' }, `/creator ${blank}`],
  [
    { contributors: ['x', `a@${'b.'.repeat(126)}be`] },
    `/contributors/0 ${noEmail}`,
    `/contributors/1 ${tooLong(255, 256)}`,
  ],
  [{ contributors: ['a@x.be', 'a@x.be'] }, `/contributors ${repeated}`],
  [{ completeness: 50.5 }, '/completeness The data (number) must match the type: integer'],
  [{ completeness: 101 }, '/completeness Number must be lower than or equal to 100'],
  [{ completeness: -1 }, '/completeness Number must be greater than or equal to 0'],
]
for (const [properties, ...errors] of broken) {
  test(`refuses ${JSON.stringify(properties).slice(0, 90)}`, () => {
    assert.deepEqual(errorsOf(organizer(properties)), errors)
  })
}

const countries = [
  ['BEL', tooLong(2, 3)],
  ['be', noCountry],
  ['B1', noCountry],
  ['B', noCountry],
  ['', tooShort(1, 0)],
] as const
for (const [addressCountry, error] of countries) {
  test(`refuses ${JSON.stringify(addressCountry)} as a country`, () => {
    const fr = address({ addressCountry })
    assert.deepEqual(errorsOf(organizer({ address: { fr } })), [`/address/fr/addressCountry ${error}`])
  })
}

function errorsOf(body: Json): string[] {
  return schemaErrorsOf(violationsOfOrganizer(body)).map(
    ({ jsonPointer, error }) => `${jsonPointer} ${error}`,
  )
}

function organizer(properties: Json): Json {
  const body: OrganizerBody = {
    mainLanguage: 'nl',
    name: { nl: 'Voorbeeld vzw' },
    url: 'https://voorbeeld.example',
  }
  return { ...body, ...(properties as object) }
}

function address(fields: object = {}): Json {
  return { streetAddress: 'Markt', postalCode: '1', addressLocality: 'X', addressCountry: 'BE', ...fields }
}

function image(properties: object = {}): Json {
  return { '@id': 'https://x.be/images/1', id: '46e9ea9f-fc42-4759-a81b-4308467b7c35', ...properties }
}
