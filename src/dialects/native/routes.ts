import type { Method, Route } from '../dialect.ts'
import { repeatable } from './idempotency.ts'
import { customMethod } from './paths.ts'
import { getChanges } from './routes/changes.ts'
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
import { getOrganizationVersion, getPersonVersion } from './routes/versions.ts'
import { getView, previewView } from './routes/views.ts'
import { BASE_PATH } from './wire.ts'

/** A Card holds what every other API can write. */
const CARD_LIMIT = 4 * 1_048_576

export const routes: readonly Route[] = [
  route('POST', '/organizations', postOrganization),
  route('GET', '/organizations/:id', getOrganization),
  route('PUT', '/organizations/:id', putOrganization),
  route('PATCH', '/organizations/:id', patchOrganization),
  route('DELETE', '/organizations/:id', deleteOrganization),
  route('GET', '/organizations/:id/people', listPeople),
  route('POST', '/organizations/:id/people', postPerson),
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
  {
    ...route('POST', customMethod('/organizations/:id/views/:dialect', 'preview'), previewView),
    handle: previewView,
  },
  route('GET', '/changes', getChanges),
  route('GET', '/people/:id/history', getPersonHistory),
  route('GET', '/people/:id/versions/:version', getPersonVersion),
  route('POST', customMethod('/people/:id', 'restore'), restorePerson),
]

/** Every write may be sent again. */
function route(method: Method, path: string, handle: Route['handle']): Route {
  const isWrite = method !== 'GET'
  return {
    method,
    path: `${BASE_PATH}${path}`,
    access: 'required',
    bodyLimit: CARD_LIMIT,
    handle: isWrite ? repeatable(handle) : handle,
  }
}
