import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../core/problem.ts'
import { dossiers } from '../../core/testing/random-records.ts'
import { putContext } from '../../core/testing/records.ts'
import { organizationCard } from './lens/organization-card.ts'
import { cardOf } from './lens/person-card.ts'
import { organizationSchemaCards, personSchemaCards } from './testing/random-schema-cards.ts'
import { cardFromVcard, vcardOf } from './vcard.ts'
import type { Card } from './wire.ts'

/** What a vCard says of a Card: all of it but the milliseconds of `updated`. */
function told(card: Card): unknown {
  const { updated, ...others } = card as Card & { readonly updated?: string }
  const whole = updated === undefined ? {} : { updated: updated.replace(/\.\d+Z$/, 'Z') }
  return { '@type': 'Card', version: '1.0', ...others, ...whole }
}

const read = (card: Card): unknown => told(cardFromVcard(vcardOf(card)))

describe('a Card that became a vCard reads back as the same Card', () => {
  const context = putContext()

  test('of an organization', () => {
    fc.assert(
      fc.property(
        dossiers().map((dossier) => organizationCard.get(dossier, context)),
        (card) => deepEqual(read(card), told(card)),
      ),
    )
  })

  test('of a person', () => {
    fc.assert(
      fc.property(dossiers(), ({ people }) => {
        for (const person of people) deepEqual(read(cardOf(person)), told(cardOf(person)))
      }),
    )
  })

  test('of whatever the schemas admit', () => {
    fc.assert(
      fc.property(fc.oneof(organizationSchemaCards, personSchemaCards), (card) =>
        deepEqual(read(card), JSON.parse(JSON.stringify(told(card)))),
      ),
      { numRuns: 300 },
    )
  })
})

/** A vCard with these lines in it. */
function vcard(...lines: readonly string[]): string {
  return ['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n')
}

const card = (...lines: readonly string[]): Card => cardFromVcard(vcard(...lines))

function linesIn(text: string): readonly string[] {
  return text.replaceAll('\r\n ', '').split('\r\n')
}

describe('a vCard', () => {
  test('has no line of more than 75 octets, and cuts no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (note) => {
        const text = vcardOf({ name: { full: 'x' }, notes: { n: { note } } })
        for (const line of text.split('\r\n')) {
          ok(Buffer.byteLength(line) <= 75)
          ok(line.isWellFormed())
        }
      }),
    )
  })

  test('of a label names its group', () => {
    const lines = linesIn(vcardOf({ name: { full: 'x' }, phones: { p: { number: '1', label: 'Balie' } } }))
    deepEqual(lines.slice(3, 5), ['g1.TEL;PROP-ID=p:1', 'g1.X-ABLabel:Balie'])
  })

  test('of a translation has alternatives', () => {
    const lines = linesIn(
      vcardOf({ language: 'nl', name: { full: 'a' }, localizations: { fr: { 'name/full': 'b' } } }),
    )
    deepEqual(lines.slice(3, 5), ['FN;ALTID=1:a', 'FN;ALTID=1;LANGUAGE=fr:b'])
  })

  test('of a Card without a full name has a derived one, which is not read', () => {
    const components = [{ kind: 'given', value: 'Ann' }]
    ok(linesIn(vcardOf({ name: { components } })).includes('FN;DERIVED=TRUE:Ann'))
    deepEqual(card('FN;DERIVED=TRUE:Ann').name, undefined)
  })

  test('escapes what separates', () => {
    const text = vcardOf({ name: { full: 'a\\b,c\nd' }, organizations: { o: { name: 'x;y' } } })
    deepEqual(linesIn(text).slice(2, 4), ['FN:a\\\\b\\,c\\nd', 'ORG;PROP-ID=o:x\\;y'])
  })

  test('keeps the order of components', () => {
    const components = [
      { kind: 'number', value: '1' },
      { kind: 'separator', value: ', ' },
      { kind: 'name', value: 'Markt' },
    ]
    const text = vcardOf({ name: { full: 'x' }, addresses: { a: { components, isOrdered: true } } })
    ok(linesIn(text).includes('ADR;PROP-ID=a;JSCOMPS=";10;s,\\, ;11":;;1 Markt;;;;;;;;1;Markt;;;;;;'))
  })
})

