import { Type } from 'typebox'
import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { mainName } from '../../../core/organization.ts'
import type { Pair } from '../../../core/pairs.ts'
import { notFound, problem, refused } from '../../../core/problem.ts'
import type { StoredObject } from '../../../core/store.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { readJson } from '../../kit/json.ts'
import { compileSchema } from '../../kit/schema.ts'
import { urnOf } from '../lens/sent.ts'
import { accepted, requireMediaType } from '../media.ts'
import type { Refusal } from '../problems.ts'
import { json } from '../replies.ts'
import { reasonOf } from '../search/alike.ts'
import { KIND } from '../search/indexers.ts'
import { BASE_PATH, JSON_TYPE, OWN } from '../wire.ts'
import { keyIn } from './reading.ts'

/** Kind of the objects that remember who are two: one for each pair, about the first of them. */
const DISTINCT = 'native.distinct'

interface Verdict {
  readonly verdict: 'distinct'
  /** UTC, milliseconds. */
  readonly at: string
  /** Id of the principal. */
  readonly by: string
}

/** Whether somebody has told the two apart. */
export async function areDistinct(
  directory: Directory,
  asker: Asker,
  ids: readonly [string, string],
): Promise<boolean> {
  return verdictIn(await directory.object(asker, DISTINCT, pairId(ids))) !== undefined
}

/** What is known of two organizations. */
export async function getDuplicate(request: Request, services: Services): Promise<Reply> {
  accepted(request, [JSON_TYPE])
  const couple = await coupleOf(request, services)
  return json(200, await documentOf(request, services, couple), { 'cache-control': 'private, no-cache' })
}

/** Tells two organizations apart: they are proposed no more. */
export async function putDuplicate(request: Request, services: Services): Promise<Reply> {
  accepted(request, [JSON_TYPE])
  const { asker } = request
  const couple = await coupleOf(request, services)
  requireEdit(request, couple)
  requireMediaType(request, [JSON_TYPE])
  const violations = violationsOf(readJson(request.body))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  const by = asker.principal?.id ?? ''
  const isNew = await services.directory.keep(asker, async ({ at, object }) => {
    if (verdictIn(await object(DISTINCT, couple.id)) !== undefined) return [false, {}]
    const value: Verdict = { verdict: 'distinct', at, by }
    return [true, { object: { kind: DISTINCT, id: couple.id, about: couple.ids[0], value } }]
  })
  return json(isNew ? 201 : 200, await documentOf(request, services, couple))
}

/** Takes that back. */
export async function deleteDuplicate(request: Request, services: Services): Promise<Reply> {
  const { asker } = request
  const couple = await coupleOf(request, services)
  requireEdit(request, couple)
  await services.directory.keep(asker, async ({ at, object }) => {
    const before = await object(DISTINCT, couple.id)
    if (before === undefined) return [undefined, {}]
    return [undefined, { object: { ...before, value: null, expiresAt: at } }]
  })
  return { status: 204 }
}

const violationsOf = compileSchema(
  Type.Object({ verdict: Type.Literal('distinct') }, { additionalProperties: false }),
)

/** Two organizations, and what they have in common. */
export function shownPair({ organizations, keys }: Pair) {
  return {
    organizations: organizations.map(({ dossier: { organization } }) => ({
      uid: urnOf(organization.id),
      name: { full: mainName(organization) },
      [`${OWN}number`]: organization.number,
      href: `${BASE_PATH}/organizations/${organization.id}`,
    })),
    reasons: keys.map(reasonOf),
  }
}

interface Couple {
  /** Of the pair, whoever is named first. */
  readonly id: string
  readonly ids: readonly [string, string]
  /** In the order of the ids. */
  readonly found: readonly [Found, Found]
}

/** The two that a path names. @throws Problem not-found, forbidden, refused (same-organization) */
async function coupleOf({ asker, params }: Request, { directory }: Services): Promise<Couple> {
  const find = async (name: string): Promise<Found> => {
    const key = { tenant: asker.tenant, ...keyIn('organization', params[name] ?? '') }
    const found = await directory.find(asker, key, 'none')
    // A path of two says nothing of where one of them has gone.
    if (found.dossier.organization.state === 'deleted') throw notFound('organization', params[name] ?? '')
    return found
  }
  const [left, right] = [await find('left'), await find('right')]
  const ids = [left, right].map(({ dossier }) => dossier.organization.id) as [string, string]
  if (ids[0] === ids[1])
    throw refused('same-organization' satisfies Refusal, { detail: 'The path names one organization twice.' })
  if (ids[0] < ids[1]) return { id: pairId(ids), ids, found: [left, right] }
  const sorted = [ids[1], ids[0]] as const
  return { id: pairId(sorted), ids: sorted, found: [right, left] }
}

/** @throws Problem forbidden unless both may be edited */
function requireEdit({ asker }: Request, { found }: Couple): void {
  for (const { context, dossier } of found) {
    if (context.grant.may('organizations.edit')) continue
    const principal = asker.principal?.id ?? ''
    throw problem('forbidden', { action: 'organizations.edit', principal, id: dossier.organization.id })
  }
}

async function documentOf({ asker }: Request, { directory }: Services, { id, ids, found }: Couple) {
  const query = { kind: KIND.alike, of: ids[0], limit: PAIRS_AT_MOST }
  const { pairs } = await directory.pairs(asker, query)
  const pair = pairs.find(({ organizations }) =>
    organizations.every(({ dossier }) => ids.includes(dossier.organization.id)),
  )
  const verdict = verdictIn(await directory.object(asker, DISTINCT, id))
  return { ...shownPair({ organizations: found, keys: pair?.keys ?? [] }), ...verdict }
}

/** More pairs than keys of one organization can lead to. */
const PAIRS_AT_MOST = 10_000

/** What was taken back is null until it is swept away. */
function verdictIn(object: StoredObject | undefined): Verdict | undefined {
  return (object?.value ?? undefined) as Verdict | undefined
}

function pairId(ids: readonly [string, string]): string {
  return ids.join('+')
}
