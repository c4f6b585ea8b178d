import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'

/** Starts servers that each have the sample data to themselves. */
export interface DemoServers {
  start(access?: AccessFile): Promise<App>
  /** Removes what the servers left behind; they must be closed. */
  remove(): Promise<void>
}

/** The sample data is written once; every server gets a copy of the file. */
export async function prepareDemoServers(): Promise<DemoServers> {
  const folder = await mkdtemp(join(tmpdir(), 'polydex-demo-'))
  const template = join(folder, 'template.db')
  await (await startDemo(template)).close()
  let count = 0
  return {
    async start(access) {
      count += 1
      const path = join(folder, `${count}.db`)
      await copyFile(template, path)
      return startDemo(path, access)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function startDemo(path: string, access?: AccessFile): Promise<App> {
  const database = { engine: 'sqlite', path } as const
  const settings = { port: 0, host: '127.0.0.1', database, demo: true, logLevel: 'silent' } as const
  return startApp(settings, access, pino({ level: 'silent' }))
}
