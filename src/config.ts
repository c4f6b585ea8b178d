import { parseArgs } from 'node:util'
import { isPostgresUrl } from './store/postgres/hosts.ts'

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** What `serve` runs with. */
export interface ServeSettings {
  readonly port: number
  readonly host: string
  readonly database: DatabaseUrl
  /** Without a slash at its end; undefined = wherever the server listens. */
  readonly publicUrl?: string
  readonly accessFile?: string
  readonly demo: boolean
  readonly logLevel: LogLevel
}

export type DatabaseUrl =
  | {
      readonly engine: 'sqlite'
      /** Of the file, or `:memory:`. */
      readonly path: string
    }
  /** With user, password and whatever else the driver takes. */
  | { readonly engine: 'postgres'; readonly url: string }

/** Everything that is wrong with options and variables, to be told at once. Exit code 2. */
export class Mistakes extends Error {
  readonly list: readonly string[]

  constructor(list: readonly string[]) {
    super(list.join('\n'))
    this.list = list
  }
}

interface Option {
  readonly variable?: string
  readonly takes?: string
  readonly tells: string
}

const OPTIONS = {
  port: { variable: 'PORT', takes: 'N', tells: 'port to listen on; 0 = any free one (8080)' },
  host: { variable: 'HOST', takes: 'H', tells: 'address to listen on (127.0.0.1)' },
  database: {
    variable: 'DATABASE_URL',
    takes: 'URL',
    tells: 'sqlite:PATH, sqlite::memory: or postgres://… (sqlite:./data/polydex.db)',
  },
  'public-url': {
    variable: 'PUBLIC_URL',
    takes: 'URL',
    tells: 'base of every absolute link (http://HOST:PORT)',
  },
  access: { variable: 'ACCESS_FILE', takes: 'FILE', tells: 'access file to apply at start' },
  demo: { tells: 'sample data and the demo principal; in memory unless --database is given' },
  'log-level': { variable: 'LOG_LEVEL', takes: 'L', tells: 'silent, error, warn, info or debug (info)' },
  user: { takes: 'ID', tells: 'user whose the token is, or in whose name something is made' },
  person: { takes: 'ID', tells: 'person by id or number' },
  client: { takes: 'ID', tells: 'client whose the token is' },
  from: { takes: 'URL', tells: 'database to copy, as --database takes it' },
  to: { takes: 'URL', tells: 'empty place to copy it to, as --database takes it' },
  expires: { takes: 'TIME', tells: 'lifetime, as 90s, 15m, 1h or 30d (1h)' },
  help: { tells: 'this text' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof OPTIONS

/** What was given for each option, from the command line, else from the environment. */
export type Given = Partial<Record<OptionName, string | true>>

const LOG_LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug']

const DEFAULT_PORT = 8080
const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_DATABASE = 'sqlite:./data/polydex.db'

/** Reads options for a command that knows `known` and `positionals` words. Collects what is wrong in `mistakes`. */
export function readOptions(
  argv: readonly string[],
  known: readonly OptionName[],
  words: number,
  mistakes: string[],
): { readonly given: Given; readonly words: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(OPTIONS).map(
      ([name, option]) => [name, { type: 'takes' in option ? 'string' : 'boolean' }] as const,
    ),
  )
  const { tokens } = parseArgs({
    args: [...argv],
    options: options as Record<string, { type: 'string' | 'boolean' }>,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Given = {}
  for (const name of known) {
    const option: Option = OPTIONS[name]
    const value = option.variable === undefined ? undefined : process.env[option.variable]
    if (value !== undefined && value !== '') given[name] = value
  }
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const name = token.name as OptionName
    if (!known.includes(name) && name !== 'help') mistakes.push(`unknown option ${token.rawName}`)
    else if ('takes' in OPTIONS[name]) {
      if (!token.value || (token.value.startsWith('--') && !token.inlineValue)) {
        mistakes.push(`${token.rawName} needs a value`)
      } else given[name] = token.value
    } else if (token.value !== undefined) mistakes.push(`${token.rawName} takes no value`)
    else given[name] = true
  }
  for (const extra of positionals.slice(words)) mistakes.push(`unexpected argument ${extra}`)
  return { given, words: positionals.slice(0, words) }
}

/** @throws Mistakes, all of them */
export function serveSettings(given: Given, mistakes: string[]): ServeSettings {
  const demo = given.demo === true
  const port = portOf(String(given.port ?? DEFAULT_PORT), mistakes)
  const database = databaseUrlOf(given.database ?? (demo ? 'sqlite::memory:' : DEFAULT_DATABASE), mistakes)
  const publicUrl =
    given['public-url'] === undefined ? undefined : publicUrlOf(String(given['public-url']), mistakes)
  const logLevel = (given['log-level'] ?? 'info') as LogLevel
  if (!LOG_LEVELS.includes(logLevel)) {
    mistakes.push(`log level must be one of ${LOG_LEVELS.join(', ')}, found ${logLevel}`)
  }
  return {
    port,
    host: String(given.host ?? DEFAULT_HOST),
    database,
    demo,
    logLevel,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(given.access !== undefined && { accessFile: String(given.access) }),
  }
}

export function databaseUrlOf(url: string | true | undefined, mistakes: string[]): DatabaseUrl {
  const text = String(url ?? DEFAULT_DATABASE)
  if (isPostgresUrl(text)) return { engine: 'postgres', url: text }
  const path = /^sqlite:(.+)$/.exec(text)?.[1]
  if (path === undefined) {
    // A URL may carry a password: only its beginning is told.
    const found = text.replace(/:.*/s, ':…')
    mistakes.push(`database must be sqlite:PATH, sqlite::memory: or postgres://…, found ${found}`)
  }
  return { engine: 'sqlite', path: path?.replace(/^\/\/(?=\/)/, '') ?? '' }
}

/** Seconds in `90s`, `15m`, `1h`, `30d`. */
export function secondsOf(text: string, mistakes: string[]): number {
  const parts = /^(\d{1,9})([smhd])$/.exec(text)
  const unit = { s: 1, m: 60, h: 3_600, d: 86_400 }[parts?.[2] ?? ''] ?? 0
  const seconds = Number(parts?.[1] ?? 0) * unit
  if (seconds === 0) mistakes.push(`expires must be a time such as 90s, 15m, 1h or 30d, found ${text}`)
  return seconds
}

/** One line for each option of a command. */
export function optionsHelp(names: readonly OptionName[]): string {
  return [...names, 'help' as const]
    .map((name) => {
      const option: Option = OPTIONS[name]
      const left = `--${name}${option.takes === undefined ? '' : ` ${option.takes}`}`
      return `  ${left.padEnd(18)} ${(option.variable ?? '').padEnd(13)} ${option.tells}`
    })
    .join('\n')
}

function portOf(text: string, mistakes: string[]): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) mistakes.push(`port must be a number from 0 to 65535, found ${text}`)
  return port
}

function publicUrlOf(text: string, mistakes: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isBase = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (!isBase)
    mistakes.push(`public URL must be an http or https URL without query or fragment, found ${text}`)
  return text.replace(/\/+$/, '')
}
