import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { listReply } from '../archive/answer.ts'
import { readOptions } from '../archive/options.ts'
import { CONTACT_COLUMNS, findContacts, simpleContact } from '../archive/simple-contact.ts'

/** Lists of contacts. @see specs/superoffice.md 4 */
export const listRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/contact', access: 'required', handle: listContacts },
]

async function listContacts(request: Request, { directory, now }: Services): Promise<Reply> {
  const moment = { now: Date.parse(now()), me: request.asker.principal?.number ?? 0 }
  const options = readOptions(request.query, CONTACT_COLUMNS, simpleContact.entity, moment)
  return listReply(request, simpleContact, options, await findContacts(directory, request.asker, options))
}