describe('what no vCard said, kept as if one had', () => {
  for (const [what, jcard] of [
    ['without parameters', ['x-a', null, 'unknown', 'v']],
    ['with a group that is a line', ['x-a', { group: 'g:1\r\nEMAIL:a@b.example\r\nx' }, 'unknown', 'v']],
    ['with a group that is none', ['x-a', { group: '' }, 'unknown', 'v']],
    ['that ends the vCard', ['end', {}, 'unknown', 'VCARD']],
    ['of another version', ['version', {}, 'unknown', '3.0']],
    ['that has a meaning', ['email', {}, 'unknown', 'a@b.example']],
    ['that patches', ['jsprop', { jsptr: 'a/b/c' }, 'unknown', 'x']],
  ] as const) {
    test(`${what} is no property of its own`, () => {
      const sent = { name: { full: 'x' }, vCardProps: [jcard] }
      const text = vcardOf(sent as never)
      const names = linesIn(text).map((line) => line.split(/[;:]/)[0])
      deepEqual(new Set(names), new Set(['BEGIN', 'VERSION', 'FN', 'JSPROP', 'END', '']))
      deepEqual(cardFromVcard(text)['vCardProps'], [jcard])
    })
  }
})

describe('a parameter that no vCard could have had', () => {
  for (const value of [{ toString: 1 }, { valueOf: null }, 5, [['a']], ['a', 5], null, []]) {
    test(`stays as it was sent: ${JSON.stringify(value)}`, () => {
      const phones = { p: { number: '1', vCardParams: { 'x-a': value, 'x-b': 'b' } } }
      const text = vcardOf({ name: { full: 'x' }, phones } as Card)
      match(text, /TEL;PROP-ID=p;X-B=b:1/)
      deepEqual(cardFromVcard(text).phones, phones)
    })
  }
})

describe('a localization that makes no Card', () => {
  for (const patch of [
    { vCardProps: { a: {} } },
    { 'name/components': 'x' },
    { 'speakToAs/pronouns': { a: null } },
    { kind: { a: {} } },
    { 'emails/e': { address: {} } },
    { 'phones/p': { number: '1', features: 5 } },
    { 'addresses/a': { components: 5 } },
    { 'constructor/shared': { a: 1 } },
    { 'toString/shared': {} },
  ]) {
    test(`stays as it was sent: ${JSON.stringify(patch)}`, () => {
      const localizations = { fr: { 'name/full': 'y', ...patch } }
      const text = vcardOf({ name: { full: 'x' }, localizations } as never)
      deepEqual(cardFromVcard(text).localizations, localizations)
      equal((Object as { shared?: unknown }).shared, undefined)
      equal((Object.prototype.toString as { shared?: unknown }).shared, undefined)
    })
  }
})

describe('a vCard of somebody else', () => {
  test('is unfolded before anything else', () => {
    equal(card('FN:Jan\r\n  P', 'NOTE:a\n\tb').name?.full, 'Jan P')
  })

  test('says more than one type in quotes', () => {
    deepEqual(card('FN:x', 'TEL;TYPE="work,cell":1').phones?.['TEL-1']?.features, { mobile: true })
  })

  test('escapes in parameters with carets', () => {
    deepEqual(card('FN:x', 'ADR;LABEL="a^nb^^c^\'d":;;;;;;').addresses?.['ADR-1'], { full: 'a\nb^c"d' })
  })

  test('gives the first note, title and language the place that other APIs know', () => {
    const { notes, titles, preferredLanguages } = card('FN:x', 'NOTE:a', 'NOTE:b', 'TITLE:c', 'LANG:nl')
    deepEqual(
      [notes, titles, preferredLanguages].map((map) => Object.keys(map ?? {})),
      [['description', 'NOTE-1'], ['title'], ['main']],
    )
  })

  test('translates by ALTID', () => {
    const { localizations } = card(
      'LANGUAGE:nl',
      'FN:x',
      'TITLE;ALTID=1;LANGUAGE=nl:Baas',
      'TITLE;ALTID=1;LANGUAGE=fr:Patron',
    )
    deepEqual(localizations, { fr: { 'titles/title/name': 'Patron' } })
  })

  test('keeps parameters that mean nothing here', () => {
    deepEqual(card('FN:x', 'EMAIL;X-A=1,2;TYPE=intern:a@b.example').emails, {
      'EMAIL-1': { address: 'a@b.example', vCardParams: { 'x-a': ['1', '2'], type: 'intern' } },
    })
  })

  test('may patch the Card', () => {
    deepEqual(card('FN:x', 'EMAIL;PROP-ID=e:a@b.example', 'JSPROP;JSPTR="emails/e/pref":7').emails, {
      e: { address: 'a@b.example', pref: 7 },
    })
  })
})

