import { refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { listItems, listNamed, mdoItems } from '../lens/mdo.ts'
import { translatedInterests } from '../lens/translations.ts'
import { carrierReply } from '../replies.ts'
import { textIn } from '../wire/texts.ts'

/** The lists that contacts choose from. @see specs/superoffice.md 1.12, 6 */
export const mdoRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/mdolist/:list', access: 'required', handle: showMdoList },
  { method: 'GET', path: '/api/v1/list/:list/items', access: 'required', handle: showItems },
]

async function showMdoList(request: Request, { directory }: Services): Promise<Reply> {
  const { context } = directory.draft(request.asker)
  const items = mdoItems(context.catalogue, listOf(request))
  const shown = translatedInterests(items, context.language, context.timeZone)
  return carrierReply('ArrayOfMDOListItem', shown, request.headers)
}

async function showItems(request: Request, { directory }: Services): Promise<Reply> {
  const { context } = directory.draft(request.asker)
  const items = listItems(context.catalogue, listOf(request))
  const shown = items.map((item) => translated(item, context.language))
  return carrierReply('ArrayOfListItem', shown, request.headers)
}

/** @throws Problem refused (list-unknown) */
function listOf({ params }: Request) {
  const name = params['list'] ?? ''
  const list = listNamed(name)
  if (list === undefined) throw refused('list-unknown', { name })
  return list
}

const TEXTS = new Set(['Name', 'Value', 'Tooltip'])

function translated(item: object, language: string | undefined): object {
  if (language === undefined) return item
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      TEXTS.has(name) && typeof value === 'string' ? textIn(value, language) : value,
    ]),
  )
}
