import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import pg from 'pg'
import type { Programs } from './packages.ts'
import { freePorts, openHouse } from './processes.ts'

/** Three servers of PostgreSQL that Patroni looks after, with one etcd, in a temporary folder. */
export interface Cluster {
  /** Names every server. */
  readonly url: string
  /** The one that writes now, if one does. */
  primary(): Promise<string | undefined>
  /** Settles when a bare insert, on a connection of its own, has been committed by any of them. */
  written(): Promise<void>
  /** Kills PostgreSQL and Patroni of a server, so that neither can do anything more. */
  kill(name: string): void
  /** Starts a killed one again. */
  revive(name: string): void
  /** Settles when one writes, all others follow it, and one of them in step. @throws Error after some minutes */
  whole(): Promise<void>
  stop(): Promise<void>
}

/** How long Patroni lets a leader be silent, which is its least, and how often it looks. */
export const TTL_S = 20
export const LOOP_WAIT_S = 2
const RETRY_TIMEOUT_S = 3

const WHOLE_WITHIN_S = 180
const ASK_WITHIN_MS = 2_000
const PROBE_EVERY_MS = 50
const NAMES = ['n1', 'n2', 'n3']

interface Server {
  readonly name: string
  readonly port: number
  /** Where its Patroni answers. */
  readonly api: number
}

export async function startCluster(programs: Programs): Promise<Cluster> {
  const house = openHouse()
  const [etcdPort = 0, peerPort = 0, ...ports] = await freePorts(2 + 2 * NAMES.length)
  const servers = NAMES.map(
    (name, at): Server => ({ name, port: ports[2 * at] ?? 0, api: ports[2 * at + 1] ?? 0 }),
  )
  const [client, peer] = [`http://127.0.0.1:${etcdPort}`, `http://127.0.0.1:${peerPort}`]
  house.run('etcd', programs.etcd, [
    ...['--name', 'etcd', '--data-dir', join(house.folder, 'etcd')],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', `etcd=${peer}`],
  ])
  const revive = (name: string) => house.run(name, programs.patroni, [join(house.folder, `${name}.yml`)])

  async function primary(): Promise<string | undefined> {
    for (const { name, api } of servers) if (await asked(api, 'primary')) return name
    return undefined
  }

  async function members(): Promise<readonly Member[]> {
    for (const { api } of servers) {
      const told = (await asked(api, 'cluster')) as { members: readonly Member[] } | undefined
      if (told !== undefined) return told.members
    }
    return []
  }

  async function whole(): Promise<void> {
    for (let waited = 0; waited < WHOLE_WITHIN_S; waited += 1) {
      if (isWhole(await members())) return
      await passed(1_000)
    }
    throw new Error(`the cluster did not become whole: ${JSON.stringify(await members())}`)
  }

  async function written(): Promise<void> {
    for (let at = 0; ; at += 1) {
      const url = `postgres://postgres:postgres@127.0.0.1:${servers[at % servers.length]?.port}/postgres`
      const isDone = await query(url, 'insert into probe default values').then(
        () => true,
        () => false,
      )
      if (isDone) return
      await passed(PROBE_EVERY_MS)
    }
  }

  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join()
  const urlOf = (database: string) =>
    `postgres://postgres:postgres@${hosts}/${database}?target_session_attrs=read-write`
  try {
    for (const server of servers) {
      mkdirSync(house.folderOf(`${server.name}-socket`))
      house.give(`${server.name}-socket`)
      const settings = settingsOf(server, house.folder, etcdPort, programs.postgres)
      writeFileSync(join(house.folder, `${server.name}.yml`), JSON.stringify(settings))
      revive(server.name)
    }
    await whole()
    const writer = servers[NAMES.indexOf((await primary()) ?? '')]
    const url = `postgres://postgres:postgres@127.0.0.1:${writer?.port}/postgres`
    await query(url, 'create table probe (at timestamptz default now())')
    await query(url, 'create database polydex')
  } catch (error) {
    await house.close()
    throw error
  }
  return {
    url: urlOf('polydex'),
    primary,
    whole,
    written,
    revive,
    kill: (name) => house.kill(name, join(house.folder, name, 'postmaster.pid')),
    stop: () => house.close(),
  }
}

interface Member {
  readonly role: string
  readonly state: string
}

function isWhole(members: readonly Member[]): boolean {
  const running = members.filter(({ state }) => ['running', 'streaming'].includes(state))
  const roles = running.map(({ role }) => role)
  return running.length === NAMES.length && roles.includes('leader') && roles.includes('sync_standby')
}

/** What a Patroni answers, if that is yes. */
async function asked(api: number, path: string): Promise<unknown> {
  try {
    const reply = await fetch(`http://127.0.0.1:${api}/${path}`, {
      signal: AbortSignal.timeout(ASK_WITHIN_MS),
    })
    return reply.ok ? await reply.json() : undefined
  } catch {
    return undefined
  }
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ASK_WITHIN_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * No commit is told before a second server has it, and only such a server takes over: that is what loses nothing. Patroni 3.0
 * knows no quorum, so one of the two followers is that server, and another is chosen when it is lost.
 */
function settingsOf({ name, port, api }: Server, folder: string, etcd: number, bin: string): object {
  const who = (username: string) => ({ username, password: 'postgres' })
  return {
    scope: 'polydex',
    name,
    restapi: { listen: `127.0.0.1:${api}`, connect_address: `127.0.0.1:${api}` },
    etcd3: { hosts: `127.0.0.1:${etcd}` },
    bootstrap: {
      dcs: {
        ttl: TTL_S,
        loop_wait: LOOP_WAIT_S,
        retry_timeout: RETRY_TIMEOUT_S,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        synchronous_node_count: 1,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 100, shared_buffers: '64MB' } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'data-checksums'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(folder, name),
      bin_dir: bin,
      pgpass: join(folder, `${name}.pgpass`),
      authentication: { superuser: who('postgres'), replication: who('replicator'), rewind: who('rewinder') },
      parameters: { unix_socket_directories: join(folder, `${name}-socket`) },
      pg_hba: [
        'host all all 127.0.0.1/32 md5',
        'host replication replicator 127.0.0.1/32 md5',
        'local all all trust',
      ],
      remove_data_directory_on_rewind_failure: true,
    },
  }
}
