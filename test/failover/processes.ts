import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'

/** Processes of one temporary folder. They run as `postgres` where we are root, as PostgreSQL demands. */
export interface House {
  readonly folder: string
  folderOf(name: string): string
  /** Makes a file of the folder theirs. */
  give(name: string): void
  run(name: string, program: string, args: readonly string[]): void
  /** Kills one, and the server whose process ids are in that file. */
  kill(name: string, pidFile: string): void
  close(): Promise<void>
}

const CLOSE_WITHIN_MS = 10_000

export function openHouse(): House {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-failover-'))
  const owner = userInfo().uid === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined
  const children = new Map<string, ChildProcess>()
  const pidFiles = new Set<string>()
  const give = (path: string) => {
    if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
  }
  give(folder)

  function kill(name: string, pidFile: string): void {
    pidFiles.add(pidFile)
    children.get(name)?.kill('SIGKILL')
    for (const pid of serverOf(pidFile)) killOne(pid)
  }
  /** Nothing stays behind, however this ends. */
  function killAll(): void {
    for (const child of children.values()) child.kill('SIGKILL')
    for (const name of children.keys()) {
      for (const pid of serverOf(join(folder, name, 'postmaster.pid'))) killOne(pid)
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', killAll)

  return {
    folder,
    folderOf: (name) => join(folder, name),
    give: (name) => give(join(folder, name)),
    run(name, program, args) {
      const log = openSync(join(folder, `${name}.log`), 'a')
      const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: folder }
      children.set(name, spawn(program, args, { ...owner, env, cwd: folder, stdio: ['ignore', log, log] }))
    },
    kill,
    async close() {
      const ended = [...children.values()].map(
        (child) =>
          new Promise(
            (resolve) => (child.exitCode ?? child.signalCode) === null && child.once('exit', resolve),
          ),
      )
      for (const child of children.values()) child.kill('SIGTERM')
      await Promise.race([Promise.all(ended), passed(CLOSE_WITHIN_MS)])
      process.off('exit', killAll)
      killAll()
    },
  }
}

/** A server of PostgreSQL with all of its processes. */
function serverOf(pidFile: string): readonly number[] {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    return [pid, ...stdout.split('\n').map(Number)].filter((each) => each > 1)
  } catch {
    return []
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

function idOf(kind: '-u' | '-g'): number {
  return Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
}

export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = []
  for (let at = 0; at < count; at += 1) {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
