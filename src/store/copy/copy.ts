import { hash } from 'node:crypto'
import type { ListedFiles } from '../../core/files.ts'
import { copyFiles, differentFiles } from './copy-files.ts'
import { digestOf } from './digest.ts'
import type { Source, Target } from './port.ts'
import type { Cells, TableName } from './tables.ts'
import { keyOf, TABLE_NAMES } from './tables.ts'

/** What is being done, and how far it is. */
export interface Step {
  readonly doing: 'copying' | 'verifying'
  readonly what: TableName | 'files'
  readonly done: number
  /** Undefined for files, which are not counted before. */
  readonly of?: number
  readonly isDone: boolean
}

export type Tell = (step: Step) => void

export interface Copied {
  /** Rows of each table, and files. */
  readonly counts: Readonly<Record<TableName | 'files', number>>
}

/** How far a copy is: noted in the target with what was written until then. */
interface Mark {
  /** What tells the source from any other, and from itself once it has changed. */
  readonly source: string
  /** Where to go on; undefined when everything is copied. */
  readonly at?: TableName | 'files'
  /** Key of the last row that is copied, or the id of the last file. */
  readonly after?: Cells
  /** Rows of this table that are copied. */
  readonly done: number
}

/**
 * Copies everything of a directory, compares what both sides then hold, and gives the target free. Goes on where a copy of
 * the same source was cut off.
 * @throws Error when the target is not empty, the source has changed since the copying began, or the sides differ
 */
export async function copyAll(
  source: Source,
  target: Target,
  files: { readonly from: ListedFiles; readonly to: ListedFiles },
  tell: Tell,
): Promise<Copied> {
  const counts = await countsOf(source)
  const identity = await identityOf(source, counts)
  let mark = await markOf(target, identity)

  async function advance(next: Mark, table?: TableName, rows: readonly Cells[] = []): Promise<void> {
    const move = { before: JSON.stringify(mark), after: JSON.stringify(next) }
    await (table === undefined ? target.move(move) : target.put(table, rows, move))
    mark = next
  }

  for (const [at, table] of TABLE_NAMES.entries()) {
    if (mark.at !== table) continue
    let rows = await source.rows(table, mark.after)
    for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
      const after = keyOf(table, last)
      const done: number = mark.done + rows.length
      // What comes next is read while this is written.
      const written = advance({ source: identity, at: table, after, done }, table, rows)
      ;[rows] = await Promise.all([source.rows(table, after), written])
      tell({ doing: 'copying', what: table, done, of: counts[table], isDone: false })
    }
    tell({ doing: 'copying', what: table, done: mark.done, of: counts[table], isDone: true })
    await advance({ source: identity, at: TABLE_NAMES[at + 1] ?? 'files', done: 0 })
  }
  if (mark.at === 'files') {
    await copyFiles(files, mark.after?.[0], mark.done, async (after, done) => {
      await advance({ source: identity, at: 'files', after: [after], done })
      tell({ doing: 'copying', what: 'files', done, isDone: false })
    })
    tell({ doing: 'copying', what: 'files', done: mark.done, isDone: true })
    await advance({ source: identity, done: 0 })
  }
  const copied = await verify(source, target, files, counts, tell)
  await target.seal(JSON.stringify(mark))
  return copied
}

/** @throws Error that names every table whose content differs */
async function verify(
  source: Source,
  target: Target,
  files: { readonly from: ListedFiles; readonly to: ListedFiles },
  counts: Readonly<Record<TableName, number>>,
  tell: Tell,
): Promise<Copied> {
  const differences: string[] = []
  for (const table of TABLE_NAMES) {
    const of = counts[table] * 2
    const read = [0, 0]
    const note = (side: 0 | 1) => (count: number) => {
      read[side] = count
      tell({ doing: 'verifying', what: table, done: (read[0] ?? 0) + (read[1] ?? 0), of, isDone: false })
    }
    // Both at once: neither connection is idle for so long that a server would end it.
    const [from, to] = await Promise.all([digestOf(source, table, note(0)), digestOf(target, table, note(1))])
    if (from.count !== to.count) differences.push(`${table}: ${from.count} rows there, ${to.count} copied`)
    else if (from.digest !== to.digest) differences.push(`${table}: other content`)
    tell({ doing: 'verifying', what: table, done: of, of, isDone: true })
  }
  const { count, different } = await differentFiles(files, (done) =>
    tell({ doing: 'verifying', what: 'files', done, isDone: false }),
  )
  tell({ doing: 'verifying', what: 'files', done: count, isDone: true })
  for (const id of different) differences.push(`file ${id}: other content`)
  if (differences.length > 0) {
    throw new Error(
      `the copy is not what the source holds: empty the target and begin again\n${differences.join('\n')}`,
    )
  }
  return { counts: { ...counts, files: count } }
}

async function countsOf(source: Source): Promise<Readonly<Record<TableName, number>>> {
  const counted: [TableName, number][] = []
  for (const table of TABLE_NAMES) counted.push([table, await source.count(table)])
  return Object.fromEntries(counted) as Record<TableName, number>
}

/**
 * What is another one after every write of a record or a setting, and in every other directory. Objects that changed and
 * are as many as before are noticed when the sides are compared.
 */
async function identityOf(source: Source, counts: Readonly<Record<TableName, number>>): Promise<string> {
  const digests = []
  for (const table of ['settings', 'sequences'] as const)
    digests.push(await digestOf(source, table, () => {}))
  return hash('sha256', JSON.stringify([counts, digests, await source.lastEvent()]))
}

async function markOf(target: Target, source: string): Promise<Mark> {
  const text = await target.mark()
  if (text === undefined) {
    const [at = 'files'] = TABLE_NAMES
    const first: Mark = { source, at, done: 0 }
    await target.begin(JSON.stringify(first))
    return first
  }
  const mark = JSON.parse(text) as Mark
  if (mark.source !== source) {
    throw new Error(
      'a copy into it was begun from another source, or this one has changed since: empty the target and begin again',
    )
  }
  return mark
}
