import { deepEqual, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { organizationCardFrom } from '../card-bodies.ts'
import { cardFromVcard, vcardOf } from '../vcard.ts'
import type { Card } from '../wire.ts'
import { MAP_FORMS } from './properties.ts'

/** What a vCard with these lines means. */
function card(...lines: readonly string[]): Card {
  return cardFromVcard(['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n'))
}

/** Unfolded, without the frame. */
function linesIn(text: string): readonly string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(2, -2)
}

describe('a vCard of another program', () => {
  test('has nicknames in one line', () => {
    deepEqual(card('FN:x', 'NICKNAME;PROP-ID=n;TYPE=work:Jim,Jimmie\\, the', 'NICKNAME:,')['nicknames'], {
      n: { name: 'Jim', contexts: { work: true } },
      'NICKNAME-1': { name: 'Jimmie, the', contexts: { work: true } },
    })
  })

  test('has a list of nicknames that is longer than any; it is kept as it is', () => {
    const names = (count: number) =>
      Object.keys(card('FN:x', `NICKNAME:${'a,'.repeat(count)}`)['nicknames'] as object).length
    deepEqual([names(10_000), names(10_001)], [10_000, 1])
  })

  test('has several names, of which it likes one best; the others are kept', () => {
    const { name, vCardProps } = card('FN:a', 'FN;PREF=1:b', 'FN:b')
    deepEqual(name, { full: 'b' })
    deepEqual(vCardProps, [['fn', {}, 'unknown', 'a']])
  })

  test('has two of what a Card has once; nothing of it is lost', () => {
    const { addresses, relatedTo, vCardProps } = card(
      'FN:x',
      ...['GEO:geo:1,2', 'GEO:geo:3,4', 'TZ:Europe/Brussels', 'TZ;VALUE=utc-offset:+0100'],
      ...['RELATED;TYPE=friend:mailto:a@b.example', 'RELATED;TYPE=met:mailto:a@b.example'],
      ...['CLIENTPIDMAP:1;urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34b', 'XML:<a xmlns="x:y">b</a>'],
    )
    deepEqual(addresses, { street: { coordinates: 'geo:1,2', timeZone: 'Europe/Brussels' } })
    deepEqual(relatedTo, { 'mailto:a@b.example': { relation: { friend: true } } })
    deepEqual(
      (vCardProps as readonly (readonly unknown[])[]).map(([property, , , value]) => [property, value]),
      [
        ['geo', 'geo:3,4'],
        ['tz', '+0100'],
        ['related', 'mailto:a@b.example'],
        ['clientpidmap', '1;urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34b'],
        ['xml', '<a xmlns="x:y">b</a>'],
      ],
    )
  })

  test('escapes the comma of a data URI', () => {
    const { media, addresses } = card('FN:x', 'PHOTO:data:image/png;base64\\,AAAA', 'GEO:geo:1\\,2')
    deepEqual(media, { 'PHOTO-1': { uri: 'data:image/png;base64,AAAA', kind: 'photo' } })
    deepEqual(addresses, { street: { coordinates: 'geo:1,2' } })
  })

  for (const [value, utc] of [
    ['20090808T1430-0500', '2009-08-08T19:30:00Z'],
    ['20090808T14Z', '2009-08-08T14:00:00Z'],
    ['2009-08-08T14:30', '2009-08-08T14:30:00Z'],
  ] as const) {
    test(`has a time of day without seconds: ${value}`, () => {
      deepEqual(card('FN:x', `ANNIVERSARY:${value}`)['anniversaries'], {
        'ANNIVERSARY-1': { kind: 'wedding', date: { '@type': 'Timestamp', utc } },
      })
    })
  }

  test('has types that mean nothing here, which are told again', () => {
    const text = vcardOf(card('FN:x', 'EMAIL;TYPE=INTERNET,work:a@b.example'))
    ok(linesIn(text).includes('EMAIL;PROP-ID=EMAIL-1;TYPE=work,internet:a@b.example'))
    ok(!text.includes('JSPROP'))
  })

  test('says of a property what means nothing here; it is still said of that one', () => {
    const text = vcardOf(card('FN:x', 'g1.TEL:1', 'g1.X-ABADR:us', 'g2.TEL:2', 'g2.X-ABLabel:b'))
    deepEqual(linesIn(text).slice(1, 5), [
      'g1.TEL;PROP-ID=TEL-1:1',
      'g2.TEL;PROP-ID=TEL-2:2',
      'g2.X-ABLabel:b',
      'g1.X-ABADR:us',
    ])
    ok(!text.includes('JSPROP'))
  })

  test('tells an order that leaves a component out; none is lost', () => {
    const told = card('FN:x', 'N;JSCOMPS=";1;0,1":Doe,de;Jane;;;;;').name
    deepEqual(told, {
      full: 'x',
      components: [
        { kind: 'given', value: 'Jane' },
        { kind: 'surname', value: 'Doe' },
        { kind: 'surname', value: 'de' },
      ],
    })
  })

  test('labels an address; no Card has a place for that, and it is kept with its group', () => {
    const text = vcardOf(card('FN:x', 'item1.ADR:;;Markt 1;;;;', 'item1.X-ABLabel:Zomer', 'item1.X-ABADR:be'))
    deepEqual(linesIn(text).slice(1), [
      'item1.ADR;PROP-ID=ADR-1:;;Markt 1;;;;',
      'item1.X-ABLABEL:Zomer',
      'item1.X-ABADR:be',
    ])
  })

  for (const line of [
    ...[
      'TITLE;TYPE=work:a',
      'TITLE;PREF=1:a',
      'NOTE;PREF=1;TYPE=home:a',
      'ORG;PREF=1:a',
      'HOBBY;TYPE=work:a',
      'RELATED;X-A=b;PREF=1:mailto:a@b.example',
      'PRONOUNS;X-A=b;TYPE=x:they',
    ],
    ...['BDAY;PREF=1:19900101', 'URL;INDEX=1:http://x.example', 'CALADRURI;MEDIATYPE=a/b:mailto:a@b.example'],
  ]) {
    test(`says with a parameter what no member says: ${line}`, () => {
      const told = card('FN:x', line)
      deepEqual(organizationCardFrom(told, 'nl'), told)
      const parameters = line.slice(line.indexOf(';') + 1, line.indexOf(':')).split(';')
      for (const parameter of parameters) ok(vcardOf(told).includes(parameter))
    })
  }

  test('makes a Card, whatever is said of whatever', () => {
    const names = fc.constantFrom(
      ...MAP_FORMS.map(({ property }) => property),
      'RELATED',
      'PRONOUNS',
      'GEO',
      'N',
    )
    const parameters = [
      'PREF=1',
      'TYPE=work',
      'TYPE=home,x',
      'INDEX=2',
      'MEDIATYPE=a/b',
      'CC=be',
      'LEVEL=high',
    ]
    const more = [
      'PROP-ID=a b',
      'PROP-ID=a',
      'ALTID=1',
      'SORT-AS=z',
      'CALSCALE=x',
      'LABEL=q',
      'X-A=b',
      'PHONETIC=ipa',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, fc.uniqueArray(fc.constantFrom(...parameters, ...more)), fc.boolean())),
        (said) => {
          const lines = said.flatMap(([name, given, isLabelled], at) => {
            const line = `${[name, ...given].join(';')}:${VALUES[name] ?? 'https://x.example'}`
            return isLabelled ? [`g${at}.${line}`, `g${at}.X-ABLabel:l`] : [line]
          })
          const told = card('FN:x', ...lines)
          deepEqual(organizationCardFrom(told, 'nl'), told)
          deepEqual(cardFromVcard(vcardOf(told)), told)
        },
      ),
    )
  })
})

/** Of properties that take no URI. */
const VALUES: Readonly<Record<string, string>> = { GEO: 'geo:1,2', LANG: 'fr', BDAY: '19900101', N: 'a;b;;;' }
