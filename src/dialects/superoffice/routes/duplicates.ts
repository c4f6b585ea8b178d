import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { duplicateRules, setDuplicateRules } from '../deeds/duplicate-rules.ts'
import { duplicatesByDomain, duplicatesByName } from '../deeds/duplicates.ts'
import { readDocument } from '../media-types.ts'
import { optionIn } from '../query.ts'
import { carrierReply } from '../replies.ts'

const CONTACTS = '/api/v1/contact'

/** @see specs/superoffice.md 2.6 */
export const duplicateRoutes: readonly Route[] = [
  { method: 'GET', path: `${CONTACTS}/duplicates/:name`, access: 'required', handle: findByName },
  { method: 'GET', path: `${CONTACTS}/duplicatedomains/:domain`, access: 'required', handle: findByDomain },
  { method: 'GET', path: `${CONTACTS}/duplicaterules`, access: 'required', handle: showRules },
  { method: 'PUT', path: `${CONTACTS}/duplicaterules`, access: 'required', handle: switchRules },
]

async function findByName(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers, params, query } = request
  const department = optionIn(query, 'department') ?? ''
  const entries = await duplicatesByName(asker, directory, params['name'] ?? '', department)
  return carrierReply('ArrayOfDuplicateEntry', entries, headers)
}

async function findByDomain(request: Request, { directory }: Services): Promise<Reply> {
  const { asker, headers, params } = request
  const entries = await duplicatesByDomain(asker, directory, params['domain'] ?? '')
  return carrierReply('ArrayOfDuplicateEntry', entries, headers)
}

async function showRules({ asker, headers }: Request, { directory }: Services): Promise<Reply> {
  return carrierReply('ArrayOfDuplicateRule', await duplicateRules(asker, directory), headers)
}

async function switchRules({ asker, headers, body }: Request, { directory }: Services): Promise<Reply> {
  await setDuplicateRules(readDocument(headers, body), asker, directory)
  return { status: 204 }
}
