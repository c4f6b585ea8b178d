import type { Route } from '../../dialect.ts'
import { contactRoutes } from './contact.ts'

/** Every route; a group of them in each file beside this one. */
export const routes: readonly Route[] = [...contactRoutes]
