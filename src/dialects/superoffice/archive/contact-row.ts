import type { ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import { textIn } from '../wire/texts.ts'
import type { Cell, Column } from './column.ts'

/** A contact as its reader may see it. */
export interface ContactRow {
  readonly organization: Organization
  /** Those in a role, where a column asks for them. */
  readonly people: readonly Person[]
  readonly context: ViewContext
}

export type ContactColumn = Column<ContactRow>

/** An entry of a list: its text in the reader's language, and its id. */
export function entryCell({ context }: ContactRow, text: string | undefined, id: number | undefined): Cell {
  return { shown: textIn(text ?? '', context.language), raw: id ?? 0 }
}
