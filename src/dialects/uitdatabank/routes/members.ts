import type { Lens } from '../../../core/lens.ts'
import type { Violation } from '../../../core/problem.ts'
import { refused } from '../../../core/problem.ts'
import type { Method, Reply, Request, Route, Services } from '../../dialect.ts'
import {
  violationsOfAddress,
  violationsOfDescription,
  violationsOfEducationalDescription,
  violationsOfName,
  violationsOfUrl,
} from '../bodies.ts'
import {
  addressIn,
  anyAddress,
  descriptionIn,
  educationalDescriptionIn,
  nameIn,
  url,
} from '../lens/members.ts'
import { readValid } from '../reading.ts'
import type { AddressView } from '../wire.ts'
import { LANGUAGE_PATTERN } from '../wire.ts'
import { afterOrganizer, idOf, keyOf } from './organizer-key.ts'

const ORGANIZER = '/organizers/:organizerId'

/** What the paths without a language mean, whatever the main language is. @see specs/uitdatabank.md 2.3 */
const DEFAULT_LANGUAGE = 'nl'

type Violations = (body: unknown) => readonly Violation[]

/** A member that a body sets in one language: the body has a property of that name, or is the value itself. */
interface Member<Value> {
  readonly lensIn: (language: string) => Lens<Value | undefined, Value | undefined>
  readonly violationsOf: Violations
  readonly valueOf: (body: never) => Value
}

const name: Member<string> = {
  lensIn: nameIn,
  violationsOf: violationsOfName,
  valueOf: (body: { name: string }) => body.name,
}

const description: Member<string> = {
  lensIn: descriptionIn,
  violationsOf: violationsOfDescription,
  valueOf: (body: { description: string }) => body.description,
}

const educationalDescription: Member<string> = {
  lensIn: educationalDescriptionIn,
  violationsOf: violationsOfEducationalDescription,
  valueOf: (body: { educationalDescription: string }) => body.educationalDescription,
}

const address: Member<AddressView> = {
  lensIn: addressIn,
  violationsOf: violationsOfAddress,
  valueOf: ({ addressCountry, addressLocality, postalCode, streetAddress }: AddressView) => ({
    addressCountry,
    addressLocality,
    postalCode,
    streetAddress,
  }),
}

const website: Member<string> = {
  lensIn: () => url,
  violationsOf: violationsOfUrl,
  valueOf: (body: { url: string }) => body.url,
}

/** The granular endpoints. The order of the methods of one path is that of its `Allowed:` list. */
export const memberRoutes: readonly Route[] = [
  route('PUT', `${ORGANIZER}/name`, setting(name)),
  route('PUT', `${ORGANIZER}/name/:language`, setting(name)),
  route('DELETE', `${ORGANIZER}/description/:language`, removing(description)),
  route('PUT', `${ORGANIZER}/description/:language`, setting(description)),
  route('DELETE', `${ORGANIZER}/educational-description/:language`, removing(educationalDescription)),
  route('PUT', `${ORGANIZER}/educational-description/:language`, setting(educationalDescription)),
  route('DELETE', `${ORGANIZER}/address`, (request, services) =>
    write(request, services, anyAddress, undefined),
  ),
  route('PUT', `${ORGANIZER}/address`, setting(address)),
  route('PUT', `${ORGANIZER}/address/:language`, setting(address)),
  route('PUT', `${ORGANIZER}/url`, setting(website)),
]

function route(method: Method, path: string, handle: Route['handle']): Route {
  return { method, path, access: 'required', handle }
}

function setting<Value>({ lensIn, violationsOf, valueOf }: Member<Value>): Route['handle'] {
  return async (request, services) => {
    const value = await afterOrganizer(request, services, () => {
      requireLanguage(request)
      return valueOf(readValid(request.body, violationsOf) as never)
    })
    return write(request, services, lensIn(languageOf(request)), value)
  }
}

function removing<Value>({ lensIn }: Member<Value>): Route['handle'] {
  return async (request, services) => {
    await afterOrganizer(request, services, () => requireLanguage(request))
    return write(request, services, lensIn(languageOf(request)), undefined)
  }
}

async function write<Value>(
  request: Request,
  { directory }: Services,
  lens: Lens<Value, Value>,
  input: Value,
): Promise<Reply> {
  await directory.execute(request.asker, {
    lens,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return { status: 204 }
}

function languageOf({ params }: Request): string {
  return params['language'] ?? DEFAULT_LANGUAGE
}

/** @throws Problem refused, told as a path that does not exist */
function requireLanguage(request: Request): void {
  if (!LANGUAGE_PATTERN.test(languageOf(request))) {
    throw refused('language', { organizer: idOf(request) })
  }
}
