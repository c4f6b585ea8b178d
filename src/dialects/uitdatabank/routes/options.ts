import type { Route } from '../../dialect.ts'
import { keyOf } from './organizer-key.ts'

/**
 * The routes, each path with its OPTIONS last. A preflight has been answered before; a plain OPTIONS needs a token, and
 * the organizer that it names. @see specs/uitdatabank.md 0
 */
export function withOptions(routes: readonly Route[]): readonly Route[] {
  const paths = [...new Set(routes.map(({ path }) => path))]
  return [...routes, ...paths.map(optionsOf)]
}

function optionsOf(path: string): Route {
  return {
    method: 'OPTIONS',
    path,
    access: 'required',
    handle: async (request, { directory }) => {
      if (path.includes(':organizerId')) await directory.find(request.asker, keyOf(request), 'none')
      return { status: 204 }
    },
  }
}
