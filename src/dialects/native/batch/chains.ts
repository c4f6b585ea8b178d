import type { Request, Services } from '../../dialect.ts'
import { isJsonObject } from '../../kit/json.ts'
import { idIn as uuidIn } from '../lens/sent.ts'
import { keyIn } from '../routes/reading.ts'
import type { Operation } from './operations.ts'
import { idIn, nameIn } from './operations.ts'

/**
 * Which operations must keep their order: those about one organization, its people included, have the same text, by
 * whatever name each calls it.
 */
export async function chainsOf(
  operations: readonly Operation[],
  { asker }: Request,
  { directory }: Services,
): Promise<readonly string[]> {
  const chains: string[] = []
  /** Name or id of a person or an organization → the chain of the operation that makes it. */
  const made = new Map<string, string>()

  async function chainOf(operation: Operation, at: number): Promise<string> {
    const name = nameIn(operation)
    if (name !== undefined) return made.get(`$${name}`) ?? ''
    const id = idIn(operation).toLowerCase()
    const known = made.get(id)
    if (known !== undefined) return known
    if (id === '') return uidOf(operation) ?? `new ${at}`
    if (operation.path.startsWith('/people/')) return (await homeOf(id)) ?? `person ${id}`
    return (await organizationOf(id)) ?? `organization ${id}`
  }

  async function homeOf(id: string): Promise<string | undefined> {
    try {
      return (await directory.homeOf(asker, keyIn('person', id)))?.id
    } catch {
      return undefined
    }
  }

  async function organizationOf(text: string): Promise<string | undefined> {
    try {
      const key = keyIn('organization', text)
      if ('id' in key) return key.id
      const found = await directory.find(asker, { tenant: asker.tenant, ...key }, 'none')
      return found.dossier.organization.id
    } catch {
      // Its operations fail, or are all by this number.
      return undefined
    }
  }

  for (const [at, operation] of operations.entries()) {
    const chain = await chainOf(operation, at)
    chains.push(chain)
    const uid = operation.method === 'POST' ? uidOf(operation) : undefined
    if (uid !== undefined) made.set(uid, chain)
    if (operation.as !== undefined) made.set(`$${operation.as}`, chain)
  }
  return chains
}

/** The id that a writer has chosen. */
function uidOf({ body }: Operation): string | undefined {
  const uid = isJsonObject(body) ? body['uid'] : undefined
  return typeof uid === 'string' ? uuidIn(uid) : undefined
}
