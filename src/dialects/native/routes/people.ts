import type { Found } from '../../../core/command.ts'
import { notFound, problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { personCardFrom } from '../card-bodies.ts'
import { cardOf, newPeople, personCard, presence } from '../lens/person-card.ts'
import { requireStated } from '../preconditions.ts'
import { json, personShown, showing, written } from '../replies.ts'
import { listsOf, uuidOf } from './organizations.ts'
import { basedOn, baseOf, edit, patchBody } from './patching.ts'
import {
  cardBody,
  organizationCheck,
  organizationOf,
  personCheck,
  personOf,
  requireThere,
} from './reading.ts'

/** All people of an organization that the reader may see, by number. */
export async function listPeople(request: Request, { directory }: Services): Promise<Reply> {
  const { dossier } = await directory.find(request.asker, organizationOf(request), 'all')
  requireThere(dossier)
  return json(200, { items: dossier.people.map(cardOf) })
}

export async function postPerson(request: Request, { directory }: Services): Promise<Reply> {
  const target = organizationOf(request)
  const card = personCardFrom(cardBody(request))
  const id = card.uid === undefined ? undefined : uuidOf(card.uid)
  return directory.together(async (inside) => {
    if (id !== undefined && (await inside.homeOf(request.asker, { id })) !== undefined)
      throw problem('key-taken', { key: 'id', value: id, holder: id })
    const outcome = await inside.execute(request.asker, {
      lens: newPeople,
      target,
      input: [{ ...(id !== undefined && { id }), card }],
      permission: 'people.edit',
      require: organizationCheck(request),
    })
    return written(request, shown(outcome), true)
  })
}

export async function getPerson(request: Request, services: Services): Promise<Reply> {
  const { home, person } = await personOf(request, services)
  const found = await services.directory.find(request.asker, home, 'focus', person)
  requireThere(found.dossier)
  return showing(request, shown(found, request))
}

export async function putPerson(request: Request, services: Services): Promise<Reply> {
  requireStated(request, undefined, listsOf(request, services))
  const { home, person } = await personOf(request, services)
  const outcome = await services.directory.execute(request.asker, {
    lens: personCard,
    target: home,
    focus: person,
    input: personCardFrom(cardBody(request)),
    permission: 'people.edit',
    require: personCheck(request),
  })
  return written(request, shown(outcome), false)
}

export async function patchPerson(request: Request, services: Services): Promise<Reply> {
  const patch = patchBody(request)
  const base = baseOf(request)
  requireStated(request, base, listsOf(request, services))
  const { home, person } = await personOf(request, services)
  const outcome = await services.directory.execute(request.asker, {
    lens: base === undefined ? personCard : basedOn(personCard, base, ({ people }) => people[0]),
    target: home,
    focus: person,
    input: edit(patch, personCardFrom),
    permission: 'people.edit',
    require: personCheck(request),
  })
  return written(request, shown(outcome), false)
}

/** Whoever goes leaves their roles empty. */
export async function deletePerson(request: Request, services: Services): Promise<Reply> {
  requireStated(request, undefined, listsOf(request, services))
  const { home, person } = await personOf(request, services)
  await services.directory.execute(request.asker, {
    lens: presence,
    target: home,
    focus: person,
    input: 'gone',
    permission: 'people.edit',
    require: personCheck(request),
  })
  return { status: 204 }
}

/** @throws Problem not-found for somebody who is not there, or whom the reader may not see */
function shown(found: Found, request?: Request) {
  const one = personShown(found)
  if (one === undefined) throw notFound('person', request?.params['id'] ?? '')
  return one
}
