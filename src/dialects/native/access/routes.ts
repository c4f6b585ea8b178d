import type { Method, Route } from '../../dialect.ts'
import { accepted } from '../media.ts'
import {
  deleteKey,
  deletePassword,
  deletePrincipal,
  getPrincipal,
  getStanding,
  listKeys,
  listPrincipals,
  patchPrincipal,
  postKey,
  postPrincipal,
  putPassword,
} from '../routes/access-principals.ts'
import { deleteRole, getRole, listRoles, patchRole, postRole, putRole } from '../routes/access-roles.ts'
import { JSON_TYPE } from '../wire.ts'
import { ACCESS_PATH } from './replies.ts'

/** Larger than any list of rights that a person could have thought of, in bytes. */
const BODY_LIMIT = 65_536

/** Who may do what. None of these is repeatable: an answer that is kept would keep a secret, or a right that was taken. */
export const accessRoutes: readonly Route[] = [
  { ...route('GET', '/me', getStanding), subject: 'organizations' },
  route('GET', '/principals', listPrincipals),
  route('POST', '/principals', postPrincipal),
  route('GET', '/principals/:id', getPrincipal),
  route('PATCH', '/principals/:id', patchPrincipal),
  route('DELETE', '/principals/:id', deletePrincipal),
  route('GET', '/principals/:id/keys', listKeys),
  route('POST', '/principals/:id/keys', postKey),
  route('DELETE', '/principals/:id/keys/:key', deleteKey),
  route('PUT', '/principals/:id/password', putPassword),
  route('DELETE', '/principals/:id/password', deletePassword),
  route('GET', '/roles', listRoles),
  route('POST', '/roles', postRole),
  route('GET', '/roles/:id', getRole),
  route('PUT', '/roles/:id', putRole),
  route('PATCH', '/roles/:id', patchRole),
  route('DELETE', '/roles/:id', deleteRole),
]

function route(method: Method, path: string, handle: Route['handle']): Route {
  return {
    method,
    path: `${ACCESS_PATH}${path}`,
    access: 'required',
    subject: 'access',
    bodyLimit: BODY_LIMIT,
    handle: async (request, services) => {
      // Before anything is done: whoever cannot take the answer would not know of it.
      accepted(request, [JSON_TYPE])
      return handle(request, services)
    },
  }
}