describe('no text is more than a refusal', () => {
  const refused = (text: string): string => {
    try {
      cardFromVcard(text)
      return 'read'
    } catch (error) {
      ok(error instanceof Problem)
      return error.code
    }
  }

  for (const [what, text] of [
    ['nothing', ''],
    ['another thing', 'hello'],
    ['no end', 'BEGIN:VCARD\nVERSION:4.0\nFN:x\n'],
    ['no version', 'BEGIN:VCARD\nFN:x\nEND:VCARD'],
    ['no colon', vcard('FN')],
    ['a quote that does not close', vcard('FN;X="a:b')],
    ['a parameter without a value', vcard('TEL;HOME:1')],
    ['a group without a name', vcard('.FN:x')],
    ['a patch that is no JSON', vcard('FN:x', 'JSPROP;JSPTR=a:{')],
    ['a patch of nothing', vcard('FN:x', 'JSPROP;JSPTR=a/b:1')],
    ['a patch of what all objects share', vcard('FN:x', 'JSPROP;JSPTR=__proto__/x:1')],
    ['an id of what all objects share', vcard('FN:x', 'EMAIL;PROP-ID=__proto__:a@b.example')],
    ['U+0000', vcard('FN:a\0b')],
    ['a patch that is too deep', vcard('FN:x', `JSPROP;JSPTR=a:${'['.repeat(100)}${']'.repeat(100)}`)],
  ] as const) {
    test(what, () => ok(['body-syntax', 'body-missing'].includes(refused(text)), refused(text)))
  }

  test('whatever else it is made of', () => {
    const pieces = fc.constantFrom(
      ...['BEGIN:VCARD', 'VERSION:4.0', 'END:VCARD', '\n', '\r\n ', ';', ':', ',', '=', '"', '\\', '.', '^'],
      ...[
        'FN',
        'N',
        'ADR',
        'TEL',
        'JSPROP',
        'JSPTR',
        'LANGUAGE',
        'ALTID',
        'PROP-ID',
        'BDAY',
        'GEO',
        'x',
        '1',
        'ü',
      ],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        refused(parts.join(''))
        refused(vcard(parts.join('')))
      }),
    )
  })

  test('a large one is read in the time that its size takes', () => {
    const many = (line: (at: number) => string) =>
      vcard('FN:x', ...Array.from({ length: 60_000 }, (_, at) => line(at)))
    const from = performance.now()
    cardFromVcard(many((at) => `EMAIL;ALTID=1;LANGUAGE=l${at}:a@b.example`))
    cardFromVcard(many((at) => `EMAIL:a${at}@b.example`))
    cardFromVcard(many((at) => `JSPROP;JSPTR="a:x${at}":1`))
    cardFromVcard(many((at) => (at % 2 === 0 ? `DEATHDATE;PROP-ID=d${at}:2000` : `BIRTHPLACE:p${at}`)))
    ok(performance.now() - from < 20_000)
  })

  test('many languages of one large object are written in the time that they take', () => {
    const tongues = Array.from({ length: 20_000 }, (_, at) => [`x-${at}`, { 'titles/t/name': 'a' }])
    const titles = { t: { name: 'b', vCardParams: { x: 'x'.repeat(1_000_000) } } }
    const from = performance.now()
    vcardOf({ name: { full: 'x' }, titles, localizations: Object.fromEntries(tongues) })
    ok(performance.now() - from < 20_000)
  })
})

test('very many values of one parameter are read as few are', () => {
  const types = Array.from({ length: 300_000 }, () => 'a').join(',')
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:x', `TEL;TYPE="${types}":1`, 'END:VCARD']
  ok(cardFromVcard(lines.join('\r\n')).phones)
})
