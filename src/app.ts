import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { AccessFile } from './access/access-file.ts'
import { applyAccess } from './access/apply.ts'
import { createAccessDesk } from './access/desk.ts'
import { createDoorman } from './access/doorman.ts'
import { createTokens, SIGNING_SECRET } from './access/tokens.ts'
import type { ServeSettings } from './config.ts'
import { createDirectory } from './core/directory.ts'
import type { FileStore } from './core/files.ts'
import { createKnown } from './core/known.ts'
import type { Store } from './core/store.ts'
import { DEMO_ACCESS, DEMO_SIGNING_KEY, seedDemo, withdrawDemo } from './demo.ts'
import { dialects, INDEX_FORM, indexers, isReadableWhere, matches, tells } from './dialects/index.ts'
import { openFiles } from './files/index.ts'
import { createLoadGate } from './http/load-gate.ts'
import { createRateLimiter } from './http/rate-limiter.ts'
import { createServer } from './http/server.ts'
import { startReindexing } from './reindexing.ts'
import { openStore, openStoredFiles } from './store/index.ts'

/** How often a process looks whether another one changed the settings: half of the second that is promised. */
const FOLLOW_EVERY_MS = 500

/** How often what has expired is swept away, and how many objects at most: more wait, so that no write does. */
const SWEEP_EVERY_MS = 60_000
const SWEPT_AT_ONCE = 1_000

/**
 * Connections that the system holds until the server takes them, as far as it allows: whoever finds no room there is not
 * told, and comes again after seconds that double each time. @see listen(2), net.core.somaxconn
 */
const CONNECTIONS_WAITING = 4_096

export interface App {
  /** Where it listens. */
  readonly url: string
  /** Stops accepting, finishes what it has begun. */
  close(): Promise<void>
}

/** Opens the store, applies what the settings name, and listens. */
export async function startApp(
  settings: ServeSettings,
  access: AccessFile | undefined,
  log: Logger,
): Promise<App> {
  const store = await openStore(settings.database, { mayCreate: true })
  const { files, close } = filesOf(settings.database)
  const closeFiles = () => {
    process.off('exit', closeFiles)
    close()
  }
  // Whoever does not wait for the app to close leaves no temporary files behind either.
  process.on('exit', closeFiles)
  try {
    const app = await serve(store, files, settings, access, log)
    return {
      url: app.url,
      async close() {
        await app.close()
        closeFiles()
      },
    }
  } catch (error) {
    await store.close()
    closeFiles()
    throw error
  }
}

async function serve(
  store: Store,
  files: FileStore,
  settings: ServeSettings,
  access: AccessFile | undefined,
  log: Logger,
): Promise<App> {
  const now = createClock()
  const known = createKnown()
  const follow = () => store.read((reader) => known.follow(reader))

  await applyAccess(store, settings.demo ? DEMO_ACCESS : { version: 1 })
  if (!settings.demo) await withdrawDemo(store)
  if (access !== undefined) await applyAccess(store, access)
  await keepSigningKey(store)
  await follow()

  const heritable = Object.fromEntries(dialects.map(({ name, heritable: members = [] }) => [name, members]))
  const ports = { store, known, matches, tells, indexers, heritable, now, newId: randomUUID }
  const directory = createDirectory(ports)
  const demo = settings.demo ? known.principal('demo') : undefined
  if (demo !== undefined) await seedDemo(directory, demo)

  const walking = { store, indexers, form: INDEX_FORM, walker: randomUUID(), now }
  const reindexing = startReindexing(walking, log, () => performance.now())
  const signingKey = () => (settings.demo ? DEMO_SIGNING_KEY : (known.secret(SIGNING_SECRET) ?? ''))
  const doorman = createDoorman(known, createTokens(known, signingKey), () => Date.now() / 1000)
  let url = ''
  const server = createServer({
    dialects,
    services: {
      directory,
      sessions: doorman,
      apis: dialects,
      access: createAccessDesk({ ...ports, isReadable: isReadableWhere }),
      files,
      now,
      newId: randomUUID,
    },
    doorman,
    known,
    limiter: createRateLimiter(() => performance.now()),
    gate: createLoadGate(() => performance.now()),
    log,
    baseUrl: () => settings.publicUrl ?? url,
    probe: async () => {
      await follow()
      const owed = await store.read((reader) => reader.owed())
      return { index: reindexing.isComplete() && owed === 0 ? 'complete' : 'being made' }
    },
  })
  const timer = setInterval(() => {
    follow().catch((error: unknown) => log.error({ err: error }, 'the settings cannot be read'))
  }, FOLLOW_EVERY_MS)
  timer.unref()
  const sweeper = setInterval(() => {
    store
      .transact((transactor) => transactor.sweep(now(), SWEPT_AT_ONCE))
      .catch((error: unknown) => {
        log.error({ err: error }, 'what has expired cannot be swept away')
      })
  }, SWEEP_EVERY_MS)
  sweeper.unref()
  await server.listen({ port: settings.port, host: settings.host, backlog: CONNECTIONS_WAITING })
  url = addressOf(settings.host, server.server.address() as AddressInfo)

  return {
    url,
    async close() {
      clearInterval(timer)
      clearInterval(sweeper)
      await reindexing.close()
      await server.close()
      await store.close()
    },
  }
}

/** Beside a file, or in a database that several nodes share. */
function filesOf(database: ServeSettings['database']): ReturnType<typeof openFiles> {
  return database.engine === 'postgres' ? openStoredFiles(database.url) : openFiles(database)
}

/** Now in UTC, with milliseconds: asked more than once in each, and written once. */
function createClock(): () => string {
  let written = { at: Number.NaN, text: '' }
  return () => {
    const at = Date.now()
    if (at !== written.at) written = { at, text: new Date(at).toISOString() }
    return written.text
  }
}

/** Makes the key that signs this server's tokens, once. */
async function keepSigningKey(store: Store): Promise<void> {
  await store.transact(async (transactor) => {
    const known = createKnown()
    await known.follow(transactor)
    if (known.secret(SIGNING_SECRET) !== undefined) return
    const value = { value: randomBytes(32).toString('base64url') }
    await transactor.saveSettings([{ kind: 'secret', tenant: '', id: SIGNING_SECRET, value }])
  })
}

function addressOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
