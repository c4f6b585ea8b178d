import type { Reply, Request, Services } from '../../dialect.ts'
import { usersFor, withUsers } from '../approvers.ts'
import { validations } from '../lens/validations.ts'
import { cacheable, json } from '../replies.ts'
import { readValidations } from '../validation-bodies.ts'
import { keyOf, readAfterLookup } from './reading.ts'

export async function getValidations(request: Request, { directory, now }: Services): Promise<Reply> {
  const found = await directory.find(request.asker, keyOf(request), validations.people)
  const { dossier, context } = found
  const reply = json(200, validations.get(dossier, context))
  return cacheable(request, reply, { at: now(), found: [found] })
}

/** Submitting again is the same call. @see specs/digicert.md 4 */
export async function postValidations(request: Request, { directory }: Services): Promise<Reply> {
  const target = keyOf(request)
  const { asker } = request
  const permission = 'organizations.edit'
  const sent = await readAfterLookup(request, directory, target, permission, readValidations)
  await directory.execute(asker, {
    lens: validations,
    target,
    input: (view, { catalogue }) => withUsers(sent, view, usersFor(asker.principal, catalogue)),
    permission,
  })
  return { status: 204 }
}
