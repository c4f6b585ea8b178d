import { problem } from '../../core/problem.ts'
import { CHOICES } from './wire.ts'

/** Path prefixes of the API, without the stage. */
export const MOUNTS = ['/companies/v2', '/auth/v1', '/auth-rs/v2'] as const

/** The path without the deployment stage. @see specs/kare.md 1 */
export function canonicalPath(path: string): string {
  if (!path.startsWith(`${CHOICES.stage}/`)) return path
  const rest = path.slice(CHOICES.stage.length)
  return MOUNTS.some((mount) => rest === mount || rest.startsWith(`${mount}/`)) ? rest : path
}

export const ALL_MOUNTS = [...MOUNTS, CHOICES.stage] as const

/**
 * The ids of a path, by name. Any integer is one, whether something has it or not.
 * @throws Problem body-invalid naming each that is no integer within ±(2^53−1); route-not-found where one is left out
 * @see specs/kare.md 8 (13)
 */
export function readIds<Name extends string>(
  params: Readonly<Record<string, string>>,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  if (names.some((name) => params[name] === '')) throw problem('route-not-found', { path: '' })
  const violations = names
    .filter((name) => !isInteger(params[name] ?? ''))
    .map((name) => ({ path: [name], keyword: 'type', params: { expected: 'integer', actual: 'string' } }))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return Object.fromEntries(names.map((name) => [name, Number(params[name])])) as Record<Name, number>
}

function isInteger(text: string): boolean {
  return /^-?[0-9]+$/.test(text) && Number.isSafeInteger(Number(text))
}
