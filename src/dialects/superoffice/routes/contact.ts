import { Problem } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { isUnmodified, lastModified, requireUnmodified, requireWritable } from '../conditional.ts'
import { readEntity } from '../entity.ts'
import { readLenientJson } from '../lenient-json.ts'
import { contact } from '../lens/contact.ts'
import { drafted, withPreferences } from '../lens/draft.ts'
import { existence } from '../lens/existence.ts'
import { readDocument, requireJson } from '../media-types.ts'
import { patched, readPatch } from '../patch/patch.ts'
import { keyOf } from '../paths.ts'
import { flagOption, optionIn } from '../query.ts'
import { draftReply, entityReply, entityTag, wholeEntity } from '../replies.ts'
import { readSelection, type Selection } from '../select.ts'
import type { ContactInput } from '../wire.ts'
import { WHEN_ABSENT, WHEN_ABSENT_ON_CREATE } from '../wire.ts'

const CONTACTS = '/api/v1/contact'
const CONTACT = `${CONTACTS}/:id`

export const contactRoutes: readonly Route[] = [
  { method: 'GET', path: `${CONTACTS}/default`, access: 'required', handle: showDefault },
  { method: 'POST', path: CONTACTS, access: 'required', handle: createContact },
  { method: 'GET', path: CONTACT, access: 'required', handle: showContact },
  { method: 'PUT', path: CONTACT, access: 'required', handle: replaceContact },
  { method: 'PATCH', path: CONTACT, access: 'required', handle: patchContact },
  { method: 'DELETE', path: CONTACT, access: 'required', handle: deleteContact },
]

// The order of checks: credential, id, existence, precondition, body (specs/superoffice.md 3.3).

async function showDefault({ asker, headers }: Request, { directory }: Services): Promise<Reply> {
  return draftReply(drafted(directory.draft(asker)), headers)
}

async function showContact(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker, headers } = request
  // There are no foreign keys to add.
  flagOption(request.query, 'fk')
  const found = await directory.find(asker, keyOf(asker.tenant, request.params['id']), contact.people)
  const { organization } = found.dossier
  requireUnmodified(headers, organization, now())
  const selection = selectionOf(request)
  const etag = entityTag(found, headers, selection)
  if (isUnmodified(headers, organization, etag, now())) {
    return { status: 304, headers: { etag, 'last-modified': lastModified(organization) } }
  }
  return entityReply(found, headers, selection)
}

async function createContact(request: Request, { directory }: Services): Promise<Reply> {
  const input = readBody(request, WHEN_ABSENT_ON_CREATE)
  const outcome = await directory.execute(request.asker, {
    lens: contact,
    target: 'new',
    input: (_, { catalogue }) => withPreferences(input, catalogue),
    permission: 'organizations.create',
  })
  return entityReply(outcome, request.headers, selectionOf(request))
}

async function replaceContact(request: Request, services: Services): Promise<Reply> {
  const { asker, headers } = request
  const target = keyOf(asker.tenant, request.params['id'])
  const input = await tellingInTurn(target, request, services, () => readBody(request, WHEN_ABSENT))
  const outcome = await services.directory.execute(asker, {
    lens: contact,
    target,
    input,
    permission: 'organizations.edit',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
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
  const outcome = await services.directory.execute(asker, {
    lens: contact,
    target,
    input: (view, context) => readEntity(patched(wholeEntity(view, context), patch), WHEN_ABSENT),
    permission: 'organizations.edit',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
  return entityReply(outcome, headers, selectionOf(request))
}

async function deleteContact(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers } = request
  await directory.execute(asker, {
    lens: existence,
    target: keyOf(asker.tenant, request.params['id']),
    input: { isDeleted: true },
    permission: 'organizations.delete',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
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

function selectionOf({ query }: Request): Selection {
  return readSelection(optionIn(query, '$select'))
}
