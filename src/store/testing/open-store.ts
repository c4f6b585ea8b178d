import { randomUUID } from 'node:crypto'
import type { Store } from '../../core/store.ts'
import { openPostgres } from '../postgres/index.ts'
import { openSqlite } from '../sqlite/index.ts'
import { query } from './postgres-server.ts'

/**
 * An empty store of its own: of SQLite, or where `POLYDEX_TEST_DATABASE` names a database of PostgreSQL, a schema in there.
 * Whoever started that server removes it.
 */
export async function openTestStore(): Promise<Store> {
  const { POLYDEX_TEST_DATABASE: url = '' } = process.env
  return url === '' ? openSqlite(':memory:', true) : openPostgres(await newSchema(url), true)
}

/** The URL of a schema that is there for nobody else. */
export async function newSchema(url: string): Promise<string> {
  const schema = `s${randomUUID().replaceAll('-', '')}`
  await query(url, `create schema ${schema}`)
  const apart = new URL(url)
  apart.searchParams.set('options', `-c search_path=${schema}`)
  // Of a plus, the driver makes no space.
  return apart.href.replaceAll('+', '%20')
}
