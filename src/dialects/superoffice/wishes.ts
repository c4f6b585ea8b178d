import type { RequestHead, Wishes } from '../dialect.ts'
import { languageOf } from './wire/texts.ts'
import { timeZoneOf } from './wire/time-zones.ts'

/** In which language and time zone a client wants to be answered. @see specs/superoffice.md 3.6 */
export function wishesOf({ headers }: RequestHead): Wishes {
  const language = languageOf(headers)
  const timeZone = timeZoneOf(headers['so-timezone'])
  return { ...(language !== undefined && { language }), ...(timeZone !== undefined && { timeZone }) }
}
