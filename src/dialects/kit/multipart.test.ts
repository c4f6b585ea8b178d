import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../core/problem.ts'
import { readMultipart } from './multipart.ts'

const TYPE = 'multipart/form-data; boundary=xx'

function form(...parts: readonly (readonly [head: string, body: string | Buffer])[]): Buffer {
  const lines = parts.flatMap(([head, body]) => [
    `--xx\r\nContent-Disposition: ${head}\r\n\r\n`,
    body,
    '\r\n',
  ])
  return Buffer.concat([...lines, '--xx--'].map((line) => Buffer.from(line as string)))
}

const fails = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('a form', () => {
  test('gives each part as the bytes that came', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45])
    const parts = await readMultipart(
      TYPE,
      form(['form-data; name="file"; filename="../x.png"', bytes], ['form-data; name="text"', 'é']),
    )
    assert.deepEqual(
      [...parts],
      [
        ['file', bytes],
        ['text', Buffer.from('é')],
      ],
    )
  })

  test('with a part twice has the last', async () => {
    const parts = await readMultipart(TYPE, form(['form-data; name="a"', '1'], ['form-data; name="a"', '2']))
    assert.equal(parts.get('a')?.toString(), '2')
  })

  test('may have empty parts, and none at all', async () => {
    assert.equal((await readMultipart(TYPE, form(['form-data; name="a"', '']))).get('a')?.length, 0)
    assert.equal((await readMultipart(TYPE, Buffer.from('--xx--\r\n'))).size, 0)
  })

  test('may have a part of many megabytes', async () => {
    const bytes = Buffer.alloc(10_000_000, 'x')
    const parts = await readMultipart(TYPE, form(['form-data; name="a"; filename="a"', bytes]))
    assert.equal(parts.get('a')?.length, bytes.length)
  })

  test('has a part as it came, wherever it is cut to be read', async () => {
    const pieces = fc.constantFrom('\r\n--', '\r\n--x', 'a', '\r', '\n', 'b'.repeat(5_000))
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 60 }), async (all) => {
        const text = `a${all.join('').replaceAll('--xx', '--x-')}a`
        const parts = await readMultipart(TYPE, form(['form-data; name="a"', text]))
        assert.equal(parts.get('a')?.toString(), text)
      }),
    )
  })

  test('of millions of parts, or of what almost begins one, is refused before long', async () => {
    const from = performance.now()
    for (const text of ['--xx\r\n'.repeat(1_500_000), '-'.repeat(10_000_000)])
      await assert.rejects(readMultipart(TYPE, Buffer.from(text)), fails('body-syntax'))
    assert.ok(performance.now() - from < 3_000)
  })

  test('that is empty is missing', async () => {
    await assert.rejects(readMultipart(TYPE, Buffer.alloc(0)), fails('body-missing'))
  })

  const whole = form(['form-data; name="a"', '1'])
  const broken: readonly (readonly [what: string, contentType: string | undefined, bytes: Buffer])[] = [
    ['no type', undefined, whole],
    ['another type', 'application/json', Buffer.from('{}')],
    ['an urlencoded form', 'application/x-www-form-urlencoded', Buffer.from('a=1')],
    ['no boundary', 'multipart/form-data', whole],
    ['an empty boundary', 'multipart/form-data; boundary=', whole],
    ['another boundary', 'multipart/form-data; boundary=yy', whole],
    ['no end', TYPE, whole.subarray(0, -4)],
    ['a part that breaks off', TYPE, whole.subarray(0, 20)],
    [
      'too many parts',
      TYPE,
      form(...Array.from({ length: 51 }, () => ['form-data; name="a"', '1'] as const)),
    ],
  ]
  for (const [what, contentType, bytes] of broken) {
    test(`with ${what} cannot be read`, async () => {
      await assert.rejects(readMultipart(contentType, bytes), fails('body-syntax'))
    })
  }
})
