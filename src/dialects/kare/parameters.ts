import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'

/** A query string, and a place for what is wrong with it. */
export interface Asked {
  readonly parameters: URLSearchParams
  /** Gives undefined, so that a reader can return it. */
  readonly wrong: (path: Violation['path'], keyword: string, params?: Violation['params']) => undefined
}

/** What `read` makes of a query string. @throws Problem body-invalid naming each wrong parameter */
export function readQuery<T>(query: string, read: (asked: Asked) => T): T {
  const violations: Violation[] = []
  const result = read({
    parameters: new URLSearchParams(query),
    wrong: (path, keyword, params = {}) => {
      violations.push({ path, keyword, params })
      return undefined
    },
  })
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return result
}

/** The first value; an empty text is none. */
export function readText({ parameters }: Asked, name: string): string | undefined {
  return parameters.get(name) || undefined
}

export interface Bounds {
  readonly from: number
  readonly to: number
}

const SAFE: Bounds = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

export function readInteger(
  { parameters, wrong }: Asked,
  name: string,
  { from, to }: Bounds = SAFE,
): number | undefined {
  const text = parameters.get(name)
  if (text === null) return undefined
  if (!/^-?\d+$/.test(text)) return wrong([name], 'type', { expected: ['integer'], actual: 'string' })
  if (Number(text) < from) return wrong([name], 'minimum', { limit: from })
  if (Number(text) > to) return wrong([name], 'maximum', { limit: to })
  return Number(text)
}

/** `true` or `false`, false unless told. */
export function readBoolean({ parameters, wrong }: Asked, name: string): boolean {
  const text = parameters.get(name) ?? 'false'
  if (text !== 'true' && text !== 'false') wrong([name], 'type', { expected: ['boolean'], actual: 'string' })
  return text === 'true'
}

/** Repeated, as `name[]`, `name[0]`, or with commas in between. */
export function readNames<Name extends string>(
  { parameters, wrong }: Asked,
  name: string,
  known: readonly Name[],
): ReadonlySet<Name> {
  const isKnown = (value: string): value is Name => known.some((one) => one === value)
  const values = [...parameters]
    .filter(([given]) => given.startsWith(name) && /^(\[\d*\])?$/.test(given.slice(name.length)))
    .flatMap(([, value]) => value.split(','))
  for (const value of values) if (!isKnown(value)) wrong([name], 'enum', { values: known })
  return new Set(values.filter(isKnown))
}
