import type { ListedFiles } from '../../core/files.ts'

interface Sides {
  readonly from: ListedFiles
  readonly to: ListedFiles
}

/** Names of files that are listed at once. */
const LISTED_AT_ONCE = 100

/** Copies the files behind that one; files never change, so one that is copied twice is the same. */
export async function copyFiles(
  { from, to }: Sides,
  after: unknown,
  done: number,
  note: (after: string, done: number) => Promise<void>,
): Promise<void> {
  let count = done
  for await (const ids of listed(from, typeof after === 'string' ? after : '')) {
    for (const id of ids) {
      const bytes = await from.get(id)
      if (bytes !== undefined) await to.put(id, bytes)
    }
    count += ids.length
    await note(ids.at(-1) ?? '', count)
  }
}

/** The files whose bytes the target has otherwise. One that came after the others were copied is copied here. */
export async function differentFiles(
  { from, to }: Sides,
  tell: (done: number) => void,
): Promise<{ readonly count: number; readonly different: readonly string[] }> {
  const different: string[] = []
  let count = 0
  for await (const ids of listed(from, '')) {
    for (const id of ids) {
      const bytes = await from.get(id)
      if (bytes === undefined) continue
      count += 1
      if ((await to.get(id)) === undefined) await to.put(id, bytes)
      const copied = await to.get(id)
      if (copied === undefined || Buffer.compare(copied, bytes) !== 0) different.push(id)
    }
    tell(count)
  }
  return { count, different }
}

async function* listed(files: ListedFiles, from: string): AsyncGenerator<readonly string[]> {
  for (let after = from; ; ) {
    const ids = await files.ids(after, LISTED_AT_ONCE)
    if (ids.length === 0) return
    yield ids
    after = ids.at(-1) ?? ''
  }
}
