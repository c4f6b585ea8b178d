import type { IndexChange, Indexer, IndexRow } from './index-rows.ts'
import { rowsOf, rowsOfPerson } from './index-rows.ts'
import type { Organization } from './organization.ts'
import type { Reader, Stock, Store } from './store.ts'

/** What a walk along all organizations needs. */
export interface Walking {
  readonly store: Store
  readonly indexers: readonly Indexer[]
  /** What the rows of these indexers are called. */
  readonly form: string
  /** Names the process. */
  readonly walker: string
  /** UTC, milliseconds. */
  readonly now: () => string
}

export interface Walked {
  /** Organizations. */
  readonly looked: number
  /** Those that had other rows than are due. */
  readonly changed: number
}

export interface Step extends Walked {
  /** `elsewhere` while another process is on the way. */
  readonly state: 'done' | 'walking' | 'elsewhere'
}

type Place = Pick<Organization, 'tenant' | 'id'>

/** What is stored beside the records: the form that all rows have, and how far a walk to another one has come. */
interface Progress {
  readonly form?: string
  readonly walk?: {
    readonly form: string
    readonly after?: Place
    readonly walker: string
    readonly at: string
  }
}

const TENANT = ''
const KIND = 'index'
const ID = 'form'

/** Organizations of one step: some milliseconds. */
const AT_ONCE = 20

/** After this a walk of which nothing was heard is taken over. */
const LOST_AFTER_MS = 60_000

/**
 * Makes up for what a load of many records has left for later; else gives the next organizations the rows that are due, in a transaction of its own, and notes how far it came: whoever asks
 * next, in whatever process, goes on from there. Does nothing where all rows have the form.
 */
export async function reindexNext({ store, indexers, form, walker, now }: Walking): Promise<Step> {
  const madeUp = await store.makeUp()
  if (madeUp.state !== 'done') return { ...madeUp, changed: madeUp.looked }
  const progress = await store.read(progressOf)
  if (progress.form === form) return { state: 'done', looked: 0, changed: 0 }
  if (isElsewhere(progress, form, walker, now())) return { state: 'elsewhere', looked: 0, changed: 0 }
  const after = progress.walk?.form === form ? progress.walk.after : undefined
  const suspects = await store.read(async (reader) =>
    (await reader.inventory(after, AT_ONCE)).filter((stock) => indexChangeOf(stock, indexers) !== undefined),
  )
  return store.transact(async (transactor) => {
    const current = await progressOf(transactor)
    if (current.walk?.at !== progress.walk?.at || isElsewhere(current, form, walker, now()))
      return { state: 'elsewhere', looked: 0, changed: 0 }
    const stocks = await transactor.inventory(after, AT_ONCE)
    // Whoever wrote meanwhile made all rows of what they wrote.
    for (const { organization } of suspects) {
      const stock = stocks.find((one) => one.organization.id === organization.id)
      const change = stock && indexChangeOf(stock, indexers)
      if (change !== undefined) await transactor.saveIndex(organization, change)
    }
    const last = stocks.at(-1)?.organization
    const isDone = stocks.length < AT_ONCE
    const value: Progress =
      isDone || last === undefined
        ? { form }
        : {
            ...(progress.form !== undefined && { form: progress.form }),
            walk: { form, after: { tenant: last.tenant, id: last.id }, walker, at: now() },
          }
    await transactor.saveObject(TENANT, { kind: KIND, id: ID, about: '', value })
    return { state: isDone ? 'done' : 'walking', looked: stocks.length, changed: suspects.length }
  })
}

/** Makes the walk begin anew, whatever form the rows have, and be this process's. */
export async function beginReindexing({ store, form, walker, now }: Walking): Promise<void> {
  const value: Progress = { walk: { form, walker, at: now() } }
  await store.transact((transactor) =>
    transactor.saveObject(TENANT, { kind: KIND, id: ID, about: '', value }),
  )
}

async function progressOf(reader: Reader): Promise<Progress> {
  return ((await reader.object(TENANT, KIND, ID))?.value ?? {}) as Progress
}

function isElsewhere({ walk }: Progress, form: string, walker: string, now: string): boolean {
  if (walk === undefined || walk.form !== form || walk.walker === walker) return false
  return Date.parse(now) - Date.parse(walk.at) < LOST_AFTER_MS
}

/** What the rows of an organization and its people lack, and what they have too many; undefined when they are as they should be. */
export function indexChangeOf(stock: Stock, indexers: readonly Indexer[]): IndexChange | undefined {
  const { organization, people, rows } = stock
  const due = [
    ...rowsOf(indexers, organization),
    ...people.flatMap((person) => rowsOfPerson(indexers, person)),
  ]
  const isIn = (all: readonly IndexRow[]) => {
    const names = new Set(all.map(nameOf))
    return (row: IndexRow) => names.has(nameOf(row))
  }
  const [isStored, isDue] = [isIn(rows), isIn(due)]
  const added = due.filter((row) => !isStored(row))
  const removed = rows.filter((row) => !isDue(row))
  return added.length + removed.length === 0 ? undefined : { added, removed }
}

function nameOf({ kind, key, part }: IndexRow): string {
  return `${kind}\n${part}\n${key}`
}
