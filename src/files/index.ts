import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ListedFiles } from '../core/files.ts'
import { filesIn } from './folder.ts'

export interface OpenFiles {
  readonly files: ListedFiles
  close(): void
}

/** The files that belong to a database: in `files` beside it, or in a temporary folder that `close` removes. */
export function openFiles({ path }: { readonly path: string }): OpenFiles {
  if (path !== ':memory:') return { files: filesIn(join(dirname(path), 'files')), close: () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'polydex-files-'))
  return { files: filesIn(folder), close: () => rmSync(folder, { recursive: true, force: true }) }
}
