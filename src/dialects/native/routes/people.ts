import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { blankPerson } from '../../../core/person.ts'
import { notFound, Problem, problem, refused } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { personCardFrom } from '../card-bodies.ts'
import { cardOf, newPeople, personCard, presence } from '../lens/person-card.ts'
import { accepted } from '../media.ts'
import { requireStated } from '../preconditions.ts'
import type { Refusal } from '../problems.ts'
import { integerIn, linkTo, readQuery } from '../query.ts'
import { personShown, showing, written } from '../replies.ts'
import { cursorFor, notOurs, placeIn } from '../search/cursors.ts'
import { PAGE } from '../search/parameters.ts'
import { JSON_TYPE, LIMITS } from '../wire.ts'
import { listsOf, uuidOf } from './organizations.ts'
import { basedOn, baseOf, edit, located, patchBody } from './patching.ts'
import type { PersonNamed } from './reading.ts'
import {
  cardBody,
  organizationCheck,
  organizationOf,
  personCheck,
  personOf,
  requireHome,
  requireThere,
} from './reading.ts'

/** The people of an organization that the reader may see, by number, a page at a time. */
export async function listPeople(request: Request, { directory }: Services): Promise<Reply> {
  const type = accepted(request, [JSON_TYPE])
  const sent = readQuery(request, ['limit', 'cursor'])
  const limit = sent.limit === undefined ? PAGE.standard : integerIn('limit', sent.limit, 1, PAGE.most)
  const after = sent.cursor === undefined ? 0 : numberIn(placeIn(sent.cursor, sent))
  const { dossier } = await directory.find(request.asker, organizationOf(request), 'all')
  requireThere(dossier)
  const people = dossier.people.filter(({ number }) => number > after)
  const items: string[] = []
  let length = 0
  for (const person of people.slice(0, limit)) {
    if (length > LIMITS.pageLength) break
    const card = JSON.stringify(cardOf(person))
    items.push(card)
    length += card.length
  }
  const last = people[items.length - 1]
  const isAll = last === undefined || people.length <= items.length
  const cursor = isAll ? undefined : cursorFor(sent, [last.number])
  const link = isAll ? undefined : linkTo('next', request.path, { ...sent, cursor })
  const rest = cursor === undefined ? '' : `,"cursor":${JSON.stringify(cursor)}`
  const headers = { 'content-type': type, 'cache-control': 'private, no-cache', link }
  return { status: 200, headers, body: `{"items":[${items.join(',')}]${rest}}` }
}

/** @throws Problem refused (query-invalid) */
function numberIn([number, ...more]: readonly unknown[]): number {
  if (typeof number !== 'number' || more.length > 0) throw notOurs()
  return number
}

export async function postPerson(request: Request, { directory }: Services): Promise<Reply> {
  const target = organizationOf(request)
  const card = personCardFrom(cardBody(request))
  const id = card.uid === undefined ? undefined : uuidOf(card.uid)
  return directory.together(async (inside) => {
    if (id !== undefined) await requireFree(inside, request.asker, target, id)
    const outcome = await inside.execute(request.asker, {
      lens: newPeople,
      target,
      input: [{ ...(id !== undefined && { id }), card }],
      permission: 'people.edit',
      require: organizationCheck(request),
    })
    return written(request, shownPerson(outcome, request), true)
  })
}

/** Whoever may not add anybody is told that, whether or not there is somebody. @throws Problem key-taken, not-found, forbidden */
async function requireFree(
  directory: Directory,
  asker: Asker,
  target: OrganizationKey,
  id: string,
): Promise<void> {
  const { dossier, context } = await directory.find(asker, target, 'none')
  const isAllowed =
    context.grant.may('people.edit') && context.grant.edits(blankPerson(id, dossier.organization))
  if (isAllowed && (await directory.homeOf(asker, { id })) !== undefined)
    throw problem('key-taken', { key: 'id', value: id, holder: id })
}

export async function getPerson(request: Request, services: Services): Promise<Reply> {
  const found = await ofPerson(request, services, async ({ home, person }) => {
    const { dossier, context } = await services.directory.find(request.asker, home, 'focus', person)
    requireHome(dossier)
    if (dossier.people.length === 0) throw notFound('person', request.params['id'] ?? '')
    return { dossier, context }
  })
  return showing(request, shownPerson(found, request))
}

export async function putPerson(request: Request, services: Services): Promise<Reply> {
  requireStated(request, undefined, listsOf(request, services))
  const card = personCardFrom(cardBody(request))
  const outcome = await ofPerson(request, services, ({ home, person }) =>
    services.directory.execute(request.asker, {
      lens: personCard,
      target: home,
      focus: person,
      input: card,
      permission: 'people.edit',
      require: personCheck(request),
    }),
  )
  return written(request, shownPerson(outcome, request), false)
}

export async function patchPerson(request: Request, services: Services): Promise<Reply> {
  const patch = patchBody(request)
  const base = baseOf(request)
  requireStated(request, base, listsOf(request, services))
  const outcome = await ofPerson(request, services, ({ home, person }) =>
    located(patch, () =>
      services.directory.execute(request.asker, {
        lens: base === undefined ? personCard : basedOn(personCard, base, ({ people }) => people[0]),
        target: home,
        focus: person,
        input: edit(patch, personCardFrom),
        permission: 'people.edit',
        require: personCheck(request),
      }),
    ),
  )
  return written(request, shownPerson(outcome, request), false)
}

/** Whoever goes leaves their roles empty. */
export async function deletePerson(request: Request, services: Services): Promise<Reply> {
  requireStated(request, undefined, listsOf(request, services))
  await ofPerson(request, services, ({ home, person }) =>
    services.directory.execute(request.asker, {
      lens: presence,
      target: home,
      focus: person,
      input: 'gone',
      permission: 'people.edit',
      require: personCheck(request),
    }),
  )
  return { status: 204 }
}

/** What `deed` gives of the person that a path names. @throws Problem not-found, or refused (gone) for one who was there once, and whom the asker may see */
async function ofPerson<T>(
  request: Request,
  services: Services,
  deed: (named: PersonNamed) => Promise<T>,
): Promise<T> {
  const named = await personOf(request, services)
  try {
    return await deed(named)
  } catch (error) {
    const isGone = error instanceof Problem && error.is('not-found') && error.facts.kind === 'person'
    const isForbidden = error instanceof Problem && error.is('forbidden')
    if (!isGone && !isForbidden) throw error
    // Whoever may not see somebody is not told that they are there, by what may not be done to them either.
    await services.directory.history(request.asker, named.home, named.person, { limit: 1 })
    throw isGone ? refused('gone' satisfies Refusal) : error
  }
}

/** @throws Problem not-found for somebody who is not there, or whom the reader may not see */
export function shownPerson(found: Found, { params }: Request) {
  const one = personShown(found)
  if (one === undefined) throw notFound('person', params['id'] ?? '')
  return one
}
