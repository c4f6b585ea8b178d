import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'

/** What a cluster is made of, as Debian has it. */
export interface Programs {
  readonly etcd: string
  readonly patroni: string
  /** Folder of PostgreSQL's own programs. */
  readonly postgres: string
  readonly versions: string
}

const PACKAGES = ['postgresql', 'patroni', 'etcd-server', 'python3-etcd', 'python3-psycopg2']

/** Says to Debian whether a service may be started. @see invoke-rc.d(8) */
const POLICY = '/usr/sbin/policy-rc.d'

const INSTALL_WITHIN_MS = 600_000

/** Finds the programs; installs them where they are missing and that is allowed. @throws Error */
export function preparePrograms(): Programs {
  if (found() === undefined) install()
  const programs = found()
  if (programs === undefined) throw new Error(`there is no ${PACKAGES.join(', ')}`)
  return programs
}

function found(): Programs | undefined {
  const [etcd, patroni] = ['/usr/bin/etcd', '/usr/bin/patroni']
  const root = '/usr/lib/postgresql'
  const [newest] = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : []
  if (newest === undefined || !existsSync(etcd) || !existsSync(patroni)) return undefined
  const postgres = join(root, newest, 'bin')
  const versions = [
    [join(postgres, 'postgres'), '--version'],
    [patroni, '--version'],
    [etcd, '--version'],
  ].map(([program = '', ...args]) => spawnSync(program, args, { encoding: 'utf8' }).stdout.split('\n')[0])
  return { etcd, patroni, postgres, versions: versions.join(', ') }
}

/** Nothing that is installed here may start by itself: the cluster runs in a folder of its own. */
function install(): void {
  if (userInfo().uid !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`install ${PACKAGES.join(' ')}, or run this as root on Debian`)
  }
  const isAllowedToStart = !existsSync(POLICY)
  if (isAllowedToStart) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n')
    chmodSync(POLICY, 0o755)
  }
  try {
    const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: INSTALL_WITHIN_MS,
    })
    if (status !== 0) throw new Error('apt-get could not install them')
  } finally {
    if (isAllowedToStart) rmSync(POLICY)
  }
}
