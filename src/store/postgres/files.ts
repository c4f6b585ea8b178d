import type { ListedFiles } from '../../core/files.ts'
import type { Connection } from './connections.ts'
import { openPool, reading } from './connections.ts'

/** Files come one at a time, and are large. */
const CONNECTIONS = 2

/** Files that all nodes share, beside the records. A file is written once: asking for it again does no harm. */
export function openPostgresFiles(url: string): { readonly files: ListedFiles; close(): void } {
  const pool = openPool(url, CONNECTIONS)
  return { files: filesOver(reading(pool)), close: () => void pool.end().catch(() => {}) }
}

export function filesOver({ run }: Connection): ListedFiles {
  return {
    async put(id, bytes) {
      await run(
        'insert into files (id, bytes) values ($1, $2) on conflict (id) do update set bytes = excluded.bytes',
        [id, Buffer.from(bytes)],
      )
    },
    async get(id) {
      const { rows } = await run('select bytes from files where id = $1', [id])
      const bytes = rows[0]?.['bytes']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
    async delete(id) {
      await run('delete from files where id = $1', [id])
    },
    async ids(after, limit) {
      const { rows } = await run('select id from files where id > $1 order by id limit $2', [after, limit])
      return rows.map((row) => String(row['id']))
    },
  }
}
