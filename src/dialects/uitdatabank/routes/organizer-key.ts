import { Problem } from '../../../core/problem.ts'
import type { Request, Services } from '../../dialect.ts'

export function idOf({ params }: Request): string {
  return params['organizerId'] ?? ''
}

/** The organizer that a path names. */
export function keyOf(request: Request) {
  return { tenant: request.asker.tenant, id: idOf(request) }
}

/** What `read` gives; of a bad body, that the organizer does not exist is told first. @see specs/uitdatabank.md 0 */
export async function afterOrganizer<T>(
  request: Request,
  { directory }: Services,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read()
  } catch (fault) {
    await directory.find(request.asker, keyOf(request), 'none').catch((other: unknown) => {
      if (other instanceof Problem && other.is('not-found')) throw other
    })
    throw fault
  }
}
