import type { Facets } from '../../../core/facet.ts'
import { hidesOf } from '../../../core/hides.ts'
import type { Email, Phone } from '../../../core/items.ts'
import { hidesAfter, replaceShown, shownOf } from '../../../core/shown-items.ts'
import { withMembers } from './facet.ts'
import { EMAIL, PHONES } from './lists.ts'

/** A record with e-mails and phones: a person, or an organization without a primary contact. */
interface Reachable {
  readonly emails: readonly Email[]
  readonly phones: readonly Phone[]
  readonly facets: Facets
}

/** How somebody is reached, as the vendor has it. */
export interface Reach {
  readonly email: string | null
  readonly phones: readonly string[]
}

export function reachOf({ emails, phones, facets }: Reachable): Reach {
  const hides = hidesOf(facets['kare'])
  const [email] = shownOf(emails, hides, EMAIL)
  return {
    email: email?.address ?? null,
    phones: shownOf(phones, hides, PHONES).map(({ number }) => number),
  }
}

/** The record with all that is shown of its e-mails and phones replaced; the rest stays. */
export function withReach<R extends Reachable>(record: R, { email, phones: sent }: Reach): R {
  const hides = hidesOf(record.facets['kare'])
  const emails = replaceShown(record.emails, email === null ? [] : [email], hides, EMAIL)
  const phones = replaceShown(record.phones, sent, hides, PHONES)
  if (emails.items === record.emails && phones.items === record.phones) {
    if (emails.revived.length + phones.revived.length === 0) return record
  }
  const lists = { emails: emails.items, phones: phones.items }
  const after = hidesAfter(hides, [emails, phones], valuesOf(lists))
  return { ...record, ...lists, facets: withMembers(record.facets, { hides: after }) }
}

/** Every item that the view chooses from, with its value. */
function valuesOf({ emails, phones }: Pick<Reachable, 'emails' | 'phones'>) {
  return [
    ...emails.map(({ id, address }) => [id, address] as const),
    ...phones.map(({ id, number }) => [id, number] as const),
  ]
}
