import type { DatabaseUrl } from './config.ts'
import type { ListedFiles } from './core/files.ts'
import { openFiles } from './files/index.ts'
import type { Copied, Step, Tell } from './store/copy/copy.ts'
import { copyAll } from './store/copy/copy.ts'
import { nameOf, openSource, openTarget } from './store/index.ts'

/**
 * Copies a directory as it is at one moment, with its files, to an empty place of any engine, or goes on where that was cut
 * off. What servers write to it meanwhile is not copied.
 * @throws Error
 */
export async function copyDirectory(from: DatabaseUrl, to: DatabaseUrl, tell: Tell): Promise<Copied> {
  const source = await openSource(from)
  try {
    const target = await openTarget(to)
    try {
      const files = { from: source.files ?? filesBeside(from), to: target.files ?? filesBeside(to) }
      return await copyAll(source, target, files, tell)
    } catch (error) {
      throw new Error(`database ${nameOf(to)}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

function filesBeside(database: DatabaseUrl): ListedFiles {
  if (database.engine === 'postgres') throw new Error('files of PostgreSQL are in the database')
  return openFiles(database).files
}

/** Columns that a bar takes. */
const BAR = 30

/**
 * Tells how far a copy is: by a bar that moves on a terminal, else by a line when each step is done.
 * @param write to the terminal, or wherever standard error goes
 */
export function createProgress(isTerminal: boolean, write: (text: string) => void): Tell {
  return (step) => {
    if (isTerminal) write(`\r\u001b[K${barOf(step)}${lineOf(step)}${step.isDone ? '\n' : ''}`)
    else if (step.isDone) write(`${lineOf(step)}\n`)
  }
}

function lineOf({ doing, what, done, of }: Step): string {
  return `${doing} ${what}: ${done}${of === undefined ? '' : ` of ${of}`}`
}

function barOf({ done, of, isDone }: Step): string {
  if (of === undefined) return ''
  const filled = isDone ? BAR : Math.min(BAR - 1, Math.floor((done / Math.max(of, 1)) * BAR))
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] `
}
