import { equal } from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { readAccessFile } from '../src/access/access-file.ts'
import type { App } from '../src/app.ts'
import { catalogueTerms, isReadableWhere } from '../src/dialects/index.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'

const run = promisify(execFile)

/** The examples of the README in turn, each with the output that it shows. */
const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const section = text.slice(text.indexOf('## One record'), text.indexOf('## What it speaks'))
const examples = [...section.matchAll(/```sh\n([\s\S]*?)```(?:\n```json\n([\s\S]*?)```)?/g)]

if (examples.length < 5) throw new Error('the README lost its examples')

let servers: DemoServers
let app: App
before(async () => {
  servers = await prepareDemoServers()
  app = await servers.start()
})
after(async () => {
  await app.close()
  await servers.remove()
})

test('the examples of the README print what it says', async (context) => {
  const hasJq = await run('jq', ['--version']).then(
    () => true,
    () => false,
  )
  if (!hasJq) return context.skip('jq is not installed')
  for (const [, script = '', printed = ''] of examples) {
    const { stdout } = await run('bash', [
      '-c',
      script.replaceAll('localhost:8080', app.url.slice('http://'.length)),
    ])
    equal(stdout, printed)
  }
})

test('the example access file has no mistakes', () => {
  const mistakes: string[] = []
  readAccessFile(
    new URL('../examples/access.yaml', import.meta.url).pathname,
    mistakes,
    catalogueTerms,
    isReadableWhere,
  )
  equal(mistakes.join('\n'), '')
})
