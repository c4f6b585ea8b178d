import type { Catalogue } from '../../core/principal.ts'
import type { Problem, Violation } from '../../core/problem.ts'
import type { CatalogueTerms, Reply, RequestHead } from '../dialect.ts'
import { schemaErrorsOf } from './schema-errors.ts'
import { toJson } from './wire.ts'

/**
 * Whether the tenant's catalogues choose the answers of the vendor's older reference page:
 * `catalogues: { uitdatabank: { edition: legacy } }` in the access file.
 */
export function isLegacy(lists: Catalogue['lists']): boolean {
  return (lists['uitdatabank'] as { edition?: unknown } | undefined)?.edition === 'legacy'
}

/** The edition is all that a tenant chooses. */
export const catalogues: CatalogueTerms = {
  names: ['uitdatabank'],
  mistakesIn({ uitdatabank }) {
    if (uitdatabank === undefined) return []
    const { edition, ...others } = (uitdatabank ?? {}) as Readonly<Record<string, unknown>>
    const isKnown = edition === 'legacy' || edition === 'current'
    return [
      ...(isKnown ? [] : ['uitdatabank/edition must be legacy or current']),
      ...Object.keys(others).map((name) => `uitdatabank/${name} means nothing`),
    ]
  },
}

/** The answers that the older page shows; undefined for what it does not tell, which stays as it is today. */
export function legacyReplyTo(problem: Problem, { method, path }: RequestHead): Reply | undefined {
  if (problem.is('method-not-allowed')) {
    const allowed = problem.facts.allowed.join(', ')
    const title = `No route found for "${method} ${path}": Method Not Allowed (Allow: ${allowed})`
    return blank(400, { title, type: 'about:blank', status: 400 })
  }
  if (problem.is('body-invalid')) {
    const validation_messages = messagesOf(problem.facts.violations)
    return blank(400, { validation_messages, title: 'Invalid payload.', type: 'about:blank' })
  }
  if (problem.is('forbidden') || problem.is('parts-forbidden')) {
    const { principal, id = '' } = problem.facts
    const isDeletion = problem.is('forbidden') && problem.facts.action === 'organizations.delete'
    const permission = isDeletion ? 'Organisaties beheren' : 'Organisaties bewerken'
    const command = `CultuurNet\\UDB3\\Organizer\\Commands\\${commandOf(method, path)}`
    const title = `User with id: ${principal} has no permission: "${permission}" on item: ${id} when executing command: ${command}`
    return blank(401, { title, type: 'about:blank', status: 401 })
  }
  if (problem.is('unauthenticated') && problem.facts.reason === 'expired') {
    return {
      status: 401,
      headers: { 'content-type': 'text/plain' },
      body: 'Token claims validation failed. This most likely means the token is expired.',
    }
  }
  return undefined
}

function blank(status: number, document: object): Reply {
  return { status, headers: { 'content-type': 'application/problem+json' }, body: toJson(document) }
}

/** One message for each place, its path written with dots. */
function messagesOf(violations: readonly Violation[]): Readonly<Record<string, string>> {
  const messages = violations.flatMap((violation): readonly (readonly [string, string])[] => {
    const { path, keyword, params } = violation
    const missing = keyword === 'required' ? (params['missing'] as readonly string[]) : []
    if (missing.length > 0) {
      return missing.map((name) => [[...path, name].join('.'), 'Required but could not be found.'])
    }
    return schemaErrorsOf([violation]).map(({ error }) => [path.join('.'), error])
  })
  return Object.fromEntries(messages)
}

/** Last segment of a path → what its writes were called, where that differs from `Update…`. */
const COMMANDS: readonly (readonly [path: RegExp, method: string, command: string])[] = [
  [/\/contact-?point\/?$/i, 'PUT', 'UpdateContactPoint'],
  [/\/name(\/[^/]+)?\/?$/, 'PUT', 'UpdateTitle'],
  [/\/description\/[^/]+\/?$/, 'PUT', 'UpdateDescription'],
  [/\/description\/[^/]+\/?$/, 'DELETE', 'DeleteDescription'],
  [/\/educational-description\/[^/]+\/?$/, 'PUT', 'UpdateEducationalDescription'],
  [/\/educational-description\/[^/]+\/?$/, 'DELETE', 'DeleteEducationalDescription'],
  [/\/address(\/[^/]+)?\/?$/, 'PUT', 'UpdateAddress'],
  [/\/address\/?$/, 'DELETE', 'RemoveAddress'],
  [/\/url\/?$/, 'PUT', 'UpdateWebsite'],
  [/\/contributors\/?$/, 'PUT', 'UpdateContributors'],
  [/\/labels\/?$/, 'PUT', 'ReplaceLabels'],
  [/\/labels\/[^/]+\/?$/, 'PUT', 'AddLabel'],
  [/\/labels\/[^/]+\/?$/, 'DELETE', 'RemoveLabel'],
  [/\/images\/main\/?$/, 'PUT', 'UpdateMainImage'],
  [/\/images\/?$/, 'POST', 'AddImage'],
  [/\/images\/?$/, 'PATCH', 'UpdateImage'],
  [/\/images\/[^/]+\/?$/, 'DELETE', 'RemoveImage'],
  [/^\/organizers\/[^/]+\/?$/, 'DELETE', 'DeleteOrganizer'],
]

function commandOf(method: string, path: string): string {
  return COMMANDS.find(([form, of]) => of === method && form.test(path))?.[2] ?? 'UpdateOrganizer'
}
