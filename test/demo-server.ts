import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'
import type { DatabaseUrl } from '../src/config.ts'
import { query } from '../src/store/testing/postgres-server.ts'

/** Starts servers that each have the sample data to themselves. */
export interface DemoServers {
  start(access?: AccessFile): Promise<App>
  /** Several on one database. */
  startTogether(count: number): Promise<{ readonly apps: readonly App[]; readonly database: DatabaseUrl }>
  /** Removes what the servers left behind; they must be closed. */
  remove(): Promise<void>
}

/**
 * The sample data is written once; every server gets a copy. Where `POLYDEX_TEST_DATABASE` names a database of PostgreSQL,
 * each copy is a database beside it.
 */
export async function prepareDemoServers(): Promise<DemoServers> {
  const { POLYDEX_TEST_DATABASE: url = '' } = process.env
  const copies = url === '' ? await inFiles() : inPostgres(url)
  const template = await copies.template()
  await (await startDemo(template)).close()
  return {
    start: async (access) => startDemo(await copies.copy(), access),
    async startTogether(count) {
      const database = await copies.copy()
      const apps = await Promise.all(Array.from({ length: count }, () => startDemo(database)))
      return { apps, database }
    },
    remove: copies.remove,
  }
}

interface Copies {
  /** Where the sample data shall be written. */
  template(): Promise<DatabaseUrl>
  copy(): Promise<DatabaseUrl>
  remove(): Promise<void>
}

async function inFiles(): Promise<Copies> {
  const folder = await mkdtemp(join(tmpdir(), 'polydex-demo-'))
  const template = join(folder, 'template.db')
  let count = 0
  return {
    template: async () => ({ engine: 'sqlite', path: template }),
    async copy() {
      count += 1
      const path = join(folder, `${count}.db`)
      await copyFile(template, path)
      return { engine: 'sqlite', path }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function inPostgres(url: string): Copies {
  const prefix = `demo_${process.pid}`
  let count = 0
  const database = (name: string): DatabaseUrl => {
    const beside = new URL(url)
    beside.pathname = `/${name}`
    return { engine: 'postgres', url: beside.href }
  }
  return {
    async template() {
      await query(url, `create database ${prefix}`)
      return database(prefix)
    },
    async copy() {
      count += 1
      const name = `${prefix}_${count}`
      await query(url, `create database ${name} template ${prefix}`)
      return database(name)
    },
    // They go with the server.
    remove: async () => {},
  }
}

function startDemo(database: DatabaseUrl, access?: AccessFile): Promise<App> {
  const settings = { port: 0, host: '127.0.0.1', database, demo: true, logLevel: 'silent' } as const
  return startApp(settings, access, pino({ level: 'silent' }))
}
