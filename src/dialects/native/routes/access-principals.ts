import type { PrincipalEntry, PrincipalFields } from '../../../core/access-desk.ts'
import { isSame } from '../../../core/dossier.ts'
import { problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import type { Json } from '../../kit/json.ts'
import { readJson } from '../../kit/json.ts'
import { newKeyFrom, newPrincipalFrom, passwordFrom, principalFrom } from '../access/bodies.ts'
import { listed, principalPath, requireSame, roleView, showing, written } from '../access/replies.ts'
import { requireMediaType } from '../media.ts'
import type { Patch } from '../patches.ts'
import { integerIn, linkTo, readQuery } from '../query.ts'
import { json } from '../replies.ts'
import { JSON_TYPE } from '../wire.ts'
import { located, patchBody } from './patching.ts'

/** Principals in one page. */
const PAGE = { default: 100, most: 1_000 } as const

export async function getStanding({ asker }: Request, { access, directory }: Services): Promise<Reply> {
  const { principal, permissions, roles } = access.standing(asker)
  const { id, number, kind, name, email, superuser } = principal
  const { tenant } = directory.draft(asker).context.catalogue
  const who = { id, number, kind, name, ...(email !== undefined && { email }), superuser }
  return json(200, { ...who, tenant: tenant.id, permissions, roles: roles.map(roleView) }, NEVER_KEPT)
}

const NEVER_KEPT = { 'cache-control': 'private, no-store' } as const

/** By number; `after` is the number of the last one of the page before. */
export async function listPrincipals(request: Request, { access }: Services): Promise<Reply> {
  const asked = readQuery(request, ['limit', 'after'])
  const limit = asked.limit === undefined ? PAGE.default : integerIn('limit', asked.limit, 1, PAGE.most)
  const after = asked.after === undefined ? 0 : integerIn('after', asked.after, 0, LARGEST_NUMBER)
  const left = access.principals(request.asker).filter(({ number }) => number > after)
  const page = left.slice(0, limit)
  const next = { limit, after: page.at(-1)?.number }
  return listed(page, page.length < left.length ? linkTo('next', request.path, next) : undefined)
}

const LARGEST_NUMBER = 2_147_483_647

export async function postPrincipal(request: Request, { access }: Services): Promise<Reply> {
  const { id, ...sent } = newPrincipalFrom(jsonBody(request))
  const entry = await access.createPrincipal(request.asker, id, fieldsOf({ name: id ?? 'unnamed', ...sent }))
  return written(entry, { location: principalPath(entry) }, true)
}

export async function getPrincipal(request: Request, { access }: Services): Promise<Reply> {
  return showing(request, access.principal(request.asker, idOf(request)))
}

export async function patchPrincipal(request: Request, { access }: Services): Promise<Reply> {
  const patch = patchBody(request)
  const entry = await located(patch, () =>
    access.editPrincipal(request.asker, idOf(request), (before) => {
      requireSame(request, before)
      return fieldsOf(editedBy(patch, before))
    }),
  )
  return written(entry)
}

export async function deletePrincipal(request: Request, { access }: Services): Promise<Reply> {
  await access.deletePrincipal(request.asker, idOf(request), (before) => requireSame(request, before))
  return { status: 204 }
}

export async function listKeys(request: Request, { access }: Services): Promise<Reply> {
  return listed(access.keys(request.asker, idOf(request)))
}

/** The key is told here and never again, so the reply is kept nowhere: not for whoever repeats a request either. */
export async function postKey(request: Request, { access }: Services): Promise<Reply> {
  const { unlimited, ...sent } = newKeyFrom(request.body === '' ? {} : jsonBody(request))
  const fields = { ...sent, ...(unlimited === true && { unlimited }) }
  const { entry, key } = await access.createKey(request.asker, idOf(request), fields)
  const location = `${principalPath({ id: idOf(request) })}/keys/${entry.id}`
  return json(201, { ...entry, key }, { location, ...NEVER_KEPT })
}

export async function deleteKey(request: Request, { access }: Services): Promise<Reply> {
  await access.revokeKey(request.asker, idOf(request), request.params['key'] ?? '')
  return { status: 204 }
}

export async function putPassword(request: Request, { access }: Services): Promise<Reply> {
  const { password } = passwordFrom(jsonBody(request))
  await access.setPassword(request.asker, idOf(request), password)
  return { status: 204 }
}

export async function deletePassword(request: Request, { access }: Services): Promise<Reply> {
  await access.setPassword(request.asker, idOf(request), undefined)
  return { status: 204 }
}

function idOf({ params }: Request): string {
  return params['id'] ?? ''
}

/** @throws Problem media-type-unsupported, body-missing, body-syntax */
export function jsonBody(request: Request): Json {
  requireMediaType(request, [JSON_TYPE])
  return readJson(request.body)
}

function fieldsOf({
  kind = 'user',
  name,
  email,
  superuser = false,
  roles = [],
  disabled = false,
}: Partial<PrincipalFields> & { readonly name: string }): PrincipalFields {
  return { kind, name, ...(email !== undefined && { email }), superuser, roles, disabled }
}

/** @throws Problem body-invalid */
function editedBy(patch: Patch, before: PrincipalEntry): PrincipalEntry {
  const after = principalFrom(patch.apply(before)) as PrincipalEntry
  const violations = FIXED.filter((member) => !isSame(after[member], before[member])).map((member) => ({
    path: [member],
    keyword: 'fixed',
    params: { is: before[member] },
  }))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return after
}

const FIXED = ['id', 'number', 'hasPassword'] as const
