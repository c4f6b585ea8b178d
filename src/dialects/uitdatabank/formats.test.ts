import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formats } from './formats.ts'

const label = (length: number) => 'a'.repeat(length)

/** specs/uitdatabank.md 3.2 and 3.5. */
const samples: Readonly<
  Record<keyof typeof formats, { accepts: readonly string[]; refuses: readonly string[] }>
> = {
  uri: {
    accepts: [
      ...[
        'https://www.publiq.be',
        'https://x',
        'http://localhost',
        'http://127.0.0.1/',
        'HTTPS://x.be',
        'https://',
      ],
      ...['ftp://x.be', 'mailto:a@b.c', 'http://[::1]/', 'http://user:pass@x.be:8080/', 'https://X.BE/A'],
      ...['http://x.be:0', 'http://x.be:65535', 'http://x.be/a%20b', 'http://x.be/%C3%A9?a[]="1%"&b=?#/?[x]'],
      ...["http://x.be/-._~!$&'()*+,;=:@/", 'http://a-b.be', 'http://%41.be', `http://${label(63)}.be`],
      `http://${label(63)}.${label(63)}.${label(63)}.${label(61)}`,
    ],
    refuses: [
      ...[
        '',
        'x',
        'info',
        'www.publiq.be',
        '//x.be',
        '/x',
        ' https://x.be',
        'https://x.be ',
        'https://x.be/a b',
      ],
      ...[
        'https://x_y.be',
        'https://x.be:65536',
        'https://x.be:',
        'https://x.be:a',
        'https://x.be.',
        'https://x..be',
      ],
      ...[
        'https://-x.be',
        'https://x-.be',
        'https://é.be',
        'https://x.be/é',
        'https://x.be/?é',
        'https://x.be/#é',
      ],
      ...[
        'https://x.be/{}',
        'https://x.be/|',
        'https://x.be/^',
        'https://x.be/<>',
        'https://x.be/\\',
        'https://x.be/%2',
      ],
      ...[
        'https://x.be/"',
        'https://x.be/[',
        'https://x.be/?{',
        'https://x.be/\n',
        'https://x.be#a#b',
        'http://[::g]/',
      ],
      ...['http://a b@x.be', 'http://a@b@x.be', '1http://x.be', 'http://%4.be', `http://${label(64)}.be`],
      `http://${label(63)}.${label(63)}.${label(63)}.${label(62)}`,
    ],
  },
  email: {
    accepts: [
      ...[
        'info@publiq.be',
        'a@b.c',
        'A.B+c@x-y.be',
        "!#$%&'*+/=?^_{|}~`-@x.be",
        '"a.b@c"@x.be',
        '"a\\"b"@x.be',
      ],
      ...['a@[1.2.3.4]', 'a@[IPv6:::1]', 'a@1.be', `${label(64)}@x.be`, `a@${label(63)}.be`, 'a@x.b1'],
    ],
    refuses: [
      ...[
        '',
        'info#publiq.be',
        '09/1231212',
        'info@',
        '@x.be',
        'a@b',
        '.a@x.be',
        'a.@x.be',
        'a..b@x.be',
        'a b@x.be',
      ],
      ...[
        '"a b"@x.be',
        '"a"b"@x.be',
        'a@x_y.be',
        'a@-x.be',
        'a@x-.be',
        'a@x..be',
        'a@x.be.',
        'a@x.1b',
        'a@1.2.3.4',
      ],
      ...[
        'é@x.be',
        'a@é.be',
        ' a@x.be',
        'a@x.be ',
        'a@x.be\n',
        'a@@x.be',
        'a@[1.2.3]',
        'a@[::1]',
        'a@[IPv6:x]',
      ],
      ...[`${label(65)}@x.be`, `a@${label(64)}.be`, 'a@[1.2.3.4', 'A <a@x.be>'],
    ],
  },
  uuid: {
    accepts: ['46e9ea9f-fc42-4759-a81b-4308467b7c35', '46E9EA9F-FC42-0759-A81B-4308467B7C35'],
    refuses: [
      '',
      '46e9ea9f',
      '46e9ea9ffc424759a81b4308467b7c35',
      'g6e9ea9f-fc42-4759-a81b-4308467b7c35',
    ].concat(
      ['46e9ea9f-fc42-4759-a81b-4308467b7c355', '{46e9ea9f-fc42-4759-a81b-4308467b7c35}'],
      ['46e9ea9f-fc42-4759-a81b-4308467b7c35\n', '46e9ea9f-fc42-4759-b8c02840528ca2e1'],
    ),
  },
  'date-time': {
    accepts: [
      ...[
        '2025-01-02T03:04:05+00:00',
        '2025-01-02T03:04:05Z',
        '2025-01-02T03:04:05',
        '2025-12-31T23:59:59-23:59',
      ],
      ...[
        '2024-02-29T00:00:00',
        '2000-02-29T00:00:00',
        '2025-01-02T03:04:05.123456789Z',
        '2025-04-30T00:00:00',
      ],
    ],
    refuses: [
      ...[
        '',
        '2025-01-02',
        '2025-01-02 03:04:05',
        '2025-01-02t03:04:05',
        '2025-01-02T03:04',
        '2025-01-02T03:04:05z',
      ],
      ...['2025-02-29T00:00:00', '1900-02-29T00:00:00', '2025-04-31T00:00:00', '2025-13-01T00:00:00'],
      ...['2025-00-01T00:00:00', '2025-01-00T00:00:00', '2025-01-02T24:00:00', '2025-01-02T00:60:00'],
      ...[
        '2025-01-02T03:04:60',
        '2025-01-02T03:04:05.',
        '2025-01-02T03:04:05+0100',
        '2025-01-02T03:04:05+24:00',
      ],
      ...['25-01-02T03:04:05', '2025-01-02T03:04:05\n', ' 2025-01-02T03:04:05'],
    ],
  },
}

for (const [format, { accepts, refuses }] of Object.entries(samples)) {
  const isIt = formats[format as keyof typeof formats]
  for (const text of accepts) test(`${JSON.stringify(text)} is a ${format}`, () => assert.ok(isIt(text)))
  for (const text of refuses) test(`${JSON.stringify(text)} is no ${format}`, () => assert.ok(!isIt(text)))
}

test('every address that the platform can write is a uri', () => {
  fc.assert(fc.property(fc.webUrl(), (url) => assert.ok(formats.uri(url), url)))
})

test('judges a megabyte in the time of a request, whatever the format', () => {
  const long = [
    'https://x.be/',
    'https://',
    'https://x.be/?',
    '"',
    'a.',
    'a@',
    'a@a.',
    '2025-01-02T03:04:05.',
  ]
  const start = performance.now()
  for (const isIt of Object.values(formats)) for (const head of long) isIt(head + 'a.-0%41'.repeat(150_000))
  assert.ok(performance.now() - start < 2000)
})
