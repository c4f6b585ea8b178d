import { isSame } from './dossier.ts'
import type { Event } from './event.ts'
import type { Indexer, IndexRow } from './index-rows.ts'
import { rowsOf, rowsOfPerson } from './index-rows.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import { partOf } from './reversal.ts'
import type { Reader, Stock } from './store.ts'

/** What was looked at, and where it contradicts itself. */
export interface Verified {
  readonly organizations: number
  readonly people: number
  readonly events: number
  /** Organizations that searches may miss until their index is made up: no contradiction. */
  readonly owed: number
  /** In words, each beginning with the record; the first of them when there are very many. */
  readonly contradictions: readonly string[]
}

/** Contradictions that are told; the rest are as many more of the same. */
const TOLD_AT_MOST = 1_000
const STOCK_AT_ONCE = 200
const EVENTS_AT_ONCE = 1_000

/**
 * Whether every record is what its events made of it, has the index rows that are due, and can be shown.
 * @param show looks at a record as every API does; gives what went wrong
 */
export async function verify(
  reader: Reader,
  indexers: readonly Indexer[],
  show: (stock: Stock) => readonly string[],
): Promise<Verified> {
  const contradictions: string[] = []
  const tell = (found: readonly string[]) => {
    contradictions.push(...found.slice(0, TOLD_AT_MOST - contradictions.length))
  }
  let organizations = 0
  let people = 0
  let versions = 0
  let last: Organization | undefined
  for (;;) {
    const stocks = await reader.inventory(last, STOCK_AT_ONCE)
    for (const stock of stocks) {
      for (const record of [stock.organization, ...stock.people]) {
        versions += record.version
        const past = async () => contradictionsOf(record, await reader.history(record.tenant, record.id))
        tell(await examined(record, past))
      }
      tell(await examined(stock.organization, () => indexContradictions(stock, indexers)))
      tell(show(stock))
      organizations += 1
      people += stock.people.length
    }
    last = stocks.at(-1)?.organization
    if (stocks.length < STOCK_AT_ONCE) break
  }
  const log = await readLog(reader)
  tell(log.contradictions)
  if (log.ofRecords !== versions)
    tell([`the log has ${log.ofRecords} events of records, the records have ${versions} versions`])
  return { organizations, people, events: log.events, owed: await reader.owed(), contradictions }
}

/** What a look at a record finds, also where what is stored of it is nothing that could be written. */
async function examined(
  record: Organization | Person,
  look: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    return await look()
  } catch (error) {
    return [`${nameOf(record)}: cannot be examined (${(error as Error).message})`]
  }
}

/** A record is what its events made of it, one version each. */
export function contradictionsOf(record: Organization | Person, events: readonly Event[]): readonly string[] {
  const name = nameOf(record)
  const faults: string[] = []
  if (events.length !== record.version)
    faults.push(`${name}: version ${record.version}, ${events.length} events`)
  const parts: Record<string, unknown> = {}
  for (const [at, event] of events.entries()) {
    if (event.version !== at + 1) faults.push(`${name}: event ${at + 1} has version ${event.version}`)
    for (const [part, [before, after]] of Object.entries(event.parts)) {
      const isContinued = !(part in parts) || isSame(present(parts[part]), present(before))
      if (!isContinued) faults.push(`${name}: version ${event.version} did not find ${part} as it was left`)
      parts[part] = after
    }
  }
  for (const [part, value] of Object.entries(parts)) {
    if (!isSame(present(value), present(partOf(record, part)))) faults.push(`${name}: ${part} has no event`)
  }
  return faults
}

function indexContradictions(
  { organization, people, rows }: Stock,
  indexers: readonly Indexer[],
): readonly string[] {
  const due = [
    ...rowsOf(indexers, organization),
    ...people.flatMap((person) => rowsOfPerson(indexers, person)),
  ]
  const texts = (all: readonly IndexRow[]) =>
    all.map(({ kind, key, part }) => JSON.stringify([kind, key, part])).sort()
  return isSame(texts(rows), texts(due)) ? [] : [`${nameOf(organization)}: other index rows`]
}

interface Log {
  readonly events: number
  /** Those that are about organizations and people; the others tell who may do what. */
  readonly ofRecords: number
  readonly contradictions: readonly string[]
}

/** Goes through the whole log. Each principal and each role has versions without gaps, as each record has. */
async function readLog(reader: Reader): Promise<Log> {
  const contradictions: string[] = []
  const versions = new Map<string, number>()
  let [events, ofRecords, last] = [0, 0, 0]
  for (;;) {
    const found = await reader.events(last, EVENTS_AT_ONCE)
    for (const { recordKind, tenant, record, version } of found) {
      if (recordKind !== 'principal' && recordKind !== 'role') {
        ofRecords += 1
        continue
      }
      const name = JSON.stringify([tenant, record])
      const due = (versions.get(name) ?? 0) + 1
      if (version !== due) contradictions.push(`${record}: event ${due} has version ${version}`)
      versions.set(name, version)
    }
    events += found.length
    last = found.at(-1)?.seq ?? last
    if (found.length < EVENTS_AT_ONCE) return { events, ofRecords, contradictions }
  }
}

function nameOf({ kind, number }: Organization | Person): string {
  return `${kind} ${number}`
}

/** JSON has no undefined: in an event, absent is null. */
function present(value: unknown): unknown {
  return value ?? undefined
}
