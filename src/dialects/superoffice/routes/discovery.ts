import type { Reply, Request, Route } from '../../dialect.ts'
import { answerTypeFor, textOf } from '../media-types.ts'

const OPEN = { method: 'GET', access: 'open' } as const

/** What this server speaks. @see specs/superoffice.md 2.9 */
export const discoveryRoutes: readonly Route[] = [
  { ...OPEN, path: '/api', handle: showVersions },
  { ...OPEN, path: '/api/v1', handle: showResources },
]

const VERSION = '1.0'

/** JSON to those who ask for it or for XML, a page to everybody else. */
async function showVersions({ asker, headers }: Request): Promise<Reply> {
  const api = `${asker.baseUrl}/api/v1/`
  const versions = {
    v1: api,
    Version: VERSION,
    NetServerVersion: VERSION,
    NetServerAssembly: 'Polydex',
    NetServerDate: '',
    NetServerLabel: 'Polydex',
    NetServer: 'Polydex',
    Services: ['Services88'],
    ServicesCurrent: 'Services88',
  }
  const isAsked = /\b(?:json|xml)\b/i.test(headers['accept'] ?? '')
  return isAsked ? carried('WebApi', versions, headers) : pageOf('WebAPI', { [api]: 'Version 1' })
}

async function showResources({ asker, headers }: Request): Promise<Reply> {
  const resources = Object.fromEntries(
    Object.entries(RESOURCES).map(([path, methods]) => [`${asker.baseUrl}/api/v1/${path}`, methods]),
  )
  if (!/\btext\/html\b/i.test(headers['accept'] ?? '')) return carried('Dictionary', resources, headers)
  const rows = Object.entries(resources).map(([url, methods]) => [url, Object.keys(methods).join(', ')])
  return pageOf('WebAPI version 1', Object.fromEntries(rows))
}

function carried(root: string, value: unknown, headers: Request['headers']): Reply {
  const contentType = answerTypeFor(headers)
  return {
    status: 200,
    headers: { 'content-type': contentType, vary: 'accept' },
    body: textOf(contentType, root, value),
  }
}

/** The paths with their methods and what each is for. */
const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Contact: { GET: 'Lists companies', POST: 'Creates a company' },
  'Contact/default': { GET: 'A new company, not saved' },
  'Contact/Validate': { POST: 'Tells what a save would refuse' },
  'Contact/{id}': {
    GET: 'One company',
    PUT: 'Replaces a company',
    PATCH: 'Changes a company',
    DELETE: 'Deletes a company',
  },
  'Contact/{id}/Simple': { GET: 'A company in short' },
  'Contact/{id}/Summary': { GET: 'A company and what goes on around it' },
  'Contact/{id}/ForeignKey': { GET: 'Foreign keys of a company' },
  'Contact/{id}/Image': {
    GET: 'The picture of a company',
    PUT: 'Replaces the picture',
    POST: 'Replaces the picture',
    DELETE: 'Removes the picture',
  },
  'Contact/{id}/ImageInfo': { GET: 'What is known of the picture', PUT: 'Describes the picture' },
  'Contact/CustomField': { GET: 'Custom fields of companies' },
  'Contact/UdefLayout': { GET: 'User-defined fields' },
  'Contact/UdefLayout/Published': { GET: 'User-defined fields in use' },
  'Contact/Duplicates/{name}': { GET: 'Companies with a name like this one' },
  'Contact/DuplicateDomains/{domain}': { GET: 'Companies with this domain' },
  'Contact/DuplicateRules': { GET: 'Rules that duplicates are found by', PUT: 'Switches them' },
  'Contact/{id}/MergeTo/{destination}': { POST: 'Merges a company into another' },
  'Agents/Contact/{method}': { POST: 'Calls a method of the Contact agent' },
  Session: { POST: 'Begins the session of a browser', DELETE: 'Ends it' },
}

function pageOf(title: string, rows: Readonly<Record<string, string>>): Reply {
  const items = Object.entries(rows).map(
    ([url, text]) => `<li><a href="${escaped(url)}">${escaped(url)}</a> ${escaped(text)}</li>`,
  )
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      vary: 'accept',
    },
    body: `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><ul>${items.join('')}</ul></body></html>`,
  }
}

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => MARKUP[character] ?? character)
}
