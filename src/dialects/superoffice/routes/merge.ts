import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { keyOf } from '../paths.ts'
import { flagOption } from '../query.ts'

/** @see specs/superoffice.md 2.6 */
export const mergeRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/contact/:id/mergeto/:destination', access: 'required', handle: merge },
]

/** The contact of the path disappears; people, and what its flags say, go to the other one. */
async function merge({ asker, params, query }: Request, { directory }: Services): Promise<Reply> {
  await directory.merge(asker, {
    source: keyOf(asker.tenant, params['id']),
    destination: keyOf(asker.tenant, params['destination']),
    mergesIdenticalPeople: flagOption(query, 'mergeidenticalpersons') ?? false,
    fillsEmpty: flagOption(query, 'replaceemptyfieldsondestination') ?? false,
  })
  return { status: 204 }
}
