import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ListedFiles } from '../core/files.ts'
import { problem } from '../core/problem.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Files in a folder, made when the first one comes: `folder/ab/abcdef01-…`. */
export function filesIn(folder: string): ListedFiles {
  return {
    async put(id, bytes) {
      const path = pathOf(folder, id)
      await write(folder, path, bytes).catch(tellUnavailable)
    },
    async get(id) {
      const path = pathOf(folder, id)
      return readFile(path).catch((error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? undefined : tellUnavailable(error),
      )
    },
    async delete(id) {
      const path = pathOf(folder, id)
      await rm(path, { force: true }).catch(tellUnavailable)
    },
    async ids(after, limit) {
      const found: string[] = []
      for (const shelf of await namesIn(folder)) {
        if (found.length >= limit) break
        if (shelf < after.slice(0, 2)) continue
        const ids = (await namesIn(join(folder, shelf))).filter((name) => UUID.test(name) && name > after)
        found.push(...ids)
      }
      return found.slice(0, limit)
    },
  }
}

/** In order; none where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR' ? [] : tellUnavailable(error),
  )
  return names.toSorted()
}

/** @throws Error for what is no UUID: a path is never made of what a client sent */
function pathOf(folder: string, id: string): string {
  if (!UUID.test(id)) throw new Error('the id of a file must be a UUID')
  return join(folder, id.slice(0, 2), id)
}

async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const shelf = dirname(path)
  const isNew = (await mkdir(shelf, { recursive: true })) !== undefined
  await writeWhole(path, bytes)
  await flush(shelf)
  if (isNew) await flush(folder)
}

/** Writes beside the place and moves there, so that nobody ever sees a part of it. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // Two processes may bring the same file: what one of them is not done with is not the other's.
  const unfinished = `${path}.${randomUUID()}.unfinished`
  try {
    const file = await open(unfinished, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Makes durable what a folder lists. Where a folder cannot be opened (Windows), the file system sees to it. */
async function flush(folder: string): Promise<void> {
  const listing = await open(folder, 'r').catch(() => undefined)
  try {
    await listing?.sync()
  } finally {
    await listing?.close()
  }
}

/** A full disk, a folder that is gone. @throws Problem store-unavailable */
function tellUnavailable({ code = 'failed' }: NodeJS.ErrnoException): never {
  throw problem('store-unavailable', { reason: `files: ${code}` })
}
