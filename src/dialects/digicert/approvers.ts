import type { Person } from '../../core/person.ts'
import { firstAndLast } from '../../core/person.ts'
import { mayEverywhere } from '../../core/policy.ts'
import type { Catalogue, Principal } from '../../core/principal.ts'
import type { Violation } from '../../core/problem.ts'
import { clip, isBlank } from '../../core/text.ts'
import { contactOf } from './lens/contact.ts'
import { accepted, fault } from './members.ts'
import type { NewVerifiedContact, ValidationsInput, ValidationsView } from './wire/validations.ts'
import { LIMITS } from './wire.ts'

/** A user of the account who can answer for an organization. What is not known of them is absent. */
export interface Approver extends NewVerifiedContact {
  readonly name: string
}

/** The users that the asker may know of: all of the tenant for those who may read everybody, else themselves. */
export function usersFor(asker: Principal | undefined, catalogue: Catalogue): readonly Approver[] {
  const seesAll = mayEverywhere(asker, 'people.read', catalogue)
  return catalogue
    .principals()
    .filter(({ kind, state }) => kind === 'user' && state === undefined)
    .filter(({ id }) => seesAll || id === asker?.id)
    .map(userOf)
}

/** A contact of an organization as somebody who can answer for it. */
export function contactApprover(person: Person): Omit<Approver, 'user_id'> {
  const { first_name, last_name, job_title, telephone, email } = contactOf(person)
  return {
    name: isBlank(person.name.full) ? `${first_name} ${last_name}` : person.name.full,
    first_name,
    last_name,
    ...(job_title !== undefined && { job_title }),
    ...(telephone !== undefined && { telephone }),
    ...(email !== '' && { email }),
  }
}

/**
 * The validations with each id that is none of the organization's verified contacts replaced by the user whose it is.
 * @throws Problem body-invalid naming each id that is nobody's
 */
export function withUsers(
  sent: ValidationsInput,
  { validations }: ValidationsView,
  users: readonly Approver[],
): ValidationsInput {
  const known = new Set(validations.flatMap(({ verified_users = [] }) => verified_users.map(({ id }) => id)))
  const violations: Violation[] = []
  const resolved = sent.map(({ type, verified_users }, at) => ({
    type,
    ...(verified_users !== undefined && {
      verified_users: verified_users.map((user, index) => {
        if (!('id' in user) || known.has(user.id)) return user
        const named = users.find(({ user_id }) => user_id === String(user.id))
        if (named === undefined) {
          violations.push(fault(['validations', at, 'verified_users', index, 'id'], 'invalid'))
          return user
        }
        const { name: _, ...contact } = named
        return contact
      }),
    }),
  }))
  return accepted(resolved, violations)
}

function userOf({ number, name, email }: Principal): Approver {
  const { first, last } = firstAndLast({ full: name })
  return {
    user_id: String(number),
    name,
    first_name: clip(first, LIMITS.first_name),
    last_name: clip(last, LIMITS.last_name),
    ...(email !== undefined && { email }),
  }
}
