import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { Extension } from './wire.ts'
import { CHOICES, EXTENSIONS } from './wire.ts'

export interface ListQuery {
  readonly extend: ReadonlySet<Extension>
  readonly includeCount: boolean
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

/**
 * The page that a query string asks for. Parameters that the vendor does not document are ignored.
 * @throws Problem body-invalid naming each wrong parameter
 * @see specs/kare.md 3.1
 */
export function readListQuery(query: string): ListQuery {
  const parameters = new URLSearchParams(query)
  const violations: Violation[] = []
  const wrong = (name: string, keyword: string, params: Violation['params'] = {}): undefined => {
    violations.push({ path: [name], keyword, params })
  }

  const integer = (name: string, standard: number, largest: number): number => {
    const text = parameters.get(name)
    if (text === null) return standard
    if (!/^-?\d+$/.test(text)) wrong(name, 'type', { expected: ['integer'], actual: 'string' })
    else if (Number(text) < 1) wrong(name, 'minimum', { limit: 1 })
    else if (Number(text) > largest) wrong(name, 'maximum', { limit: largest })
    return Number(text)
  }

  const boolean = (name: string): boolean => {
    const text = parameters.get(name) ?? 'false'
    if (text !== 'true' && text !== 'false') wrong(name, 'type', { expected: ['boolean'], actual: 'string' })
    return text === 'true'
  }

  const extend = [...parameters]
    .filter(([name]) => name === 'extend' || name === 'extend[]')
    .flatMap(([, value]) => value.split(','))
  for (const value of extend) if (!isExtension(value)) wrong('extend', 'enum', { values: EXTENSIONS })
  for (const name of missingIn(parameters)) wrong(name, 'unavailable')
  const asked: ListQuery = {
    extend: new Set(extend.filter(isExtension)),
    includeCount: boolean('includeCount'),
    page: integer('page', CHOICES.defaultPage, Number.MAX_SAFE_INTEGER),
    pageSize: integer('pageSize', CHOICES.defaultPageSize, CHOICES.largestPageSize),
  }
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return asked
}

/** The items of one page; none beyond the last. */
export function pageOf<T>(items: readonly T[], { page, pageSize }: ListQuery): readonly T[] {
  const from = (page - 1) * pageSize
  return items.slice(from, from + pageSize)
}

function isExtension(value: string): value is Extension {
  return EXTENSIONS.some((known) => known === value)
}

/** Documented parameters that are not there yet, whatever their index: `orderBy[0][field]`. */
function missingIn(parameters: URLSearchParams): readonly string[] {
  const given = new Set([...parameters.keys()].map((name) => name.replace(/\[.*$/s, '')))
  return CHOICES.missingParameters.filter((name) => given.has(name))
}
