import type { TestContext } from 'node:test'
import type { Store } from '../../core/store.ts'
import { openPostgres } from '../postgres/index.ts'
import { newSchema } from './open-store.ts'

/** A node that is closed when the test ends. */
export async function openNode(context: TestContext, url: string): Promise<Store> {
  const store = await openPostgres(url, true)
  context.after(() => store.close())
  return store
}

/** Two nodes that started at once on a database with nothing in it. */
export async function openNodes(context: TestContext, server: { readonly url: string }) {
  const url = await newSchema(server.url)
  const [one, other] = await Promise.all([openNode(context, url), openNode(context, url)])
  return { url, one, other }
}
