import { facetOf } from '../lens/facet.ts'
import { listsOf } from '../lens/lists.ts'
import { EMPTY_DATE, utcDate } from '../wire/dates.ts'
import { textIn } from '../wire/texts.ts'
import type { ContactColumn, ContactRow } from './contact-row.ts'
import { entryCell } from './contact-row.ts'
import { KIND } from './kinds.ts'
import { orderByFlag, orderByMeaning, orderByText } from './orders.ts'
import { byConstant, byFlag, byId, byText } from './searches.ts'

export function text(
  name: string,
  kind: string,
  of: (row: ContactRow) => string | undefined | readonly string[],
  shown = (row: ContactRow) => String(of(row) ?? ''),
): ContactColumn {
  const textsOf = (row: ContactRow) => [of(row) ?? []].flat() as readonly string[]
  return {
    name,
    cell: (row) => ({ shown: shown(row) }),
    search: byText([kind], textsOf),
    order: orderByText(kind, textsOf),
  }
}

export function flag(name: string, kind: string, isSet: (row: ContactRow) => boolean): ContactColumn {
  return {
    name,
    cell: (row) => ({ shown: isSet(row) }),
    search: byFlag(kind, isSet),
    order: orderByFlag(kind, isSet),
  }
}

/** An entry of a list, shown as its text and found by its id. */
export function entry(name: 'category' | 'business'): ContactColumn {
  const idOf = ({ organization }: ContactRow) => facetOf(organization)[name]
  const textOf = (row: ContactRow) => listsOf(row.context.catalogue).entry(name, idOf(row) ?? 0)?.Value ?? ''
  return {
    name,
    cell: (row) => entryCell(row, textOf(row), idOf(row)),
    search: byId(KIND[name], 'list', (row) => [idOf(row) ?? 0]),
    order: orderByMeaning(
      [KIND[name]],
      (row) => textIn(textOf(row), row.context.language),
      ({ catalogue, language }) => {
        const entries = listsOf(catalogue).ranked(name)
        const texts = entries.map(({ Id, Value }) => [String(Id), textIn(Value, language)] as const)
        return { of: new Map(texts), others: '', none: '' }
      },
    ),
  }
}

export function constant(name: string, value: boolean | number): ContactColumn {
  return {
    name,
    cell: () => ({ shown: value }),
    search: byConstant(typeof value === 'boolean' ? 'bool' : 'int', value),
  }
}

export function noDate(name: string): ContactColumn {
  return {
    name,
    cell: ({ context }) => ({ shown: utcDate(EMPTY_DATE, context.timeZone) }),
    search: byConstant('date', Date.parse(`${EMPTY_DATE}Z`)),
  }
}
