import type { PutContext } from '../../../core/lens.ts'
import { Problem } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Headers, Reply, Request, Route, Services } from '../../dialect.ts'
import { isUnmodified, requireUnmodified, requireWritable } from '../conditional.ts'
import { createContact, deleteContact, findContact, type Require, saveContact } from '../deeds/contacts.ts'
import { readEntity } from '../entity.ts'
import { readLenientJson } from '../lenient-json.ts'
import { drafted } from '../lens/draft.ts'
import { readDocument, requireJson } from '../media-types.ts'
import { withDatesAsShown } from '../misread-dates.ts'
import { patched, readPatch } from '../patch/patch.ts'
import { keyOf } from '../paths.ts'
import { flagOption, optionIn } from '../query.ts'
import { draftReply, entityHead, entityReply, wholeEntity } from '../replies.ts'
import { readSelection, type Selection } from '../select.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import type { ContactInput } from '../wire.ts'
import { WHEN_ABSENT, WHEN_ABSENT_ON_CREATE } from '../wire.ts'

const CONTACTS = '/api/v1/contact'
const CONTACT = `${CONTACTS}/:id`

export const contactRoutes: readonly Route[] = [
  { method: 'GET', path: `${CONTACTS}/default`, access: 'required', handle: showDefault },
  { method: 'POST', path: CONTACTS, access: 'required', handle: addContact },
  { method: 'GET', path: CONTACT, access: 'required', handle: showContact },
  { method: 'PUT', path: CONTACT, access: 'required', handle: replaceContact },
  { method: 'PATCH', path: CONTACT, access: 'required', handle: patchContact },
  { method: 'DELETE', path: CONTACT, access: 'required', handle: removeContact },
]

// The order of checks: credential, id, existence, precondition, body (specs/superoffice.md 3.3).

async function showDefault({ asker, headers }: Request, { directory }: Services): Promise<Reply> {
  return draftReply(drafted(directory.draft(asker)), headers)
}

async function showContact(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker, headers } = request
  // There are no foreign keys to add.
  flagOption(request.query, 'fk')
  const found = await findContact(asker, directory, keyOf(asker.tenant, request.params['id']))
  const { organization } = found.dossier
  requireUnmodified(headers, organization, now())
  const selection = selectionOf(request)
  const head = entityHead(found, headers, selection)
  const { etag, 'last-modified': time } = head
  if (isUnmodified(headers, organization, etag, now()))
    return { status: 304, headers: { etag, 'last-modified': time } }
  return entityReply(found, headers, selection, head)
}

async function addContact(request: Request, { directory }: Services): Promise<Reply> {
  const input = readBody(request, WHEN_ABSENT_ON_CREATE)
  const outcome = await createContact(request.asker, directory, input)
  return entityReply(outcome, request.headers, selectionOf(request))
}

async function replaceContact(request: Request, services: Services): Promise<Reply> {
  const { asker, headers } = request
  const target = keyOf(asker.tenant, request.params['id'])
  const input = await tellingInTurn(target, request, services, () => readBody(request, WHEN_ABSENT))
  const written = withDatesAsShown(input, headers)
  const outcome = await saveContact(asker, services.directory, target, written, unless(headers))
  return entityReply(outcome, headers, selectionOf(request))
}

/** The entity that the client would read now, with its edits, is written as a PUT of it would be. */
async function patchContact(request: Request, services: Services): Promise<Reply> {
  const { asker, headers } = request
  const target = keyOf(asker.tenant, request.params['id'])
  const patch = await tellingInTurn(target, request, services, () => {
    requireJson(headers)
    return readPatch(readLenientJson(request.body))
  })
  const edit = (view: ContactEntity, context: PutContext) =>
    readEntity(patched(wholeEntity(view, context), patch), WHEN_ABSENT)
  const outcome = await saveContact(asker, services.directory, target, edit, unless(headers))
  return entityReply(outcome, headers, selectionOf(request))
}

async function removeContact(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers } = request
  await deleteContact(asker, directory, keyOf(asker.tenant, request.params['id']), unless(headers))
  return { status: 204 }
}

/** @throws Problem media-type-unsupported, body-missing, body-syntax, body-invalid, refused */
function readBody({ headers, body }: Request, whenAbsent: ContactInput): ContactInput {
  return readEntity(readDocument(headers, body), whenAbsent)
}

/** What `read` makes of a body; a bad one is told of only to those who may see the contact, as they have seen it. */
async function tellingInTurn<T>(
  target: OrganizationKey,
  request: Request,
  { directory, now }: Services,
  read: () => T,
): Promise<T> {
  try {
    return read()
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault
    const { dossier } = await directory.find(request.asker, target, 'none')
    requireWritable(request.headers, dossier.organization, now())
    throw fault
  }
}

/** What the headers of a write ask of the contact as it is. */
function unless(headers: Headers): Require {
  return (organization, at) => requireWritable(headers, organization, at)
}

function selectionOf({ query }: Request): Selection {
  return readSelection(optionIn(query, '$select'))
}
