import { notFound } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { csvOf } from '../csv.ts'
import { rowOf } from '../lens/organization.ts'
import { validationsOf } from '../lens/validations.ts'
import { readListQuery } from '../list-query.ts'
import type { Shown } from '../replies.ts'
import { cacheable, json } from '../replies.ts'
import type { OrganizationRow, ValidatedRow } from '../wire.ts'
import { CHOICES, CSV_TYPE } from '../wire.ts'
import { ownContainer } from './reading.ts'

/** @see specs/digicert.md 1.5, 4 */
export async function listOrganizations(request: Request, services: Services, type: string): Promise<Reply> {
  const { organizations, page, shown } = await list(request, services)
  const reply =
    type === CSV_TYPE
      ? { status: 200, headers: { 'content-type': CSV_TYPE }, body: csvOf(organizations) }
      : json(200, { organizations, page })
  return cacheable(request, { ...reply, headers: { ...reply.headers, vary: 'accept' } }, shown)
}

/** The organizations of a container that can be ordered for: those that are active. @see specs/digicert.md 4 */
export async function listForOrders(request: Request, services: Services): Promise<Reply> {
  const { id = '' } = request.params
  const own = ownContainer(request, services)
  if (id !== String(own) && id !== String(CHOICES.rootContainer)) throw notFound('container', id)
  const { organizations, shown } = await list(request, services, ['active'])
  return cacheable(request, json(200, { organizations }), shown)
}

interface List {
  readonly organizations: readonly (OrganizationRow | ValidatedRow)[]
  readonly page: { readonly total: number; readonly limit: number; readonly offset: number }
  readonly shown: Shown
}

/** @param states those that the query asks for, unless the route knows better */
async function list(request: Request, services: Services, states?: readonly 'active'[]): Promise<List> {
  const { asked, includesValidations } = readListQuery(request.query, ownContainer(request, services))
  const query = states === undefined ? asked : { ...asked, states }
  const { items, total } = await services.directory.search(request.asker, query)
  const organizations = items.map(({ dossier: { organization }, context }) => {
    const row = rowOf(organization, context)
    return includesValidations ? { ...row, validations: validationsOf(organization) } : row
  })
  const shown: Shown = { at: services.now(), found: items, isList: true }
  return { organizations, page: { total, limit: asked.limit, offset: asked.offset }, shown }
}
