import fc from 'fast-check'
import type { StoredValidation } from '../lens/facet.ts'
import type { NewVerifiedContact, ValidationsInput, ValidationsView } from '../wire/validations.ts'
import { VALIDATION_TYPES, VERIFIED_IDS_ABOVE } from '../wire/validations.ts'

/** A few people, so that they often come again. */
const people: fc.Arbitrary<NewVerifiedContact> = fc.constantFrom(
  { first_name: 'Ann', last_name: 'Peeters', job_title: 'x', telephone: '1', email: 'a@b' },
  { first_name: 'Ann', last_name: 'Peeters', job_title: 'y', telephone: '1', email: 'a@b' },
  { first_name: 'Bram', last_name: 'De Smet', job_title: 'x', telephone: '2', email: 'b@c' },
  { user_id: '3', first_name: 'Carla', last_name: 'Claes', email: 'c@d' },
  { user_id: '4', first_name: 'Ann', last_name: 'Peeters' },
)

/** What a facet may hold: one person has one id, whatever they answer for. */
export const storedValidations: fc.Arbitrary<readonly StoredValidation[]> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...VALIDATION_TYPES)),
    fc.uniqueArray(people, { selector: (person) => JSON.stringify(person), maxLength: 4 }),
    fc.array(fc.nat(15), { minLength: VALIDATION_TYPES.length }),
  )
  .map(([types, known, choices]) => {
    const contacts = known.map((person, at) => ({ id: VERIFIED_IDS_ABOVE + 1 + at, ...person }))
    return types.map((type, index) => {
      const chosen = choices[index] ?? 0
      const users = contacts.filter((_, at) => (chosen >> at) % 2 === 1)
      return { type, ...(users.length > 0 && { users }) }
    })
  })

/** Whatever may be sent of validations, once every id is one of the organization's own. */
export function validationsSent({ validations }: ValidationsView): fc.Arbitrary<ValidationsInput> {
  const ids = [
    ...new Set(validations.flatMap(({ verified_users = [] }) => verified_users.map(({ id }) => id))),
  ]
  const user = ids.length === 0 ? people : fc.oneof(people, fc.constantFrom(...ids.map((id) => ({ id }))))
  const types = fc.uniqueArray(fc.constantFrom(...VALIDATION_TYPES), { minLength: 1 })
  return types.chain((chosen) =>
    fc.tuple(
      ...chosen.map((type) =>
        fc
          .array(user, { maxLength: 3 })
          .map((verified_users) => ({ type, ...(verified_users.length > 0 && { verified_users }) })),
      ),
    ),
  )
}
