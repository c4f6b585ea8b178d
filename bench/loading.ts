import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { lineOf } from './directory.ts'
import type { Server } from './operations.ts'
import { start } from './processes.ts'

/** As `npm start` runs it. */
const FLAGS = ['--max-semi-space-size=8']

/** The server on a database file. @param flags of Node, besides */
export function serve(file: string, flags: readonly string[] = []): Promise<Server> {
  const database = `sqlite:${file}`
  const options = ['--demo', '--port', '0', '--log-level', 'error', '--database', database]
  return start([...FLAGS, ...flags, 'src/main.ts', 'serve', ...options])
}

/** Brings so many organizations into a database that was served before; gives how many a second. */
export async function load(file: string, size: number, flags: readonly string[] = []): Promise<number> {
  const args = [...flags, 'src/main.ts', 'import', '-', '--user', 'demo', '--database', `sqlite:${file}`]
  const importing = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = once(importing, 'exit')
  const begun = performance.now()
  for (let at = 0; at < size; at += 1) {
    if (!importing.stdin.write(`${lineOf(at)}\n`)) await once(importing.stdin, 'drain')
  }
  importing.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`the import exited with ${code}`)
  return size / ((performance.now() - begun) / 1_000)
}
