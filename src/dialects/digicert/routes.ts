import { notFound } from '../../core/problem.ts'
import type { Request, Route } from '../dialect.ts'
import { getPotentialApprovers } from './routes/approvers.ts'
import { listForOrders, listOrganizations } from './routes/list.ts'
import {
  activate,
  createOrganization,
  deactivate,
  deleteOrganization,
  getOrganization,
  putContacts,
} from './routes/organization.ts'
import { route } from './routes/reading.ts'
import { getValidations, postValidations } from './routes/validations.ts'
import { CSV_TYPE, JSON_TYPE } from './wire.ts'

/** @see specs/digicert.md 4 */
export const routes: readonly Route[] = [
  route('PUT', '/organization/:id/contact', putContacts),
  route('GET', '/organization/:id', getOrganization),
  route('DELETE', '/organization/:id', deleteOrganization),
  route('PUT', '/organization/:id/activate', activate),
  route('PUT', '/organization/:id/deactivate', deactivate),
  route('GET', '/organization/:id/validation', getValidations),
  route('POST', '/organization/:id/validation', postValidations),
  route('GET', '/organization', listOrganizations, [JSON_TYPE, CSV_TYPE]),
  route('POST', '/organization', createOrganization),
  route('GET', '/organization/potential-approvers', getPotentialApprovers),
  route('GET', '/container/:id/order/organization', listForOrders),
  // A directory has neither orders nor sub-accounts: whichever is named does not exist.
  route('PUT', '/order/certificate/:id/contact', noSuch('order')),
  route('GET', '/account/subaccount/:id/organization', noSuch('subaccount')),
]

function noSuch(kind: string) {
  return async ({ params }: Request): Promise<never> => {
    throw notFound(kind, params['id'] ?? '')
  }
}
