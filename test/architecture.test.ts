import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { SourceFile } from './architecture.ts'
import { importsOf, violationsIn } from './architecture.ts'

const ROOT = join(import.meta.dirname, '..')

const files: readonly SourceFile[] = globSync('{src,test,bench}/**/*.ts', { cwd: ROOT }).map((path) => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
}))

test('who imports whom, who reads the world, and how long files are', () => {
  assert.deepEqual(violationsIn(files), [])
})

test('the check sees every file and its imports', () => {
  const server = files.find(({ path }) => path === 'src/http/server.ts')
  assert.ok(files.length > 50)
  assert.ok(server !== undefined && importsOf(server).includes('fastify'))
  assert.ok(server !== undefined && importsOf(server).includes('../core/problem.ts'))
})

test('every form of import is seen', () => {
  const text = [
    "import 'a'",
    "import b from 'b'",
    'import type { C } from "c"',
    "import {\n  d,\n  e,\n} from 'd'",
    "export { f } from 'f'",
    "export * from 'g'",
    "const h = await import('h'); import('i')",
  ]
  assert.deepEqual(importsOf({ path: 'x.ts', text: text.join('\n') }), [
    'a',
    'b',
    'c',
    'd',
    'f',
    'g',
    'h',
    'i',
  ])
})

/** Each row: a file that breaks a rule, and a file of the same folder that keeps it. */
const planted: readonly (readonly [rule: string, path: string, broken: string, kept: string])[] = [
  [
    'the core knows no other folder',
    'src/core/x.ts',
    "import type { Reply } from '../dialects/dialect.ts'",
    "import './store.ts'",
  ],
  ['the core knows no package', 'src/core/x.ts', "import fc from 'fast-check'", "import './store.ts'"],
  ['the core knows no module of Node', 'src/core/x.ts', "import { randomUUID } from 'node:crypto'", ''],
  ['the core does not depend on tests', 'src/core/x.ts', "import { uuid } from './testing/records.ts'", ''],
  [
    'the testing of the core knows the core',
    'src/core/testing/x.ts',
    "import '../../store/index.ts'",
    "import fc from 'fast-check'",
  ],
  [
    'the store knows the core',
    'src/store/sqlite/x.ts',
    "import '../../access/secrets.ts'",
    "import '../../core/keys.ts'",
  ],
  [
    'the file store knows the core',
    'src/files/x.ts',
    "import '../store/index.ts'",
    "import '../core/files.ts'",
  ],
  [
    'the store knows no dialect',
    'src/store/x.ts',
    "import '../dialects/index.ts'",
    "import '../core/store.ts'",
  ],
  [
    'access knows the contract, no dialect',
    'src/access/x.ts',
    "import '../dialects/kare/index.ts'",
    "import '../dialects/dialect.ts'",
  ],
  ['access knows no engine', 'src/access/x.ts', "import '../store/index.ts'", "import '../core/store.ts'"],
  [
    'http knows the contract, no dialect',
    'src/http/x.ts',
    "import '../dialects/index.ts'",
    "import '../dialects/dialect.ts'",
  ],
  ['http knows no engine', 'src/http/x.ts', "import '../store/index.ts'", "import '../access/doorman.ts'"],
  [
    'the contract knows the core',
    'src/dialects/dialect.ts',
    "import './kit/json.ts'",
    "import '../core/lens.ts'",
  ],
  [
    'the kit knows the core',
    'src/dialects/kit/x.ts',
    "import '../dialect.ts'",
    "import '../../core/problem.ts'",
  ],
  [
    'a dialect knows no other',
    'src/dialects/kare/x.ts',
    "import '../digicert/wire.ts'",
    "import './wire.ts'",
  ],
  [
    'a dialect whose name begins with that of another',
    'src/dialects/kare/x.ts',
    "import '../kare2/wire.ts'",
    "import '../kit/json.ts'",
  ],
  [
    'a dialect knows no engine',
    'src/dialects/kare/x.ts',
    "import '../../store/index.ts'",
    "import '../../core/store.ts'",
  ],
  [
    'a dialect knows no doorman',
    'src/dialects/kare/x.ts',
    "import '../../access/doorman.ts'",
    "import '../dialect.ts'",
  ],
  [
    'a dialect knows no web framework',
    'src/dialects/kare/x.ts',
    "import { fastify } from 'fastify'",
    "import { Type } from 'typebox'",
  ],
  [
    'a lens knows its wire, not its routes',
    'src/dialects/kare/lens/x.ts',
    "import '../routes.ts'",
    "import '../wire.ts'",
  ],
  ['a lens knows no kit', 'src/dialects/kare/lens/x.ts', "import '../../kit/json.ts'", "import './facet.ts'"],
  [
    'a lens knows no package',
    'src/dialects/kare/lens/x.ts',
    "import { Type } from 'typebox'",
    "import '../wire/dates.ts'",
  ],
  [
    'the demo knows no dialect',
    'src/demo.ts',
    "import './dialects/kare/wire.ts'",
    "import './access/secrets.ts'",
  ],
  [
    'what runs does not depend on what tests',
    'src/app.ts',
    "import './dialects/kare/testing/x.ts'",
    "import './dialects/index.ts'",
  ],
  [
    'an import for types counts',
    'src/core/x.ts',
    "import type { Dialect } from '../dialects/dialect.ts'",
    '',
  ],
  ['an import when needed counts', 'src/core/x.ts', "const x = await import('../store/index.ts')", ''],
  [
    'the environment is read in one place',
    'src/app.ts',
    "const port = process.env['PORT']",
    "const port = '1' // process.env",
  ],
  ['however it is written', 'src/core/x.ts', "const { PORT } = process['env']", '/** Never process.env. */'],
  ['the clock is read in one place', 'src/http/x.ts', 'const now = Date.now()', 'const then = new Date(0)'],
  [
    'a date of now is the clock',
    'src/core/x.ts',
    'const now = new Date()',
    "const then = new Date('2024-01-01')",
  ],
  [
    'a short date of now is the clock',
    'src/core/x.ts',
    'const now = +new Date',
    'const then = new Date(at).getTime()',
  ],
  ['a stopwatch is a clock', 'src/store/x.ts', 'const from = performance.now()', 'const Dated = 1'],
  [
    'a long file has a reason',
    'test/x.ts',
    'x\n'.repeat(301),
    `// longer than 300 lines because it is a table\n${'x\n'.repeat(301)}`,
  ],
  ['300 lines are not long', 'src/core/x.ts', 'x\n'.repeat(301), 'x\n'.repeat(300)],
]

describe('a planted violation is found', () => {
  for (const [rule, path, broken, kept] of planted) {
    test(`${rule}: ${path}`, () => {
      assert.equal(violationsIn([{ path, text: broken }]).length, 1)
      assert.deepEqual(violationsIn([{ path, text: kept }]), [])
    })
  }

  test('but a test may import and read what it likes', () => {
    const text = "import '../store/index.ts'\nconst now = Date.now() + process.env.X"
    assert.deepEqual(violationsIn([{ path: 'src/core/x.test.ts', text }]), [])
  })

  test('and so may the wiring', () => {
    const text =
      "import './store/index.ts'\nimport './dialects/index.ts'\nimport './http/server.ts'\nDate.now()"
    assert.deepEqual(
      violationsIn([
        { path: 'src/app.ts', text },
        { path: 'src/commands.ts', text },
      ]),
      [],
    )
    assert.deepEqual(violationsIn([{ path: 'src/config.ts', text: 'process.env.PORT' }]), [])
  })
})
