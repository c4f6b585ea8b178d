import { open } from 'node:fs/promises'
import { destination, pino } from 'pino'
import { readAccessFile } from './access/access-file.ts'
import { applyAccess } from './access/apply.ts'
import { createTokens, SIGNING_SECRET } from './access/tokens.ts'
import { startApp } from './app.ts'
import type { OptionName } from './config.ts'
import { databaseUrlOf, Mistakes, optionsHelp, readOptions, secondsOf, serveSettings } from './config.ts'
import { copyDirectory, createProgress } from './copying.ts'
import { createKnown } from './core/known.ts'
import { Problem } from './core/problem.ts'
import { DEMO_SIGNING_KEY } from './demo.ts'
import { catalogueTerms, isReadableWhere } from './dialects/index.ts'
import { erasePerson } from './erasing.ts'
import { importLines } from './importing.ts'
import { backup, reindexDatabase, verifyDatabase } from './maintenance.ts'
import { openStore } from './store/index.ts'

/** How long `SIGTERM` waits for what has begun. */
const CLOSE_WITHIN_MS = 10_000

interface CommandLine {
  readonly usage: string
  readonly tells: string
  readonly options: readonly OptionName[]
  /** How many words follow the command's name. */
  readonly words: number
  run(given: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void>
}

const COMMANDS: Readonly<Record<string, CommandLine>> = {
  serve: {
    usage: 'serve [options]',
    tells: 'serves the directory in every API',
    options: ['port', 'host', 'database', 'public-url', 'access', 'demo', 'log-level'],
    words: 0,
    run: serve,
  },
  token: {
    usage: 'token --user ID | --client ID [options]',
    tells: 'prints a bearer token that the server accepts',
    options: ['user', 'client', 'expires', 'database', 'demo'],
    words: 0,
    run: token,
  },
  access: {
    usage: 'access apply FILE [options]',
    tells: 'applies an access file; running servers follow within one second',
    options: ['database'],
    words: 2,
    run: access,
  },
  backup: {
    usage: 'backup FILE [options]',
    tells: 'copies the database as it is at one moment, and its files; servers may go on',
    options: ['database'],
    words: 1,
    run: backUp,
  },
  copy: {
    usage: 'copy --from URL --to URL',
    tells:
      'copies the directory to an empty database of any engine, and compares both; goes on where it was cut off',
    options: ['from', 'to'],
    words: 0,
    run: copy,
  },
  import: {
    usage: 'import FILE|- --user ID [options]',
    tells:
      'makes the organizations and people of a file with one JSON object on each line, in the name of a principal; searches find all of them at its end',
    options: ['user', 'database', 'public-url'],
    words: 1,
    run: importFile,
  },
  erase: {
    usage: 'erase --person ID --user ID [options]',
    tells:
      'takes all that was ever said of a person out of records, history and files, in the name of a principal; servers may go on. Not out of backups',
    options: ['person', 'user', 'database'],
    words: 0,
    run: erase,
  },
  reindex: {
    usage: 'reindex [options]',
    tells: 'makes every row of the index anew, at once; servers may go on',
    options: ['database'],
    words: 0,
    run: reindex,
  },
  verify: {
    usage: 'verify [options]',
    tells: 'looks whether everything in the database is whole and agrees; exits 1 when it does not',
    options: ['database'],
    words: 0,
    run: verify,
  },
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = isOperatorMistake(error) ? 2 : 1
}

async function main([name = '--help', ...argv]: readonly string[]): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') return print(helpOf(Object.values(COMMANDS)))
  const command = COMMANDS[name]
  if (command === undefined) throw new Mistakes([`unknown command ${name}`, helpOf(Object.values(COMMANDS))])
  const mistakes: string[] = []
  const given = readOptions(argv, command.options, command.words, mistakes)
  if (given.given.help) return print(`${helpOf([command])}\n\n${optionsHelp(command.options)}`)
  await command.run(given, mistakes)
}

