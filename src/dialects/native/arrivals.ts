import { addAll } from '../../core/adding.ts'
import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import type { Lens } from '../../core/lens.ts'
import type { Violation } from '../../core/problem.ts'
import { Problem, problem } from '../../core/problem.ts'
import { isJsonObject, readJson } from '../kit/json.ts'
import { organizationCardFrom, personCardFrom } from './card-bodies.ts'
import { organizationCard } from './lens/organization-card.ts'
import type { NewPerson } from './lens/person-card.ts'
import { newPeople } from './lens/person-card.ts'
import { requireImages, uuidOf } from './routes/organizations.ts'
import type { Card } from './wire.ts'

/** An organization that comes in with its people, as one write. */
interface Arrival {
  readonly card: Card
  readonly people: readonly NewPerson[]
}

/**
 * Makes the organization and the people of one line: a JSON object with the members `organization`, a Card, and `people`, a
 * list of Cards, as `POST /v1/organizations` and its people would take them. Roles may name people of the line by their uid.
 * @throws Problem whatever those requests would, of all of them, and nothing is made
 */
export async function receive(directory: Directory, asker: Asker, line: string): Promise<number> {
  const { card, people } = arrivalFrom(line, directory.draft(asker).context.catalogue.tenant.language)
  await requireImages({ asker }, { directory }, card)
  const ids = people.flatMap(({ id }) => id ?? [])
  const create = (inside: Directory) =>
    inside.execute(asker, {
      lens: arrivals,
      target: 'new',
      ...(card.uid !== undefined && { id: uuidOf(card.uid) }),
      input: { card, people },
      permission: 'organizations.create',
    })
  if (ids.length === 0) await create(directory)
  else await directory.together((inside) => requireFree(inside, asker, ids).then(() => create(inside)))
  return people.length
}

function arrivalFrom(line: string, language: string): Arrival {
  const value = readJson(line)
  const { organization, people = [], ...others } = isJsonObject(value) ? value : { value }
  const unknown = Object.keys(others)
  if (unknown.length > 0 || !Array.isArray(people)) {
    const path = [unknown[0] ?? 'people']
    throw problem('body-invalid', { violations: [{ path, keyword: 'additionalProperties', params: {} }] })
  }
  const violations: Violation[] = []
  const card = readAt(['organization'], () => organizationCardFrom(organization, language), violations)
  const cards = people.map((one, at) => readAt(['people', at], () => personCardFrom(one), violations))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return {
    card,
    people: cards.map((card) => ({ ...(card.uid !== undefined && { id: uuidOf(card.uid) }), card })),
  }
}

/** The Card that stands there; what is wrong with it goes to `violations`, by its place in the line. */
function readAt(path: Violation['path'], read: () => Card, violations: Violation[]): Card {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem && error.is('body-invalid'))) throw error
    addAll(
      violations,
      error.facts.violations.map((one) => ({ ...one, path: [...path, ...one.path] })),
    )
    return {}
  }
}

/** @throws Problem key-taken */
async function requireFree(directory: Directory, asker: Asker, ids: readonly string[]): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const isTwice = ids.indexOf(id) < at
    if (isTwice || (await directory.homeOf(asker, { id })) !== undefined)
      throw problem('key-taken', { key: 'id', value: id, holder: id })
  }
}

/** The people first: the organization may name them. */
const arrivals: Lens<Arrival> = {
  name: 'arrivals',
  get: (dossier, context) => ({ card: organizationCard.get(dossier, context), people: [] }),
  put: (dossier, { card, people }, context) =>
    organizationCard.put(newPeople.put(dossier, people, context), card, context),
  echo: (view) => view,
  reads: { ...organizationCard.reads, person: newPeople.reads.person },
  writes: { ...organizationCard.writes, person: newPeople.writes.person },
  people: 'all',
}
