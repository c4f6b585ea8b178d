import type { Dossier } from '../../../core/dossier.ts'
import type { ViewContext } from '../../../core/lens.ts'
import { notFound, refused } from '../../../core/problem.ts'
import type { OrganizationKey, PersonKey } from '../../../core/store.ts'
import type { Request, Services } from '../../dialect.ts'
import type { Json } from '../../kit/json.ts'
import { readJson } from '../../kit/json.ts'
import { organizationTag, personTag } from '../etag.ts'
import { requireMediaType } from '../media.ts'
import { requireMatch } from '../preconditions.ts'
import type { Refusal } from '../problems.ts'
import { requireShowable } from '../replies.ts'
import { cardFromVcard } from '../vcard.ts'
import { CARD_TYPE, JSON_TYPE, VCARD_TYPE } from '../wire.ts'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const NUMBER = /^[1-9]\d{0,9}$/
const LARGEST_NUMBER = 2_147_483_647

/** A record by UUID or number, as a path names it. @throws Problem not-found for anything else */
export function keyIn(kind: string, text: string): { readonly id: string } | { readonly number: number } {
  if (UUID.test(text)) return { id: text.toLowerCase() }
  if (NUMBER.test(text) && Number(text) <= LARGEST_NUMBER) return { number: Number(text) }
  throw notFound(kind, text)
}

/** The organization that a path names. @throws Problem not-found */
export function organizationOf({ asker, params }: Request): OrganizationKey {
  return { tenant: asker.tenant, ...keyIn('organization', params['id'] ?? '') }
}

/** A person, and the organization that they belong to. */
export interface PersonNamed {
  readonly home: OrganizationKey
  readonly person: PersonKey
}

/** The person that a path names. @throws Problem not-found when there was never such a person */
export async function personOf({ asker, params }: Request, { directory }: Services): Promise<PersonNamed> {
  const person = keyIn('person', params['id'] ?? '')
  const home = await directory.homeOf(asker, person)
  // In the words of who may not be seen: nothing tells the two apart.
  if (home === undefined) throw notFound('person', 'id' in person ? person.id : person.number)
  return { home, person }
}

/** A Card, or a vCard as one. @throws Problem not-acceptable, media-type-unsupported, body-missing, body-syntax */
export function cardBody(request: Request): Json {
  requireShowable(request)
  const mediaType = requireMediaType(request, [CARD_TYPE, JSON_TYPE, VCARD_TYPE])
  return mediaType === VCARD_TYPE ? (cardFromVcard(request.body) as Json) : readJson(request.body)
}

/** @throws Problem refused (gone, merged): a deleted organization has a history, and nothing to show or to write */
export function requireThere({ organization }: Dossier): void {
  const { state, mergedInto } = organization
  if (state !== 'deleted') return
  if (mergedInto !== undefined) throw refused('merged' satisfies Refusal, { mergedInto })
  throw refused('gone' satisfies Refusal)
}

/** @throws Problem refused (gone): the people of an organization that is deleted went with it, wherever it was merged */
export function requireHome({ organization }: Dossier): void {
  if (organization.state !== 'deleted') return
  throw refused('gone' satisfies Refusal, { detail: 'The organization was deleted.' })
}

/** What a write to an organization asks of it. @throws Problem precondition-failed, refused */
export function organizationCheck(request: Request) {
  return (dossier: Dossier, { grant }: ViewContext): void => {
    requireThere(dossier)
    requireMatch(request, organizationTag(dossier.organization, grant))
  }
}

/** What a write to a person asks of them. @throws Problem precondition-failed, not-found, refused */
export function personCheck(request: Request) {
  return (dossier: Dossier): void => {
    requireHome(dossier)
    const [person] = dossier.people
    if (person === undefined) throw notFound('person', request.params['id'] ?? '')
    requireMatch(request, personTag(person))
  }
}
