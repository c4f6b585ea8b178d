import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { PostgresServer } from './postgres-server.ts'
import { query } from './postgres-server.ts'

const NOBODY = 65_534

/** Why there is no PgBouncer to be had; undefined where there is one. */
export function poolerIsMissing(): string | undefined {
  const { status } = spawnSync('pgbouncer', ['--version'])
  return status === 0 ? undefined : 'PgBouncer is not installed'
}

/** A PgBouncer that gives connections to a server out for one transaction at a time. Reaches every database of it. */
export async function startPooler(server: PostgresServer): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-pooler-'))
  const port = await freePort()
  const settings = join(folder, 'pgbouncer.ini')
  const socket = new URL(server.url).searchParams.get('host')
  writeFileSync(
    settings,
    `[databases]\n* = host=${socket} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\n` +
      'auth_type = any\npool_mode = transaction\ndefault_pool_size = 5\nmax_client_conn = 500\n',
  )
  const isRoot = userInfo().uid === 0
  if (isRoot) for (const path of [folder, settings]) chownSync(path, NOBODY, NOBODY)
  const child = spawn('pgbouncer', ['-q', settings], {
    stdio: 'ignore',
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  for (let tried = 1; ; tried += 1) {
    try {
      await query(url, 'select 1')
      break
    } catch (error) {
      if (tried === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    url,
    async stop() {
      process.off('exit', kill)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
