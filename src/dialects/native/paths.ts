import { BASE_PATH } from './wire.ts'

/** The end of a path that names what is to be done with a resource. @see AIP-136 */
const CUSTOM = new RegExp(`^(${BASE_PATH}/.+):([a-z][A-Za-z]*)$`)

/** Where a custom method stands in the paths of routes: a colon there begins a parameter. */
const MARK = '/-/'

/** A path that no route has. */
const NOWHERE = `${BASE_PATH}/-`

/** A path as the routes spell it. What only they may write is nowhere. */
export function rewrite(path: string): string {
  if (path.includes(MARK)) return NOWHERE
  return path.replace(CUSTOM, `$1${MARK}$2`)
}

/** The path of a route for a custom method. */
export function customMethod(resource: string, method: string): string {
  return `${resource}${MARK}${method}`
}
