import type { Method, Route } from '../dialect.ts'
import { repeatable } from './idempotency.ts'
import {
  deleteOrganization,
  getOrganization,
  patchOrganization,
  postOrganization,
  putOrganization,
} from './routes/organizations.ts'
import { deletePerson, getPerson, listPeople, patchPerson, postPerson, putPerson } from './routes/people.ts'
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
