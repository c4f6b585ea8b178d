import type { Violation } from '../../core/problem.ts'

/** One fault of a body or query. The codes are those of zod, which the original validates with. @see specs/kare.md 5 */
export interface Detail {
  readonly path: Violation['path']
  readonly code: string
  readonly message: string
}

export function detailOf({ path, keyword, params }: Violation): Detail {
  const { code, message } = (TERMS[keyword] ?? OTHER)(params)
  return { path, code, message }
}

interface Term {
  readonly code: string
  readonly message: string
}

const TERMS: Readonly<Record<string, (params: Violation['params']) => Term>> = {
  type: ({ expected, actual }) => invalidType(expected, actual),
  required: ({ expected }) => invalidType(expected, 'undefined'),
  maxLength: ({ limit }) => tooBig(`string to have <=${limit} characters`),
  maxItems: ({ limit }) => tooBig(`array to have <=${limit} items`),
  maximum: ({ limit }) => tooBig(`number to be <=${limit}`),
  minLength: ({ limit }) => tooSmall(`string to have >=${limit} characters`),
  minItems: ({ limit }) => tooSmall(`array to have >=${limit} items`),
  minimum: ({ limit }) => tooSmall(`number to be >=${limit}`),
  pattern: () => ({ code: 'invalid_format', message: 'Invalid email address' }),
  enum: ({ values }) => ({
    code: 'invalid_value',
    message: `Invalid option: expected one of ${(values as readonly string[]).join('|')}`,
  }),
  date: () => ({ code: 'invalid_format', message: 'Invalid ISO date' }),
  tooMany: ({ limit }) => ({
    code: 'too_big',
    message: `Too many companies: at most ${limit} are searched by e-mail; filter by something else as well`,
  }),
}

const OTHER = (): Term => ({ code: 'custom', message: 'Invalid input' })

function invalidType(expected: unknown, actual: unknown): Term {
  const wanted = [expected].flat().join('|')
  const found = actual === 'integer' ? 'number' : actual
  return { code: 'invalid_type', message: `Invalid input: expected ${wanted}, received ${found}` }
}

function tooBig(what: string): Term {
  return { code: 'too_big', message: `Too big: expected ${what}` }
}

function tooSmall(what: string): Term {
  return { code: 'too_small', message: `Too small: expected ${what}` }
}
