import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { PERMISSIONS } from '../core/principal.ts'
import { KEY_SCOPES } from '../core/settings.ts'
import type { CatalogueTerms } from '../dialects/dialect.ts'
import { mistakesIn } from './access-mistakes.ts'
import { mistakesInCatalogues } from './catalogues.ts'

const closed = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Tenanted = { tenant: Type.Optional(Text) }
const oneOf = <const T extends readonly string[]>(names: T) => Type.Enum([...names] as string[])

const TenantEntry = Type.Object(
  {
    id: Text,
    name: Type.Optional(Text),
    language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' })),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    hosts: Type.Optional(Type.Array(Text)),
    public: Type.Optional(oneOf(['all', 'uitdatabank', 'none'])),
  },
  closed,
)
const IssuerEntry = Type.Object(
  {
    issuer: Text,
    jwksFile: Type.Optional(Text),
    jwksUri: Type.Optional(Type.String({ pattern: '^https?://' })),
    ...Tenanted,
  },
  closed,
)
const CredentialEntry = Type.Object(
  {
    password: Type.Optional(Text),
    apiKey: Type.Optional(Text),
    scope: Type.Optional(oneOf(KEY_SCOPES)),
    unlimited: Type.Optional(Type.Boolean()),
    revoked: Type.Optional(Type.Boolean()),
  },
  closed,
)
const PrincipalEntry = Type.Object(
  {
    id: Text,
    kind: Type.Optional(oneOf(['user', 'client'])),
    name: Type.Optional(Text),
    email: Type.Optional(Text),
    superuser: Type.Optional(Type.Boolean()),
    disabled: Type.Optional(Type.Boolean()),
    roles: Type.Optional(Type.Array(Text)),
    credentials: Type.Optional(Type.Array(CredentialEntry)),
    ...Tenanted,
  },
  closed,
)
const RoleEntry = Type.Object(
  {
    id: Text,
    permissions: Type.Optional(Type.Array(oneOf(PERMISSIONS))),
    where: Type.Optional(Text),
    parts: Type.Optional(Type.Record(Text, oneOf(['none', 'read', 'write']))),
    ...Tenanted,
  },
  closed,
)
const LabelEntry = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 255 }),
    visible: Type.Optional(Type.Boolean()),
    private: Type.Optional(Type.Boolean()),
    ...Tenanted,
  },
  closed,
)

const CatalogueEntry = Type.Intersect([
  Type.Object({ ...Tenanted }),
  Type.Record(Type.String(), Type.Unknown()),
])

const AccessFileSchema = Type.Object(
  {
    version: Type.Literal(1),
    tenants: Type.Optional(Type.Array(TenantEntry)),
    issuers: Type.Optional(Type.Array(IssuerEntry)),
    principals: Type.Optional(Type.Array(PrincipalEntry)),
    roles: Type.Optional(Type.Array(RoleEntry)),
    labels: Type.Optional(Type.Array(LabelEntry)),
    catalogues: Type.Optional(Type.Union([CatalogueEntry, Type.Array(CatalogueEntry)])),
  },
  closed,
)

// The library stops after eight mistakes, and what it kept to itself would pass for sound.
Settings.Set({ maxErrors: Number.MAX_SAFE_INTEGER })

/** @see contract "Access file" */
export type AccessFile = Static<typeof AccessFileSchema>

/**
 * The access file at `path`, with every key set that it names read in. Collects what is wrong in `mistakes`.
 * @param terms what may stand in `catalogues`
 * @param isReadable whether something can be a role's `where`
 */
export function readAccessFile(
  path: string,
  mistakes: string[],
  terms: readonly CatalogueTerms[],
  isReadable: (where: string) => boolean,
): AccessFile | undefined {
  const document = readYaml(path, mistakes)
  if (document === undefined) return undefined
  const faults = [...Value.Errors(AccessFileSchema, document)]
  for (const { instancePath, message } of faults) mistakes.push(`${path}: ${instancePath || '/'} ${message}`)
  const file = soundPart(
    document,
    faults.map(({ instancePath }) => instancePath),
  )
  const further = [...mistakesIn(file, isReadable), ...mistakesInCatalogues(file, terms)]
  mistakes.push(...further.map((mistake) => `${path}: ${mistake}`))
  const issuers = (file.issuers ?? []).map((issuer) => withKeySet(issuer, path, mistakes))
  return faults.length > 0 ? undefined : { ...file, issuers }
}

/** What of a document has its right shape, so that all mistakes are told at once: lists without the entries at fault. */
function soundPart(document: unknown, faults: readonly string[]): AccessFile {
  const isFaulty = (path: string) => faults.some((fault) => fault === path || fault.startsWith(`${path}/`))
  const lists = Object.entries(document as object).flatMap(([name, entries]) => {
    if (!Array.isArray(entries)) return isFaulty(`/${name}`) ? [] : [[name, entries]]
    return [[name, entries.filter((_, at) => !isFaulty(`/${name}/${at}`))]]
  })
  return Object.fromEntries(lists)
}

/** Text of the key set that an issuer's `jwksFile` names, in its place. */
function withKeySet(
  issuer: Static<typeof IssuerEntry>,
  path: string,
  mistakes: string[],
): Static<typeof IssuerEntry> {
  if (issuer.jwksFile === undefined) return issuer
  const file = resolve(dirname(path), issuer.jwksFile)
  try {
    const text = readFileSync(file, 'utf8')
    const { keys } = JSON.parse(text) as { keys?: unknown }
    if (!Array.isArray(keys)) mistakes.push(`${file}: no JSON Web Key Set`)
    return { ...issuer, jwksFile: text }
  } catch (error) {
    mistakes.push(`${file}: ${(error as Error).message}`)
    return issuer
  }
}

function readYaml(path: string, mistakes: string[]): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) ?? {}
  } catch (error) {
    mistakes.push(`${path}: ${(error as Error).message}`)
    return undefined
  }
}
