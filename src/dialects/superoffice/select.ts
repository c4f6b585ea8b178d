import { EMPTY_DATE, localDate, utcDate } from './wire/dates.ts'

/** Lower-case names of the members that a client asked for; undefined when it asked for all. */
export type Selection = ReadonlySet<string> | undefined

/** Dates, by how they are shown. */
const DATES: Readonly<Record<string, typeof localDate>> = {
  UpdatedDate: utcDate,
  CreatedDate: utcDate,
  DbiLastSyncronized: localDate,
  DbiLastModified: localDate,
}

/** @param value of `$select`: names in any case; of a path, the first name counts. @see specs/superoffice.md 3.4 */
export function readSelection(value: string | undefined): Selection {
  if (value === undefined) return undefined
  const names = value.split(',').map((name) => name.split('/', 1)[0]?.trim().toLowerCase() ?? '')
  const asked = names.filter((name) => name !== '')
  return asked.length === 0 ? undefined : new Set(asked)
}

/** The entity with every member nulled out that was not asked for; the keys stay, and so does ContactId. */
export function selected(
  entity: Readonly<Record<string, unknown>>,
  selection: ReadonlySet<string>,
  timeZone: string | undefined,
): Readonly<Record<string, unknown>> {
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(entity)) {
    const isAsked = name === 'ContactId' || selection.has(name.toLowerCase())
    kept[name] = isAsked ? entity[name] : blankOf(name, entity[name], timeZone)
  }
  return kept
}

/** What can not be null in the vendor's types is blank. */
function blankOf(name: string, value: unknown, timeZone: string | undefined): unknown {
  if (typeof value === 'number') return 0
  if (typeof value === 'boolean') return false
  return DATES[name]?.(EMPTY_DATE, timeZone) ?? null
}
