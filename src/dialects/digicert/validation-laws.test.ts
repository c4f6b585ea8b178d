import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrganizationState } from '../../core/organization.ts'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { dossier, putContext } from '../../core/testing/records.ts'
import { state } from './lens/state.ts'
import { validations, verifiedContactsOf } from './lens/validations.ts'
import { digicertDossiers } from './testing/random-bodies.ts'
import { validationsSent } from './testing/random-validations.ts'
import type { ValidationsInput, ValidationsView } from './wire/validations.ts'

lensLaws<OrganizationState, OrganizationState>('state', state, {
  inputs: () => fc.constantFrom('active', 'inactive', 'deleted'),
  canon: (_, sent) => sent,
  dossiers: digicertDossiers(),
})

/** Type → names of those who answer for it. */
type Names = readonly (readonly [type: string, status: string, users: readonly string[]])[]

lensLaws<ValidationsView, ValidationsInput, Names>('validations', validations, {
  inputs: (one) => validationsSent(validations.get(one, putContext())),
  compare: namesOf,
  canon: (view, sent) => {
    const after = new Map(namesOf(view).map((entry) => [entry[0], entry]))
    const byId = new Map(
      view.validations.flatMap(({ verified_users = [] }) => verified_users.map((user) => [user.id, user])),
    )
    for (const { type, verified_users = [] } of sent) {
      const users = verified_users.map((user) => ('id' in user ? byId.get(user.id) : user))
      after.set(type, [type, 'pending', users.map((user) => `${user?.first_name} ${user?.last_name}`)])
    }
    return [...after.values()].map(([type, status, users]) => [type, status, distinct(users)])
  },
  dossiers: digicertDossiers(),
})

/** Whether two of one name are one person is not asked here: compared are the names. */
function namesOf({ validations: shown }: ValidationsView): Names {
  return shown.map(({ type, status, verified_users = [] }) => [
    type,
    status,
    distinct(verified_users.map(({ first_name, last_name }) => `${first_name} ${last_name}`)),
  ])
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

const ANN = { first_name: 'Ann', last_name: 'Peeters', job_title: 'x', telephone: '1', email: 'a@b' }

function put(sent: ValidationsInput, before = dossier()) {
  return validations.put(before, sent, putContext())
}

test('one person who answers for two validations has one id', () => {
  const { organization } = put([
    { type: 'ev', verified_users: [ANN] },
    { type: 'cs', verified_users: [ANN] },
  ])
  equal(verifiedContactsOf(organization).length, 1)
})

test('submitting again keeps ids, somebody else has a new one, and nobody an id of before', () => {
  const first = put([{ type: 'ev', verified_users: [ANN] }])
  equal(put([{ type: 'ev', verified_users: [ANN] }], first), first)
  const second = put([{ type: 'ev', verified_users: [{ ...ANN, email: 'x@y' }] }], first)
  const third = put([{ type: 'ev', verified_users: [ANN] }], second)
  const ids = [first, second, third].map(({ organization }) => verifiedContactsOf(organization)[0]?.id)
  equal(new Set(ids).size, 3)
})

test('a user of the account is one person, whatever is known of them by now', () => {
  const user = { user_id: '3', first_name: 'Ann', last_name: 'Peeters' }
  const first = put([{ type: 'ev', verified_users: [user] }])
  const second = put([{ type: 'cs', verified_users: [{ ...user, last_name: 'Claes' }] }], first)
  deepEqual(verifiedContactsOf(second.organization), verifiedContactsOf(first.organization))
  notEqual(second, first)
})
