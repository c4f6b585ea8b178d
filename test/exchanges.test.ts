import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { dialects } from '../src/dialects/index.ts'
import { apiDocuments } from './api-documents.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import { replay } from './exchange.ts'
import { readAccess, readExchanges } from './exchange-file.ts'

/** Servers at once: enough to keep both cores busy while passwords are hashed. */
const AT_ONCE = 8

const ROOT = join(import.meta.dirname, '..')

const files = globSync('src/dialects/*/exchanges/*.http', { cwd: ROOT }).sort()

/** Whatever is exchanged is told of in a document. */
const documents = apiDocuments()

const dialectOf = (file: string): string => basename(dirname(dirname(file)))

describe('exchanges', { concurrency: AT_ONCE }, () => {
  let servers: DemoServers

  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  for (const file of files) {
    test(`${dialectOf(file)}/${basename(file, '.http')}`, async () => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const exchanges = readExchanges(file, text)
      const app = await servers.start(readAccess(text))
      try {
        await replay(file, exchanges, app.url, documents.findings)
      } finally {
        await app.close()
      }
    })
  }
})

for (const { name } of dialects) {
  test(`${name} has exchanges`, () => {
    assert.ok(files.some((file) => dialectOf(file) === name))
  })
}