async function serve({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const settings = serveSettings(given, mistakes)
  const file =
    settings.accessFile === undefined
      ? undefined
      : readAccessFile(settings.accessFile, mistakes, catalogueTerms, isReadableWhere)
  requireNone(mistakes)
  const log = pino({ level: settings.logLevel }, destination({ fd: 2, sync: true }))
  const app = await startApp(settings, file, log)
  let isClosing = false
  const close = () => {
    if (isClosing) process.exit(1)
    isClosing = true
    setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref()
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  print(`polydex ready on ${app.url}`)
}

async function token({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const isUser = given.user !== undefined
  if (isUser === (given.client !== undefined)) mistakes.push('token needs either --user ID or --client ID')
  const lifetime = secondsOf(String(given.expires ?? '1h'), mistakes)
  const database = databaseUrlOf(given.database, mistakes)
  requireNone(mistakes)
  const known = createKnown()
  if (given.demo !== true) {
    const store = await openStore(database, { mayCreate: false })
    await store.read((reader) => known.follow(reader))
    await store.close()
    if (known.secret(SIGNING_SECRET) === undefined)
      throw new Mistakes(['this database has no signing key yet: serve it once'])
  }
  const signingKey = given.demo === true ? DEMO_SIGNING_KEY : (known.secret(SIGNING_SECRET) ?? '')
  const id = String(given.user ?? given.client)
  print(
    await createTokens(known, () => signingKey).issue(
      { sub: id, kind: isUser ? 'user' : 'client' },
      lifetime,
    ),
  )
}

async function access({ given, words }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const [verb, path] = words
  if (verb !== 'apply' || path === undefined) mistakes.push('access knows one thing: access apply FILE')
  const database = databaseUrlOf(given.database, mistakes)
  const file =
    path === undefined ? undefined : readAccessFile(path, mistakes, catalogueTerms, isReadableWhere)
  requireNone(mistakes)
  const store = await openStore(database, { mayCreate: false })
  try {
    await applyAccess(store, file ?? { version: 1 })
  } finally {
    await store.close()
  }
  print(`applied ${path}`)
}

async function backUp({ given, words }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const [file] = words
  if (file === undefined) mistakes.push('backup needs the file to write: backup FILE')
  const database = databaseUrlOf(given.database, mistakes)
  requireNone(mistakes)
  await backup(database, String(file))
  print(`backed up to ${file}`)
}

async function copy({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const place = (name: 'from' | 'to') => {
    if (given[name] === undefined) mistakes.push(`copy needs --${name} URL`)
    return databaseUrlOf(given[name], mistakes)
  }
  const [from, to] = [place('from'), place('to')]
  requireNone(mistakes)
  const progress = createProgress(process.stderr.isTTY, (text) => process.stderr.write(text))
  const { counts } = await copyDirectory(from, to, progress)
  const { organizations, people, events, files } = counts
  print(
    `copied ${organizations} organizations, ${people} people, ${events} events, ${files} files: both sides agree`,
  )
}

async function importFile(
  { given, words }: ReturnType<typeof readOptions>,
  mistakes: string[],
): Promise<void> {
  const [file] = words
  if (file === undefined) mistakes.push('import needs the file to read, or - for the standard input')
  if (given.user === undefined) mistakes.push('import needs --user ID: in whose name')
  const { database, publicUrl = '' } = serveSettings(given, mistakes)
  requireNone(mistakes)
  // Opened before the database: what is not there is told, and nothing else is begun.
  const lines = file === '-' ? process.stdin : (await open(String(file))).createReadStream()
  const now = () => new Date().toISOString()
  const asked = { user: String(given.user), baseUrl: publicUrl, now }
  const { organizations, people, refused, isFound } = await importLines(database, lines, asked, (fault) =>
    process.stderr.write(`${fault}\n`),
  )
  print(`${organizations} organizations, ${people} people: ${refused} lines refused`)
  if (!isFound)
    process.stderr.write('searches find all of them when a server or polydex reindex has made their index\n')
  if (refused > 0 || !isFound) process.exitCode = 1
}

async function erase({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  if (given.person === undefined) mistakes.push('erase needs --person ID: the person, by id or number')
  if (given.user === undefined) mistakes.push('erase needs --user ID: in whose name')
  const database = databaseUrlOf(given.database, mistakes)
  requireNone(mistakes)
  const now = () => new Date().toISOString()
  const asked = { person: String(given.person), user: String(given.user), now }
  const { people, records, events, answers, mentions, isPurged } = await erasePerson(database, asked)
  const numbers = people.map(({ number }) => number).join(', ')
  print(
    records + events + answers === 0
      ? `nothing is left of person ${numbers}`
      : `erased person ${numbers}: ${records} records changed, ${events} events and ${answers} kept answers blanked`,
  )
  for (const { organization, parts } of mentions)
    print(`organization ${organization} has an address of theirs in ${parts.join(', ')}: it stays`)
  print('backups and copies that were made before still hold them')
  if (database.engine === 'postgres') print('PostgreSQL holds them until it has vacuumed')
  if (isPurged) return
  process.stderr.write('the file may still hold what was removed, somebody reads or writes it: erase again\n')
  process.exitCode = 1
}

async function reindex({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const database = databaseUrlOf(given.database, mistakes)
  requireNone(mistakes)
  const { looked, changed } = await reindexDatabase(database, () => new Date().toISOString())
  print(`${looked} organizations, ${changed} had other rows`)
}

async function verify({ given }: ReturnType<typeof readOptions>, mistakes: string[]): Promise<void> {
  const database = databaseUrlOf(given.database, mistakes)
  requireNone(mistakes)
  const { organizations, people, events, owed, contradictions } = await verifyDatabase(database)
  for (const contradiction of contradictions) print(contradiction)
  if (owed > 0) print(`${owed} organizations wait for their index: servers make it, or polydex reindex`)
  print(
    `${organizations} organizations, ${people} people, ${events} events: ${contradictions.length} contradictions`,
  )
  if (contradictions.length > 0) process.exitCode = 1
}

function requireNone(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new Mistakes(mistakes)
}

function helpOf(commands: readonly CommandLine[]): string {
  return commands.map(({ usage, tells }) => `polydex ${usage}\n    ${tells}`).join('\n')
}

function isOperatorMistake(error: unknown): boolean {
  return error instanceof Mistakes || (error instanceof Problem && error.is('refused'))
}

function messageOf(error: unknown): string {
  if (error instanceof Problem && error.is('refused')) {
    return (error.facts.facts?.['mistakes'] as readonly string[] | undefined)?.join('\n') ?? error.message
  }
  return error instanceof Error ? error.message : String(error)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
