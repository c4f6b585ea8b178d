import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { Problem } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import type { Json } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { isUnmodified, lastModified, requireUnmodified } from '../conditional.ts'
import { readEntity } from '../entity.ts'
import { contact } from '../lens/contact.ts'
import { type SimpleContact, simpleOf } from '../lens/simple.ts'
import { answerTypeFor, readDocument } from '../media-types.ts'
import { keyOf } from '../paths.ts'
import { messageOf } from '../problems.ts'
import { integerOption } from '../query.ts'
import { carrierReply } from '../replies.ts'
import { rightsOf } from '../rights.ts'
import { tagOf } from '../tags.ts'
import { memberOf as carrierMember } from '../values.ts'
import { WHEN_ABSENT_ON_CREATE } from '../wire.ts'

const CONTACT = '/api/v1/contact/:id'

/** What is asked of one contact besides its entity. @see specs/superoffice.md 2.4 */
export const contactServiceRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/contact/validate', access: 'required', handle: validate },
  { method: 'GET', path: `${CONTACT}/simple`, access: 'required', handle: showSimple },
  { method: 'GET', path: `${CONTACT}/summary`, access: 'required', handle: showSummary },
  { method: 'GET', path: `${CONTACT}/foreignkey`, access: 'required', handle: showForeignKeys },
]

async function showSimple(request: Request, services: Services): Promise<Reply> {
  const { headers } = request
  const found = await findContact(request, services)
  const { organization } = found.dossier
  const etag = tagOf(found, { contentType: answerTypeFor(headers), of: 'Simple' })
  requireUnmodified(headers, organization, services.now())
  const modified = { etag, 'last-modified': lastModified(organization) }
  if (isUnmodified(headers, organization, etag, services.now())) return { status: 304, headers: modified }
  return carrierReply('Contact', simpleIn(found), headers, modified)
}

/** Tickets, sales and their like are not kept here: none is shown, whatever the limit. */
async function showSummary(request: Request, services: Services): Promise<Reply> {
  integerOption(request.query, 'limit')
  const found = await findContact(request, services)
  const none: readonly never[] = []
  const summary = {
    Contact: simpleIn(found),
    Tickets: none,
    Followups: none,
    Documents: none,
    Sales: none,
    Chats: none,
  }
  return carrierReply('ContactSummary', summary, request.headers)
}

/** Nobody has foreign keys here. */
async function showForeignKeys(request: Request, services: Services): Promise<Reply> {
  await findContact(request, services)
  return carrierReply('Dictionary', {}, request.headers)
}

/**
 * Each member that a save would refuse, with the reason; nothing is saved.
 * @throws Problem body-missing, body-syntax, body-invalid, where it could not even be read
 */
async function validate(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker, headers } = request
  const body = readDocument(headers, request.body)
  const violations: Record<string, string> = {}
  const input = readEntity(body, WHEN_ABSENT_ON_CREATE, (fault, member) => {
    violations[member] = messageOf(asRefusal(fault))
  })
  const { dossier, context } = await found(body, asker, directory)
  try {
    contact.put(dossier, input, { ...context, at: now(), by: asker.principal?.id ?? '' })
  } catch (fault) {
    const refusal = asRefusal(fault)
    const member = memberOf(refusal)
    violations[member] ??= messageOf(refusal)
  }
  return carrierReply('Dictionary', violations, headers)
}

/** The contact that the body names; a new one where it names none. @throws Problem not-found, forbidden */
function found(body: Json, asker: Asker, directory: Directory): Promise<Found> | Found {
  const id = isJsonObject(body) ? carrierMember(body, 'ContactId') : undefined
  const isNew = id === undefined || Number(id) === 0
  if (isNew) return directory.draft(asker)
  return directory.find(asker, keyOf(asker.tenant, String(id)), contact.people)
}

function asRefusal(fault: unknown): Problem<'refused'> {
  if (fault instanceof Problem && fault.is('refused')) return fault
  throw fault
}

const MEMBERS: Readonly<Record<string, string>> = {
  'name-missing': 'Name',
  'support-person-unknown': 'SupportPerson',
}

/** The member that a refusal is about. */
function memberOf({ facts: { reason, facts } }: Problem<'refused'>): string {
  const { property } = (facts ?? {}) as { readonly property?: unknown }
  return MEMBERS[reason] ?? String(property ?? 'ContactEntity').split('.', 1)[0] ?? ''
}

async function findContact(request: Request, { directory }: Services): Promise<Found> {
  const { asker, params } = request
  return directory.find(asker, keyOf(asker.tenant, params['id']), contact.people)
}

function simpleIn({ dossier, context }: Found): SimpleContact {
  return simpleOf(contact.get(dossier, context), rightsOf(context.grant, context).TableRight)
}
