import type { Reply, Request, Route, Services } from '../../dialect.ts'
import type { RowPage } from '../archive/answer.ts'
import { listReply } from '../archive/answer.ts'
import { columnsOf } from '../archive/column.ts'
import type { Options } from '../archive/options.ts'
import { readOptions } from '../archive/options.ts'
import { comparison } from '../archive/order.ts'
import type { PersonRow } from '../archive/person-columns.ts'
import { PERSON_COLUMNS } from '../archive/person-columns.ts'
import type { Provider } from '../archive/rows.ts'
import { holds } from '../filter/filter.ts'
import { contact } from '../lens/contact.ts'
import { keyOf } from '../paths.ts'
import { optionIn } from '../query.ts'
import { rightsOf } from '../rights.ts'

const CONTACT = '/api/v1/contact/:id'

/** Entities of what is not kept here, by the list that would show them. @see specs/superoffice.md 2.5 */
const EMPTY_LISTS = {
  activities: 'appointment',
  appointments: 'appointment',
  documents: 'document',
  projects: 'project',
  sales: 'sale',
  relations: 'relation',
  tickets: 'ticket',
} as const

/** What belongs to one contact. */
export const subListRoutes: readonly Route[] = [
  { method: 'GET', path: `${CONTACT}/persons`, access: 'required', handle: listPersons },
  ...Object.entries(EMPTY_LISTS).map(
    ([list, entity]): Route => ({
      method: 'GET',
      path: `${CONTACT}/${list}`,
      access: 'required',
      handle: (request, services) => listNothing(entity, request, services),
    }),
  ),
]

const person: Provider<PersonRow> = {
  entity: 'person',
  keyOf: ({ card }) => card.PersonId,
  rightsOf: ({ context }) => rightsOf(context.grant, context).TableRight,
}

async function listPersons(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker, query } = request
  const { dossier, context } = await directory.find(asker, keyOf(asker.tenant, request.params['id']), 'all')
  const moment = { now: Date.parse(now()), me: asker.principal?.number ?? 0 }
  const options = readOptions(query, PERSON_COLUMNS, person.entity, moment)
  const cards = contact.get(dossier, context).Persons
  const rows = dossier.people.flatMap((one, at) => {
    const card = cards[at]
    return card === undefined ? [] : [{ person: one, card, context }]
  })
  return listReply(request, person, options, pageOf(rows, options))
}

/** Nothing of the kind is kept here; whatever is asked of it, there is none. */
async function listNothing(entity: string, request: Request, { directory }: Services): Promise<Reply> {
  const { asker, query } = request
  await directory.find(asker, keyOf(asker.tenant, request.params['id']), 'none')
  const provider: Provider<never> = { ...person, entity, keyOf: () => 0 }
  const options = readOptions(withoutColumns(query), NO_COLUMNS, entity, { now: 0, me: 0 })
  return listReply(request, provider, options, {
    rows: [],
    hasMore: false,
    ...(options.isTotalled && { total: 0 }),
  })
}

const NO_COLUMNS = columnsOf<never>([])

const OF_COLUMNS = ['$select', '$filter', '$orderby']

/** Their columns are not known here. */
function withoutColumns(query: string): string {
  const pairs = query.split('&')
  return pairs.filter((pair) => OF_COLUMNS.every((name) => optionIn(pair, name) === undefined)).join('&')
}

function pageOf<Row>(rows: readonly Row[], options: Options<Row>): RowPage<Row> {
  const { filter, orders, skip, top, isEntityAsked, isTotalled } = options
  const found = isEntityAsked ? rows.filter((row) => holds(filter, row)).sort(comparison(orders)) : []
  return {
    rows: found.slice(skip, skip + top),
    hasMore: found.length > skip + top,
    ...(isTotalled && { total: found.length }),
  }
}
