import { provisionalId } from '../../../core/items.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Person, PersonName } from '../../../core/person.ts'
import { blankPerson, firstAndLast } from '../../../core/person.ts'
import { clip, edited, isBlank, lengthOf } from '../../../core/text.ts'
import type { ContactFields, ContactView } from '../wire.ts'
import { EMAIL_FORM, LIMITS, SHOWN_AS } from '../wire.ts'
import { languageIdOf, withLanguageId } from './language.ts'
import { extensionOf, OF_PERSON, telephoneOf, withTelephoneAndExtension } from './telephone.ts'

/** What makes two contacts the same one. */
type Triple = Pick<ContactFields, 'first_name' | 'last_name' | 'email'>

export function contactOf(person: Person): ContactView {
  const job_title = clip(person.title ?? '', LIMITS.job_title)
  const telephone = telephoneOf(person, OF_PERSON)?.number
  const telephone_extension = extensionOf(person)
  const language_id = languageIdOf(person)
  return {
    id: person.number,
    ...tripleOf(person),
    ...(job_title !== '' && { job_title }),
    ...(telephone !== undefined && { telephone }),
    ...(telephone_extension !== undefined && { telephone_extension }),
    ...(language_id !== undefined && { language_id }),
  }
}

/** Exact, case-sensitive, untrimmed, on what is shown. @see specs/digicert.md 3.4 and design §10.3.10 */
export function isSameContact(left: Triple, right: Triple): boolean {
  return (
    left.first_name === right.first_name && left.last_name === right.last_name && left.email === right.email
  )
}

/** The person with everything that is shown replaced, but who it is; the rest stays. */
export function withContact(person: Person, fields: ContactFields): Person {
  const called = withTelephoneAndExtension(person, fields.telephone, fields.telephone_extension)
  const spoken = withLanguageId(called, fields.language_id)
  const shownTitle = clip(spoken.title ?? '', LIMITS.job_title)
  const title = edited(spoken.title, shownTitle === '' ? undefined : shownTitle, fields.job_title)
  if (title === spoken.title) return spoken
  const { title: _, ...untitled } = spoken
  return title === undefined ? untitled : { ...untitled, title }
}

/** A person that did not exist before, the `index`th of the dossier. */
export function newPerson(organization: Organization, index: number, fields: ContactFields): Person {
  const blank = blankPerson(provisionalId('people', index), organization)
  const emails = [{ id: provisionalId('emails', 0), address: fields.email }]
  return withContact({ ...blank, name: nameFrom(fields.first_name, fields.last_name), emails }, fields)
}

function tripleOf({ name, emails }: Person): Triple {
  const { first, last } = firstAndLast(name)
  return {
    first_name: isBlank(first) ? SHOWN_AS.first_name : clip(first, LIMITS.first_name),
    last_name: isBlank(last) ? SHOWN_AS.last_name : clip(last, LIMITS.last_name),
    email: emails.find(({ address }) => isEmail(address))?.address ?? SHOWN_AS.email,
  }
}

function isEmail(address: string): boolean {
  return EMAIL_FORM.test(address) && lengthOf(address) <= LIMITS.email
}

/** The name of a new person. The placeholder for a missing first name, written back, is no name. */
function nameFrom(first: string, last: string): PersonName {
  if (first === SHOWN_AS.first_name) {
    const alone = firstAndLast({ full: last })
    if (alone.first === first && alone.last === last) return { full: last }
  }
  return { full: `${first} ${last}`, given: first, family: last }
}
