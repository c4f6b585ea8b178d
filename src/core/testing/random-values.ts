import fc from 'fast-check'
import type { Address } from '../address.ts'
import { ADDRESS_FIELDS } from '../address.ts'

/** Records whose prototype is that of every JSON object. */
export function plainRecord<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true })
}

/** Where vendors' texts end: a text of each length, and one longer, tells whether a view meets its limit. */
const LENGTHS = [1, 16, 20, 32, 40, 64, 90, 99, 128, 219, 239, 250, 254, 255, 1_023, 2_047] as const

/** Two UTF-16 units each. */
const ASTRAL = ['😀', '𝒳', '🇧🇪']

const WORDS = [
  'Voorbeeld',
  'vzw',
  'de',
  'Sint-Jan',
  "l'Exemple",
  'Müller',
  'Łódź',
  '北京',
  'مثال',
  'e\u0301',
  '😀',
  '&amp;',
  '<b>',
  'null',
  '0',
]

/** Text of one word or more, as people write it. */
export const words: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((chosen) => chosen.join(' '))

const longText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...LENGTHS), fc.constantFrom(0, 1), fc.constantFrom('x', 'é', ...ASTRAL))
  .map(([length, more, character]) => {
    const [point = 'x'] = character
    return `${point.repeat(length - 1 + more)}z`
  })

const oddText: fc.Arbitrary<string> = fc.constantFrom(
  ' leading',
  'trailing ',
  'two  spaces',
  'line\nbreak',
  'carriage\r\nreturn',
  '\ttab',
  '"quoted" \\ and \'single\'',
  'no\u00a0break',
  '\u200bzero width',
  '\ufeffmark',
)

/** Never blank. */
export const prose: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 3, arbitrary: longText },
  { weight: 1, arbitrary: oddText },
)

/** May be blank: an API that has the member may have been sent nothing in it. */
export const blankableProse: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: prose },
  { weight: 1, arbitrary: fc.constantFrom('', ' ') },
)

/** Languages that every vendor knows, that one of them knows, and that none can show. */
export const languages: fc.Arbitrary<string> = fc.constantFrom(
  'nl',
  'fr',
  'en',
  'de',
  'es',
  'de-AT',
  'zh-Hant',
)

export const mailAddresses: fc.Arbitrary<string> = fc.constantFrom(
  'info@voorbeeld.example',
  'INFO@Voorbeeld.Example',
  'info@VOORBEELD.example',
  'pers@voorbeeld.example',
  'ann@elders.example',
  'a+b_c.d-e@sub.elders.example',
  "o'neil@elders.example",
  'müller@elders.example',
  'info@müller.example',
  'Ann <ann@voorbeeld.example>',
  'no at sign',
  'a@b',
  'two@at@signs.example',
  'space in@front.example',
  ' padded@voorbeeld.example ',
  `${'l'.repeat(64)}@voorbeeld.example`,
  `${'l'.repeat(65)}@voorbeeld.example`,
  `a@${'long-label.'.repeat(21)}example`,
  `a@${'long-label.'.repeat(26)}example`,
  '😀@voorbeeld.example',
)

export const phoneNumbers: fc.Arbitrary<string> = fc.constantFrom(
  '016 00 00 00',
  '016000000',
  '+32 16 00 00 00',
  '0032 16/00.00.00',
  '+32 470 12 34 56',
  '0470 12 34 56',
  '016 00 00 01',
  '02 000 00 01',
  '(016) 00-00-00',
  '112',
  '016 00 00 00 ext. 5',
  'na 18 uur',
  '-',
  '٠١٦ ٠٠ ٠٠ ٠٠',
  '1'.repeat(32),
  '1'.repeat(33),
  '2'.repeat(64),
  '2'.repeat(65),
  '3 '.repeat(150),
)

export const uris: fc.Arbitrary<string> = fc.constantFrom(
  'https://www.voorbeeld.example',
  'https://www.voorbeeld.example/',
  'http://voorbeeld.example',
  'HTTPS://WWW.Voorbeeld.example/Contact',
  'https://www.voorbeeld.example/contact',
  'www.voorbeeld.example',
  'voorbeeld.example/contact?taal=nl#kaart',
  'https://ann@elders.example:8443/a%20b/?q=1&r=é#f',
  'https://müller.example/straße',
  'ftp://elders.example/file',
  'mailto:info@voorbeeld.example',
  'tel:016000000',
  'javascript:alert(1)',
  'geen website',
  'https://',
  'http://[::1]/',
  'https://elders.example/a b',
  `https://elders.example/${'p'.repeat(227)}`,
  `https://elders.example/${'p'.repeat(228)}`,
  `https://elders.example/${'p'.repeat(2_024)}`,
  `https://elders.example/${'p'.repeat(2_025)}`,
)

const addressTexts: Readonly<Record<(typeof ADDRESS_FIELDS)[number], fc.Arbitrary<string>>> = {
  line1: fc.oneof(fc.constantFrom('Markt 1', 'Grand-Place 1', 'Markt 1, bus 2'), prose),
  line2: fc.oneof(fc.constantFrom('bus 2', 'Gebouw A'), prose),
  line3: prose,
  city: fc.oneof(fc.constantFrom('Leuven', 'Louvain'), prose),
  county: words,
  region: fc.oneof(fc.constantFrom('Vlaams-Brabant', 'VBR'), prose),
  postalCode: fc.constantFrom('3000', '1012 AB', 'SW1A 1AA', '1'.repeat(16), '2'.repeat(90), '-'),
  country: fc.constantFrom('BE', 'NL', 'LU', 'US', 'GB', 'XX', 'be', 'Belgium'),
}

const fullAddress: fc.Arbitrary<Address> = plainRecord({
  line1: addressTexts.line1,
  city: addressTexts.city,
  postalCode: addressTexts.postalCode,
  country: addressTexts.country,
})

/** Never empty: at least one field. */
export const addressValues: fc.Arbitrary<Address> = fc.oneof(
  fullAddress,
  plainRecord(addressTexts),
  fc
    .tuple(plainRecord(addressTexts), fc.subarray([...ADDRESS_FIELDS], { minLength: 1 }))
    .map(([all, kept]) => Object.fromEntries(kept.map((field) => [field, all[field]])) as Address),
)
