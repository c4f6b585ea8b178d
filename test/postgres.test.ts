import { equal } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import type { PostgresServer } from '../src/store/testing/postgres-server.ts'
import { postgresIsMissing, startPostgres } from '../src/store/testing/postgres-server.ts'

/** What is run again on the other engine: each a file, or a pattern of files, and which of its tests. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'the directory': [
    'src/core/{directory,merging,unmerging,history,past,restoring,feed,together,erasing}*.test.ts',
  ],
  'exchanges that search, list and look back': [
    '--test-name-pattern=/(?:search|list|changes|history|merge|media)',
    'test/exchanges.test.ts',
  ],
  'the crossing of every API': ['test/crossing.test.ts'],
  'who is erased': ['test/erasure.test.ts'],
  'two servers': ['test/nodes.test.ts'],
  'who may do what': ['test/access.test.ts'],
  'searches by rights': [
    'test/searching-{rights,times}.test.ts',
    'src/core/seeking.test.ts',
    'src/dialects/uitdatabank/where-rows.test.ts',
  ],
}

/** What takes minutes: `POLYDEX_TEST_ENGINE=postgres`. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  exchanges: ['test/exchanges.test.ts'],
  'the laws, crossed': ['test/lens-crossing.test.ts', 'test/indexers.test.ts', 'test/explanations.test.ts'],
  'what is asked twice, or by many at once': ['test/native-concurrency.test.ts', 'test/batch.test.ts'],
  'the core': ['src/core/*.test.ts'],
  'whatever is sent': ['test/malformed.test.ts'],
  'searches of dialects': [
    'src/dialects/native/{feed,search/alike,search/search}.test.ts',
    'src/dialects/superoffice/{deeds/duplicates,archive/rights}.test.ts',
  ],
  'servers and clients': [
    'test/{feed,http,matching,native-contract,one-person,preview,superoffice-client}.test.ts',
    'test/{uitdatabank-ownerships,uitdatabank-tokens}.test.ts',
  ],
}

const isWhole = process.env['POLYDEX_TEST_ENGINE'] === 'postgres'

describe('on PostgreSQL', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  for (const [title, args] of Object.entries(isWhole ? { ...RUNS, ...MORE } : RUNS)) {
    test(title, async () => {
      // A test runner that finds itself below another one reports to that one alone.
      const { NODE_TEST_CONTEXT: _, ...environment } = process.env
      const child = spawn(process.execPath, ['--test', '--test-timeout=120000', ...args], {
        env: { ...environment, POLYDEX_TEST_DATABASE: server.url },
      })
      let told = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => {
          told += String(text)
        })
      }
      const code = await new Promise((resolve) => child.once('close', resolve))
      equal(code, 0, told)
    })
  }
})
