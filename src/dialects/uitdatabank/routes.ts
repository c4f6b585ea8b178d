import type { Route } from '../dialect.ts'
import { memberRoutes } from './routes/members.ts'
import { organizerRoutes } from './routes/organizer.ts'

/** Every route; the order of the methods of one path is that of its `Allowed:` list. @see specs/uitdatabank.md 3.3 */
export const routes: readonly Route[] = [...organizerRoutes, ...memberRoutes]
