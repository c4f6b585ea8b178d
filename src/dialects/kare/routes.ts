import type { Dossier } from '../../core/dossier.ts'
import { notFound, problem, refused } from '../../core/problem.ts'
import type { OrganizationKey } from '../../core/store.ts'
import type { Reply, Request, Route, Services } from '../dialect.ts'
import { readCredentials, readNewContacts, readPatch } from './bodies.ts'
import { companySummary } from './lens/company.ts'
import { contact, contactOf, inputOf } from './lens/contact.ts'
import { contactList, newContacts } from './lens/contacts.ts'
import { archivedAtOf } from './lens/facet.ts'
import { pageOf, readListQuery } from './list-query.ts'
import { readIds } from './paths.ts'
import type { Refusal } from './problems.ts'
import type { Actions, ContactInput, ContactView } from './wire.ts'

const CONTACTS = '/companies/v2/rs/:companyId/contacts'

export const routes: readonly Route[] = [
  { method: 'PATCH', path: `${CONTACTS}/:contactId`, access: 'required', handle: patchContact },
  { method: 'GET', path: CONTACTS, access: 'required', handle: listContacts },
  { method: 'POST', path: CONTACTS, access: 'required', handle: addContacts },
  { method: 'POST', path: '/auth/v1/rs/login/credentials', access: 'open', handle: logIn },
  { method: 'POST', path: '/auth-rs/v2/bo/login', access: 'open', handle: logInToBackOffice },
]

// The order of checks: tokens (by the server), path ids, content type, JSON, schema, lookup (specs/kare.md 5).

async function patchContact(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId, contactId } = readIds(request.params, ['companyId', 'contactId'])
  requireJson(request)
  const patch = readPatch(request.body)
  const { dossier } = await directory.execute(request.asker, {
    lens: contact,
    target: keyOf(request, companyId),
    focus: { number: contactId },
    input: (view): ContactInput | undefined => view && { ...inputOf(view), ...patch },
    permission: 'people.edit',
    require: (found) => {
      requireContact(found, contactId)
      requireOpen(found)
    },
  })
  return json(200, contactOf(dossier.organization, requireContact(dossier, contactId)))
}

async function listContacts(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  const asked = readListQuery(request.query)
  const { dossier, context } = await directory.find(
    request.asker,
    keyOf(request, companyId),
    contactList.people,
  )
  const people = pageOf(dossier.people, asked)
  const mayWrite = context.grant.may('people.edit') && context.grant.rightTo('people') === 'write'
  const isOpen = mayWrite && archivedAtOf(dossier.organization) === undefined
  const actions: Actions = { canBeUpdated: isOpen, canBeDeleted: isOpen }
  const extension = {
    ...(asked.extend.has('company') && { company: companySummary.get(dossier, context) }),
    ...(asked.extend.has('actions-info') && { actions }),
  }
  return json(200, {
    data: contactList
      .get({ ...dossier, people }, context)
      .map((view: ContactView) => ({ ...view, ...extension })),
    ...(asked.includeCount && { totalCount: dossier.people.length }),
    pagination: { page: asked.page, pageSize: asked.pageSize },
  })
}

async function addContacts(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  requireJson(request)
  const input = readNewContacts(request.body)
  await directory.execute(request.asker, {
    lens: newContacts,
    target: keyOf(request, companyId),
    input,
    permission: 'people.edit',
    require: requireOpen,
  })
  return json(201, { nbInsertion: input.length })
}

async function logIn(request: Request, services: Services): Promise<Reply> {
  const { access, session, refresh } = await tokensFor(request, services)
  return json(201, { data: { accessToken: access, refreshToken: refresh, sessionToken: session } })
}

async function logInToBackOffice(request: Request, services: Services): Promise<Reply> {
  const { access, session, refresh, accessLifetime } = await tokensFor(request, services)
  const expiresIn = String(accessLifetime)
  return json(200, { data: { accessToken: access, sessionToken: session, refreshToken: refresh, expiresIn } })
}

async function tokensFor(request: Request, { sessions }: Services) {
  requireJson(request)
  const { email, password } = readCredentials(request.body)
  return (await sessions.logIn(email, password)).tokens
}

function keyOf({ asker }: Request, number: number): OrganizationKey {
  return { tenant: asker.tenant, number }
}

/** @throws Problem media-type-unsupported */
function requireJson({ headers }: Request): void {
  const mediaType = headers['content-type'] ?? ''
  const [type = ''] = mediaType.split(';', 1)
  if (type.trim().toLowerCase() !== 'application/json') throw problem('media-type-unsupported', { mediaType })
}

/** @throws Problem not-found when the company has no such contact, even if another one has */
function requireContact({ people: [person] }: Dossier, id: number) {
  if (person === undefined) throw notFound('contact', id)
  return person
}

/** @throws Problem refused while the company is archived @see specs/kare.md 4 (8) */
function requireOpen({ organization }: Dossier): void {
  if (archivedAtOf(organization) !== undefined) throw refused('archived' satisfies Refusal)
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
