import type { Route } from '../dialect.ts'
import { contextRoutes } from './routes/context.ts'
import { contributorRoutes } from './routes/contributors.ts'
import { imageRoutes } from './routes/images.ts'
import { labelRoutes } from './routes/labels.ts'
import { memberRoutes } from './routes/members.ts'
import { withOptions } from './routes/options.ts'
import { organizerRoutes } from './routes/organizer.ts'
import { organizerImageRoutes } from './routes/organizer-images.ts'
import { organizerLabelRoutes } from './routes/organizer-labels.ts'
import { suggestionRoutes } from './routes/ownership-suggestions.ts'
import { ownershipRoutes } from './routes/ownerships.ts'
import { searchRoutes } from './routes/search.ts'

/** Every route; the order of the methods of one path is that of its `Allowed:` list. @see specs/uitdatabank.md 3.3 */
export const routes: readonly Route[] = withOptions([
  ...searchRoutes,
  ...organizerRoutes,
  ...memberRoutes,
  ...organizerImageRoutes,
  ...organizerLabelRoutes,
  ...contributorRoutes,
  ...imageRoutes,
  ...labelRoutes,
  ...contextRoutes,
  ...ownershipRoutes,
  ...suggestionRoutes,
])
