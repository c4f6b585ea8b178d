import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders = new Set<string>()

/** A temporary folder of this process alone, which goes with it however the process exits, unless it is killed. */
export function makePrivateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-'))
  if (folders.size === 0) process.on('exit', removeAll)
  folders.add(folder)
  return folder
}

export function removePrivateFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
  if (folders.size === 0) process.off('exit', removeAll)
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
