import { moment } from '../wire.ts'
import type { Act, Ownership } from './ownership.ts'

/** What GET answers. @see specs/uitdatabank.md 2.5 */
export function viewOf(ownership: Ownership): Readonly<Record<string, string>> {
  const { id, itemId, ownerId, ownerEmail, requesterId, requesterEmail, state, created, modified } = ownership
  return {
    id,
    itemId,
    itemType: 'organizer',
    ownerId,
    ...(ownerEmail !== undefined && { ownerEmail }),
    requesterId,
    ...(requesterEmail !== undefined && { requesterEmail }),
    state,
    created: moment(created),
    modified: moment(modified),
    ...actView('approved', ownership.approved),
    ...actView('rejected', ownership.rejected),
    ...actView('deleted', ownership.deleted),
  }
}

function actView(name: string, act: Act | undefined): Readonly<Record<string, string>> {
  if (act === undefined) return {}
  return {
    [`${name}ById`]: act.by,
    ...(act.email !== undefined && { [`${name}ByEmail`]: act.email }),
    [`${name}Date`]: moment(act.at),
  }
}
