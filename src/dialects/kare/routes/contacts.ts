import type { Found } from '../../../core/command.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { notFound, problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { renderedBytes } from '../../kit/rendered.ts'
import { contactActions } from '../actions.ts'
import { readNewContacts, readPatch } from '../bodies.ts'
import type { ContactQuery } from '../contact-list.ts'
import { pageOfContacts } from '../contact-list.ts'
import { companySummary } from '../lens/company-summary.ts'
import { contact, contactOf, inputOf } from '../lens/contact.ts'
import { contactList, newContacts } from '../lens/contacts.ts'
import { presence } from '../lens/presence.ts'
import { readListQuery } from '../list-query.ts'
import { readIds } from '../paths.ts'
import type { ContactInput } from '../wire/contact.ts'
import { CONTACT_EXTENSIONS, CONTACT_FIELDS } from '../wire/contact.ts'
import { CHOICES } from '../wire.ts'
import { json, jsonText, keyOf, requireJson, requireOpen } from './reading.ts'

export async function patchContact(request: Request, { directory }: Services): Promise<Reply> {
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

export async function deleteContact(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId, contactId } = readIds(request.params, ['companyId', 'contactId'])
  await directory.execute(request.asker, {
    lens: presence,
    target: keyOf(request, companyId),
    focus: { number: contactId },
    input: false,
    permission: 'people.edit',
    require: (found, { grant, by }) => {
      requireContact(found, contactId)
      requireOpen(found)
      // Roles that the asker cannot see cannot be taken away by them either.
      if (grant.rightTo('roles') === 'none')
        throw problem('forbidden', { action: 'people.edit', principal: by })
    },
  })
  return { status: CHOICES.statuses.contactDeleted }
}

export async function listContacts(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  const asked = readListQuery(request.query, { extensions: CONTACT_EXTENSIONS, fields: CONTACT_FIELDS })
  const found = await directory.find(request.asker, keyOf(request, companyId), contactList.people)
  const body = isPlain(asked)
    ? renderedBytes(found, `kare contacts ${asked.page} ${asked.includeCount}`, () => listOf(found, asked))
    : listOf(found, asked)
  return jsonText(200, body)
}

export async function addContacts(request: Request, { directory }: Services): Promise<Reply> {
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

function listOf({ dossier, context }: Found, asked: ContactQuery): string {
  const { items, page, total } = pageOfContacts(contactList.get(dossier, context), asked)
  const company = asked.extend.has('company') && { company: companySummary.get(dossier, context) }
  const actionsOf = asked.extend.has('actions-info') ? contactActions(dossier, context) : undefined
  return JSON.stringify({
    data: items.map((view) => ({
      ...view,
      ...company,
      ...(actionsOf && { actions: actionsOf(view.id) }),
    })),
    ...(asked.includeCount && { totalCount: total }),
    pagination: { page, pageSize: asked.pageSize },
  })
}

/** What most clients ask for: a page of all contacts as they come. Pages of one size are kept no longer than their list. */
function isPlain({ extend, orderBy, where, findId, pageSize }: ContactQuery): boolean {
  const isWhole = Object.keys(where).length === 0 && findId === undefined
  return isWhole && extend.size === 0 && orderBy.length === 0 && pageSize === CHOICES.defaultPageSize
}

/** @throws Problem not-found when the company has no such contact, even if another one has */
function requireContact({ people: [person] }: Dossier, id: number) {
  if (person === undefined) throw notFound('contact', id)
  return person
}
