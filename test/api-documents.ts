import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Dialect, Route } from '../src/dialects/dialect.ts'
import { dialects } from '../src/dialects/index.ts'
import { documentOf, pathOf } from '../src/dialects/native/openapi/document.ts'
import type { Observed } from './exchange.ts'

/** The documents of every API, as what is really sent and answered is compared with them. */
export interface ApiDocuments {
  /** What of an exchange no document tells. */
  findings(observed: Observed): readonly string[]
}

type Json = Readonly<Record<string, unknown>>

const BASE = 'http://localhost:8080'

export function apiDocuments(): ApiDocuments {
  const documents = new Map(dialects.map((dialect) => [dialect.name, documentOf(dialect, BASE, '1')]))
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  for (const [name, document] of documents) {
    ajv.addSchema(document, `open-${name}`)
    ajv.addSchema(closed(document) as Json, `closed-${name}`)
  }

  const compiled = new Map<string, ValidateFunction>()
  function mistakeIn(value: unknown, ref: string): string | undefined {
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, validate)
    return validate(value) ? undefined : told(validate.errors ?? [])
  }

  return {
    findings({ method, target, mediaType, body, status, reply }) {
      const asked = method === 'HEAD' ? 'GET' : method
      const found = routeOf(asked, target)
      if (found === undefined || asked === 'OPTIONS') return []
      const { dialect, route } = found
      const where = `${asked} ${pathOf(route)}`
      const operation = at(documents.get(dialect.name), 'paths', pathOf(route), asked.toLowerCase())
      if (operation === undefined) return [`${where} has no operation`]
      const pointer = pointerTo('paths', pathOf(route), asked.toLowerCase())
      const described = at(operation, 'responses', String(status))
      if (described === undefined) return [`${status} of ${where} is not documented`]
      const findings: string[] = []
      if (reply.body !== '' && method !== 'HEAD') {
        const type = typeIn(at(described, 'content'), reply.mediaType)
        if (type === undefined) findings.push(`${reply.mediaType} of ${status} ${where} is not documented`)
        else if (isJson(reply.mediaType)) {
          const place = pointerTo('responses', String(status), 'content', type, 'schema')
          const mistake = mistakeIn(JSON.parse(reply.body), `closed-${dialect.name}#${pointer}${place}`)
          if (mistake !== undefined) findings.push(`the reply ${status} of ${where}: ${mistake}`)
        }
      }
      const content = at(operation, 'requestBody', 'content')
      const type = typeIn(content, mediaType)
      if (status < 300 && body !== '' && type !== undefined && isJson(mediaType)) {
        const place = pointerTo('requestBody', 'content', type, 'schema')
        const sent = parsed(body)
        const mistake = sent && mistakeIn(sent.value, `open-${dialect.name}#${pointer}${place}`)
        if (mistake !== undefined && !CONVERTED.has(dialect.name))
          findings.push(`the body of ${where}: ${mistake}`)
      }
      return findings
    },
  }
}

/** Bodies of older forms, which are taken and not told, and lenient ones, whose names count in any case. */
const CONVERTED = new Set(['uitdatabank', 'superoffice'])

/** The route that the server finds: of those that fit, the one with the most that is literal. */
export function routeOf(
  method: string,
  target: string,
): { readonly dialect: Dialect; readonly route: Route } | undefined {
  const [path = ''] = target.split('?')
  const mounts = dialects.flatMap((dialect) => dialect.mounts.map((mount) => ({ mount, dialect })))
  const below = mounts.filter(({ mount }) => `${path.toLowerCase()}/`.startsWith(`${mount}/`))
  const dialect = below.sort((left, right) => right.mount.length - left.mount.length)[0]?.dialect
  if (dialect === undefined) return undefined
  const spelled = dialect.rewrite?.(path) ?? path
  const fitting = dialect.routes.filter((route) => fits(route.path, spelled))
  const [nearest] = fitting.sort((left, right) => parametersIn(left) - parametersIn(right))
  const route = fitting.find((one) => one.method === method && one.path === nearest?.path)
  return route && { dialect, route }
}

function fits(pattern: string, path: string): boolean {
  const steps = path.split('/')
  const wanted = pattern.split('/')
  return (
    steps.length === wanted.length &&
    wanted.every((step, index) => (step.startsWith(':') ? steps[index] !== '' : step === steps[index]))
  )
}

function parametersIn({ path }: Route): number {
  return path.split('/:').length
}

/** The document with no member allowed that it does not tell. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]))
  const isOpen =
    inner['type'] === 'object' && inner['properties'] !== undefined && !('additionalProperties' in inner)
  return isOpen ? { ...inner, additionalProperties: false } : inner
}

function at(value: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce<unknown>((inner, step) => (inner as Json | undefined)?.[step], value)
}

function pointerTo(...steps: readonly string[]): string {
  return steps
    .map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('')
}

function typeIn(content: unknown, header: string): string | undefined {
  const type = (header.split(';', 1)[0] ?? '').trim().toLowerCase()
  const known = Object.keys((content as Json | undefined) ?? {})
  return known.find((one) => one === type) ?? known.find((one) => one === `${type.split('/', 1)[0]}/*`)
}

function isJson(header: string): boolean {
  return /[/+]json\b/i.test(header.split(';', 1)[0] ?? '')
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function told(errors: readonly ErrorObject[]): string {
  return errors
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('; ')
}
