import { refused } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { rendered, renderedBytes } from '../../kit/rendered.ts'
import { usersFor, withUsers } from '../approvers.ts'
import { readContacts, readOrganization } from '../bodies.ts'
import { sameAs } from '../indexers.ts'
import { contacts } from '../lens/contacts.ts'
import { organization } from '../lens/organization.ts'
import { state } from '../lens/state.ts'
import { requireJsonBody } from '../media.ts'
import type { Refusal } from '../problems.ts'
import { cacheable, json, tagOf } from '../replies.ts'
import { CHOICES, JSON_TYPE } from '../wire.ts'
import { keyOf, readAfterLookup } from './reading.ts'

/** @see specs/digicert.md 3.2 for the order of checks */
export async function putContacts(request: Request, { directory }: Services): Promise<Reply> {
  const target = keyOf(request)
  const permission = 'organizations.edit'
  const input = await readAfterLookup(request, directory, target, permission, readContacts)
  await directory.execute(request.asker, { lens: contacts, target, input, permission })
  return { status: 204 }
}

export async function getOrganization(request: Request, { directory, now }: Services): Promise<Reply> {
  const found = await directory.find(request.asker, keyOf(request), organization.people)
  const { dossier, context } = found
  const bytes = renderedBytes(found, 'digicert organization', () =>
    JSON.stringify(organization.get(dossier, context)),
  )
  const reply = { status: 200, headers: { 'content-type': JSON_TYPE }, bytes }
  const tag = rendered(found, 'digicert organization tag', () => tagOf(bytes))
  return cacheable(request, reply, { at: now(), found: [found] }, tag)
}

export async function createOrganization(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, body } = request
  requireJsonBody(request)
  const { catalogue } = directory.draft(asker).context
  const { input, skipsDuplicateCheck } = readOrganization(body, catalogue.tenant.number)
  const { validations = [], ...fields } = input
  const named = withUsers(validations, { validations: [] }, usersFor(asker.principal, catalogue))
  const refusal = refused('duplicate_organization' satisfies Refusal)
  const { dossier } = await directory.execute(asker, {
    lens: organization,
    target: 'new',
    input: { ...fields, ...(named.length > 0 && { validations: named }) },
    permission: 'organizations.create',
    ...(!skipsDuplicateCheck && { unique: { same: sameAs, refusal } }),
  })
  return json(201, { id: dossier.organization.number })
}

/** @see specs/digicert.md 4: the account's first organization stays */
export async function deleteOrganization(request: Request, { directory }: Services): Promise<Reply> {
  await directory.execute(request.asker, {
    lens: state,
    target: keyOf(request),
    input: 'deleted',
    permission: 'organizations.delete',
    require: ({ organization: { number } }) => {
      if (number === CHOICES.firstOrganization) throw refused('first_organization' satisfies Refusal)
    },
  })
  return { status: 204 }
}

export async function activate(request: Request, { directory }: Services): Promise<Reply> {
  await directory.execute(request.asker, {
    lens: state,
    target: keyOf(request),
    input: 'active',
    permission: 'organizations.edit',
  })
  return { status: 204 }
}

export async function deactivate(request: Request, { directory }: Services): Promise<Reply> {
  await directory.execute(request.asker, {
    lens: state,
    target: keyOf(request),
    input: 'inactive',
    permission: 'organizations.edit',
  })
  return { status: 204 }
}
