import type { Route } from '../../dialect.ts'
import { contactAgentRoutes } from '../agents/contact-agent.ts'
import { contactRoutes } from './contact.ts'
import { contactServiceRoutes } from './contact-services.ts'
import { discoveryRoutes } from './discovery.ts'
import { duplicateRoutes } from './duplicates.ts'
import { fieldRoutes } from './fields.ts'
import { imageRoutes } from './image.ts'
import { listRoutes } from './lists.ts'
import { mdoRoutes } from './mdo.ts'
import { mergeRoutes } from './merge.ts'
import { sessionRoutes } from './session.ts'
import { subListRoutes } from './sub-lists.ts'

/** Every route; a group of them in each file beside this one. */
export const routes: readonly Route[] = [
  ...listRoutes,
  ...contactRoutes,
  ...contactServiceRoutes,
  ...subListRoutes,
  ...duplicateRoutes,
  ...mergeRoutes,
  ...mdoRoutes,
  ...fieldRoutes,
  ...imageRoutes,
  ...sessionRoutes,
  ...discoveryRoutes,
  ...contactAgentRoutes,
]
