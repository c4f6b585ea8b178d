import { Mistakes } from './config.ts'
import type { Known } from './core/known.ts'
import { createKnown } from './core/known.ts'
import type { Principal } from './core/principal.ts'
import type { Store } from './core/store.ts'

/** In whose name a command acts, with all that is known of principals. @throws Mistakes when nobody is called so */
export async function actorIn(
  store: Store,
  user: string,
): Promise<{ readonly known: Known; readonly principal: Principal }> {
  const known = createKnown()
  await store.read((reader) => known.follow(reader))
  const principal = known.principal(user)
  if (principal === undefined || principal.state !== undefined)
    throw new Mistakes([`there is no principal ${user}`])
  return { known, principal }
}
