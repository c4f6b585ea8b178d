import type { Method, Route } from '../dialect.ts'
import { accessRoutes } from './access/routes.ts'
import { docsRoutes } from './docs/routes.ts'
import { repeatable } from './idempotency.ts'
import { documentRoutes } from './openapi/routes.ts'
import { customMethod } from './paths.ts'
import { readQuery } from './query.ts'
import { postBatch } from './routes/batch.ts'
import { getChanges } from './routes/changes.ts'
import { listDuplicates } from './routes/duplicates.ts'
import { getOrganizationHistory, getPersonHistory } from './routes/history.ts'
import { mergeOrganization, unmergeOrganization } from './routes/merging.ts'
import {
  deleteOrganization,
  getOrganization,
  patchOrganization,
  postOrganization,
  putOrganization,
} from './routes/organizations.ts'
import { deletePerson, getPerson, listPeople, patchPerson, postPerson, putPerson } from './routes/people.ts'
import { restoreOrganization, restorePerson } from './routes/restoring.ts'
import { listOrganizations } from './routes/searching.ts'
import { deleteDuplicate, getDuplicate, putDuplicate } from './routes/verdicts.ts'
import { getOrganizationVersion, getPersonVersion } from './routes/versions.ts'
import { getView, previewView } from './routes/views.ts'
import { BASE_PATH, LIMITS } from './wire.ts'

/** A thousand Cards of the usual size, with room. */
const BATCH_LIMIT = 16 * 1_048_576

export const routes: readonly Route[] = [
  route('GET', '/organizations', listOrganizations),
  route('POST', '/organizations', postOrganization),
  { ...unrepeated('POST', customMethod('/organizations', 'batch'), postBatch), bodyLimit: BATCH_LIMIT },
  route('GET', '/organizations/:id', getOrganization),
  route('PUT', '/organizations/:id', putOrganization),
  route('PATCH', '/organizations/:id', patchOrganization),
  route('DELETE', '/organizations/:id', deleteOrganization),
  route('GET', '/organizations/:id/people', listPeople),
  route('POST', '/organizations/:id/people', postPerson),
  route('GET', '/duplicates', listDuplicates),
  route('GET', '/duplicates/:left/:right', getDuplicate),
  route('PUT', '/duplicates/:left/:right', putDuplicate),
  route('DELETE', '/duplicates/:left/:right', deleteDuplicate),
  route('GET', '/people/:id', getPerson),
  route('PUT', '/people/:id', putPerson),
  route('PATCH', '/people/:id', patchPerson),
  route('DELETE', '/people/:id', deletePerson),
  route('GET', '/organizations/:id/history', getOrganizationHistory),
  route('GET', '/organizations/:id/versions/:version', getOrganizationVersion),
  route('POST', customMethod('/organizations/:id', 'restore'), restoreOrganization),
  route('POST', customMethod('/organizations/:id', 'merge'), mergeOrganization),
  route('POST', customMethod('/organizations/:id', 'unmerge'), unmergeOrganization),
  route('GET', '/organizations/:id/views/:dialect', getView),
  unrepeated('POST', customMethod('/organizations/:id/views/:dialect', 'preview'), previewView),
  route('GET', '/changes', getChanges),
  route('GET', '/people/:id/history', getPersonHistory),
  route('GET', '/people/:id/versions/:version', getPersonVersion),
  route('POST', customMethod('/people/:id', 'restore'), restorePerson),
  ...accessRoutes,
  ...documentRoutes,
  ...docsRoutes,
]

/** Every write may be sent again, and has no parameter that is not looked at: a mistyped `base` would protect nothing. */
function route(method: Method, path: string, handle: Route['handle']): Route {
  if (method === 'GET') return unrepeated(method, path, handle)
  const write = repeatable(handle)
  const parameters = method === 'PATCH' ? ['base'] : []
  return unrepeated(method, path, async (request, services) => {
    if (request.query !== '') readQuery(request, parameters)
    return write(request, services)
  })
}

/** A route that writes nothing, or that sees to it itself that it may be sent again. */
function unrepeated(method: Method, path: string, handle: Route['handle']): Route {
  return { method, path: `${BASE_PATH}${path}`, access: 'required', bodyLimit: LIMITS.card, handle }
}
