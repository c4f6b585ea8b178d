import fc from 'fast-check'

// What nobody had in mind: values, texts, names and headers that programs trip over.

const words = (text: string): readonly string[] => text.split(' ')

export const NAMES = ['', ...words('__proto__ constructor toString valueOf length null undefined true $ref')]

const TEXTS = [
  ...NAMES,
  ...words('0 -1 1.5 1e3 2147483648 99999999999999999999 NaN 0x1'),
  ...words('\' " {{x}} <!-- ]]> * ~ ~2 / .. \\ ; %'),
  ...words(
    'é 日本 🙂 İ ß \u200b \ufeff \0 \u001f \u007f \ud800 2026-02-30 0000-00-00T00:00:00Z +999999-01-01',
  ),
  "' or 1=1 --",
  'a'.repeat(5_000),
  '00000000-0000-4000-8000-000000000001',
]

export const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)

const PLAIN: readonly unknown[] = JSON.parse(
  '[null, true, false, 0, -1, 1.5, 1e308, 9007199254740993, [], {}, [[]], [null], [{}], [1, "a"], {"": ""}]',
)

const nested = fc
  .integer({ min: 1, max: 1_000 })
  .map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown)

export const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 4, arbitrary: fc.constantFrom(...PLAIN) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...PLAIN))
      .map(([name, value]) => ({ [name]: value })),
  },
  { weight: 1, arbitrary: nested },
)

/** As they may stand in a path or a query. */
export const spelled = fc.oneof(
  texts.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(...words('% %0 %zz %ff %C0%80 %00 %2F %2e%2e + & = [] [a] ? : // @ .json')),
)

/** Pieces of what bodies are written in. */
export const pieces = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  texts.map((text) => Buffer.from(text)),
  fc
    .constantFrom('\r\n', ...words('{ } [ ] " , : \\u \\ud800 < > & &#0; </ <? -- 1e999 //'))
    .map((text) => Buffer.from(text)),
)

export const HEADERS = [
  ...words('accept accept-language content-type content-encoding authorization cookie origin range expect'),
  ...words('if-match if-none-match if-modified-since prefer idempotency-key last-event-id x-forwarded-for'),
  ...words(
    'x-http-method-override x-api-key x-dc-devkey x-session-token so-language so-timezone x-client-id',
  ),
]

/** What may stand in any header. */
export const headerTexts = fc
  .oneof(
    fc.constantFrom(
      '',
      ...words('* */* ; , " "" W/ W/"1" "1-1" bytes=0- a=b;c q=2 Bearer gzip respond-async 100-continue'),
      ...words('application/xml text/xml;charset=x multipart/form-data multipart/form-data;boundary='),
      ...words('application/x-www-form-urlencoded application/json-patch+json application/merge-patch+json'),
      ...words('text/vcard image/png application/json;charset=utf-16 é\u00ff'),
      ...['Bearer ', 'Basic !', 'Basic Og==', 'return=minimal, return=representation', 'x'.repeat(4_000)],
      'Thu, 32 Foo 2026 25:61:61 GMT',
    ),
    texts,
  )
  .map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ''))
