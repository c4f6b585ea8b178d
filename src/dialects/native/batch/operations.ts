import type { Violation } from '../../../core/problem.ts'
import { problem } from '../../../core/problem.ts'
import type { Json } from '../../kit/json.ts'
import { compileSchema } from '../../kit/schema.ts'
import { BatchBody } from './schema.ts'

/** One write, as a request of its own would say it. */
export interface Operation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/v1`; `$NAME` in place of an id stands for what an earlier operation has made. */
  readonly path: string
  /** What later ones call that which it makes. */
  readonly as?: string
  readonly mediaType?: string
  readonly ifMatch?: string
  readonly ifNoneMatch?: string
  readonly base?: number
  readonly body?: Json
}

export interface Batch {
  readonly atomic?: boolean
  readonly operations: readonly Operation[]
}

const violationsOf = compileSchema(BatchBody)

const MISTAKES_TOLD = 100

/** @throws Problem body-invalid */
export function readBatch(body: Json): Batch {
  const violations = [...violationsOf(body)]
  const batch = body as unknown as Batch
  if (violations.length === 0) violations.push(...mistakesIn(batch.operations).slice(0, MISTAKES_TOLD))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return batch
}

/** The second step of a path: an id, a number, or `$NAME`. Empty where there is none. */
export function idIn({ path }: Pick<Operation, 'path'>): string {
  return path.split('/')[2] ?? ''
}

/** The name that stands in place of an id. */
export function nameIn(operation: Pick<Operation, 'path'>): string | undefined {
  const id = idIn(operation)
  return id.startsWith('$') ? id.slice(1) : undefined
}

/** What is wrong with the names: of what nothing makes, or of two things. */
function mistakesIn(operations: readonly Operation[]): readonly Violation[] {
  const names = new Set<string>()
  return operations.flatMap((operation, at) => {
    const { method, as } = operation
    const violations: Violation[] = []
    const tell = (member: string, keyword: string) =>
      violations.push({ path: ['operations', at, member], keyword, params: {} })
    const name = nameIn(operation)
    if (name !== undefined && !names.has(name)) tell('path', 'unnamed')
    if (as !== undefined && method !== 'POST') tell('as', 'makes-nothing')
    if (as !== undefined && names.has(as)) tell('as', 'again')
    if (as !== undefined) names.add(as)
    return violations
  })
}
