import { posix } from 'node:path'

/** A source file, by its path from the root of the repository. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What is wrong with who imports whom, who reads the environment or the clock, and how long files are. */
export function violationsIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => [
    ...importViolations(file),
    ...worldViolations(file),
    ...lengthViolations(file),
  ])
}

/** A folder of `src/` with what its files may import, `SELF` standing for the dialect that the file belongs to. */
interface Zone {
  readonly of: RegExp
  readonly name: string
  readonly may: readonly string[]
  /** Packages and modules of Node by name; all of them where this is missing. */
  readonly packages?: readonly string[]
}

/** The first that fits a path counts. @see ARCHITECTURE.md */
const ZONES: readonly Zone[] = [
  { of: /^src\/core\/testing\//, name: 'core/testing', may: ['src/core/'] },
  { of: /^src\/core\//, name: 'the core', may: ['src/core/'], packages: [] },
  { of: /^src\/store\//, name: 'the store', may: ['src/store/', 'src/core/'] },
  { of: /^src\/files\//, name: 'the file store', may: ['src/files/', 'src/core/'] },
  { of: /^src\/access\//, name: 'access', may: ['src/access/', 'src/core/', 'src/dialects/dialect.ts'] },
  {
    of: /^src\/http\//,
    name: 'http',
    may: ['src/http/', 'src/access/', 'src/core/', 'src/dialects/dialect.ts'],
  },
  { of: /^src\/demo\.ts$/, name: 'the demo', may: ['src/core/', 'src/access/'] },
  { of: /^src\/dialects\/dialect\.ts$/, name: 'the dialect contract', may: ['src/core/'], packages: [] },
  {
    of: /^src\/dialects\/index\.ts$/,
    name: 'the list of dialects',
    may: ['src/dialects/', 'src/core/'],
    packages: [],
  },
  { of: /^src\/dialects\/kit\//, name: 'the kit', may: ['src/dialects/kit/', 'src/core/'] },
  {
    of: /^src\/dialects\/[^/]+\/lens\//,
    name: 'a lens',
    // A wire may be several files: types, schemas of bodies, formats of texts.
    may: ['src/core/', 'SELF/lens/', 'SELF/wire.ts', 'SELF/wire/', 'SELF/bodies.ts', 'SELF/formats.ts'],
    packages: [],
  },
  {
    of: /^src\/dialects\/[^/]+\//,
    name: 'a dialect',
    may: ['src/core/', 'src/dialects/dialect.ts', 'src/dialects/kit/', 'SELF/'],
  },
]

/** Packages that one folder alone may know. */
const OWNERS: Readonly<Record<string, string>> = {
  fastify: 'src/http/',
  jose: 'src/access/',
  'node:sqlite': 'src/store/',
  pg: 'src/store/',
}

const IMPORT = new RegExp(
  [
    /(?:^|[\n;])\s*(?:import|export)\s[\w\s,*{}$]*?\bfrom\s*['"]([^'"]+)['"]/,
    /(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]/,
    /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

export function importsOf({ text }: SourceFile): readonly string[] {
  return [...text.matchAll(IMPORT)].map(([, named, bare, lazy]) => named ?? bare ?? lazy ?? '')
}

function importViolations(file: SourceFile): readonly string[] {
  const { path } = file
  if (!path.startsWith('src/') || isTest(path)) return []
  const zone = ZONES.find(({ of }) => of.test(path))
  return importsOf(file).flatMap((imported) => {
    const target = imported.startsWith('.') ? posix.join(posix.dirname(path), imported) : imported
    const fault = target.startsWith('src/')
      ? folderFault(path, target, zone)
      : packageFault(path, target, zone)
    return fault === undefined ? [] : [`${path} imports ${target}: ${fault}`]
  })
}

function folderFault(path: string, target: string, zone: Zone | undefined): string | undefined {
  if (isTesting(target) && !isTesting(path)) return 'what runs may not depend on what tests'
  if (zone === undefined) return undefined
  const self = path.split('/').slice(0, 3).join('/')
  const may = zone.may.map((prefix) => prefix.replace('SELF', self))
  return may.some((prefix) => target.startsWith(prefix))
    ? undefined
    : `${zone.name} may import ${may.join(', ')} only`
}

function packageFault(path: string, target: string, zone: Zone | undefined): string | undefined {
  const owner = OWNERS[target]
  if (owner !== undefined && !path.startsWith(owner)) return `only ${owner} knows this package`
  if (isTesting(path) || zone?.packages === undefined || zone.packages.includes(target)) return undefined
  return `${zone.name} knows no such package`
}

const ENVIRONMENT = /\bprocess\s*(?:\.\s*env|\[\s*['"]env['"]\s*\])/
const CLOCK =
  /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\s(.\w]))|\bperformance\s*\.\s*now\b|\bhrtime\b/

/** Who may know what time it is: everything else is told. */
const CLOCK_READERS = ['src/app.ts', 'src/commands.ts']

function worldViolations({ path, text }: SourceFile): readonly string[] {
  if (!path.startsWith('src/') || isTesting(path)) return []
  const code = withoutComments(text)
  return [
    ...(ENVIRONMENT.test(code) && path !== 'src/config.ts'
      ? [`${path} reads the environment: only src/config.ts does`]
      : []),
    ...(CLOCK.test(code) && !CLOCK_READERS.includes(path)
      ? [`${path} reads the clock: only ${CLOCK_READERS.join(' and ')} do`]
      : []),
  ]
}

const LINES_AT_MOST = 300

/** In the first lines of a longer file. */
const REASON = /longer than 300 lines because \S/

function lengthViolations({ path, text }: SourceFile): readonly string[] {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= LINES_AT_MOST || REASON.test(lines.slice(0, 5).join(' '))) return []
  return [`${path} has ${lines.length} lines: more than ${LINES_AT_MOST} need a reason at the top`]
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}

/** Tests, and what only they use. */
function isTesting(path: string): boolean {
  return isTest(path) || path.includes('/testing/')
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}
