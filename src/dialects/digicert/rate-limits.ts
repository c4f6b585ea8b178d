import type { Catalogue } from '../../core/principal.ts'
import { isRateLimits, RATE_LIMITS_FORM, rateLimitsIn } from '../kit/rate-windows.ts'
import { CHOICES } from './wire.ts'

/** The windows that the catalogue `digicert` names, else the vendor's own. @see specs/digicert.md 1.4 */
export const rateLimitsOf = rateLimitsIn('digicert', CHOICES.rateLimits)

/** What is wrong with the catalogue `digicert` of a tenant. */
export function mistakesInCatalogue({ digicert }: Catalogue['lists']): readonly string[] {
  if (digicert === undefined) return []
  if (typeof digicert !== 'object' || digicert === null) return ['digicert is no object']
  const { rateLimits, ...others } = digicert as Readonly<Record<string, unknown>>
  return [
    ...Object.keys(others).map((name) => `digicert.${name} means nothing`),
    ...(rateLimits === undefined || isRateLimits(rateLimits)
      ? []
      : [`digicert.rateLimits is not ${RATE_LIMITS_FORM}`]),
  ]
}
