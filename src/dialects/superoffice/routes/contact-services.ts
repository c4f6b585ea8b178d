import type { Found } from '../../../core/command.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { isUnmodified, lastModified, requireUnmodified } from '../conditional.ts'
import { findContact } from '../deeds/contacts.ts'
import { violationsIn } from '../deeds/judgements.ts'
import { simpleIn, summaryOf } from '../deeds/summaries.ts'
import { answerTypeFor, readDocument } from '../media-types.ts'
import { keyOf } from '../paths.ts'
import { integerOption } from '../query.ts'
import { carrierReply } from '../replies.ts'
import { tagOf } from '../tags.ts'

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
  const found = await foundFor(request, services)
  const { organization } = found.dossier
  const etag = tagOf(found, { contentType: answerTypeFor(headers), of: 'Simple' })
  requireUnmodified(headers, organization, services.now())
  const modified = { etag, 'last-modified': lastModified(organization) }
  if (isUnmodified(headers, organization, etag, services.now())) return { status: 304, headers: modified }
  return carrierReply('Contact', simpleIn(found), headers, modified)
}

/** The limit is of what is not kept here. */
async function showSummary(request: Request, services: Services): Promise<Reply> {
  integerOption(request.query, 'limit')
  const found = await foundFor(request, services)
  return carrierReply('ContactSummary', summaryOf(found), request.headers)
}

/** Nobody has foreign keys here. */
async function showForeignKeys(request: Request, services: Services): Promise<Reply> {
  await foundFor(request, services)
  return carrierReply('Dictionary', {}, request.headers)
}

/** Each member that a save would refuse, with the reason; nothing is saved. */
async function validate(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker, headers } = request
  const violations = await violationsIn(readDocument(headers, request.body), asker, directory, now())
  return carrierReply('Dictionary', violations, headers)
}

function foundFor({ asker, params }: Request, { directory }: Services): Promise<Found> {
  return findContact(asker, directory, keyOf(asker.tenant, params['id']))
}
