import type { Problem, ProblemFacts } from '../../core/problem.ts'
import type { Headers } from '../dialect.ts'

/** Refusals in the vendor's own terms. */
type Refusal =
  | 'name-missing'
  | 'support-person-unknown'
  | 'country-unknown'
  | 'too-long'
  | 'out-of-range'
  | 'field-invalid'
  | 'too-many'
  | 'no-bitmap'
  | 'images-forbidden'
  | 'definitions-are-fixed'
  | 'id-malformed'
  | 'option-invalid'
  | 'list-unknown'
  | 'parameter-malformed'
  | 'patch-operation'
  | 'patch-path'
  | 'patch-test'
  | 'same-organization'
  | 'rule-unknown'
  | 'not-merged'
  | 'merged-away'

/** What a problem is answered with, in the vendor's terms. */
export interface Answer {
  readonly status: number
  /** Absent where the framework answers, which knows no types. */
  readonly type?: string
  readonly message: string
  readonly detail?: string
  readonly headers?: Headers
}

type Facts = Readonly<Record<string, unknown>>

export const ARGUMENT = { status: 400, type: 'ArgumentException' } as const
export const INVALID = { status: 400, message: 'The request is invalid.' } as const
export const SECURITY = { status: 403, type: 'SecurityException' } as const

const REFUSALS: Readonly<Record<Refusal, (facts: Facts) => Answer>> = {
  'name-missing': () => ({ ...ARGUMENT, message: 'Name must not be empty' }),
  'support-person-unknown': ({ id }) => ({
    ...ARGUMENT,
    message: `SupportPerson: person id ${id} does not belong to this contact`,
  }),
  'country-unknown': ({ id }) => ({ ...ARGUMENT, message: `Country id ${id} not found` }),
  'too-long': ({ property, limit }) => ({
    ...ARGUMENT,
    message: `${property} must not be longer than ${limit} characters`,
  }),
  'out-of-range': ({ property }) => ({ ...ARGUMENT, message: `${property} is out of range` }),
  'field-invalid': ({ property, type }) => ({ ...ARGUMENT, message: `${property} is no ${type}` }),
  'too-many': ({ property, limit }) => ({
    ...ARGUMENT,
    message: `${property} must not have more than ${limit} entries`,
  }),
  'no-bitmap': () => ({ ...ARGUMENT, message: 'The request holds no bitmap' }),
  'images-forbidden': () => ({ ...SECURITY, message: 'Access denied: no right to write images' }),
  'definitions-are-fixed': () => ({
    ...SECURITY,
    message: 'Custom fields are defined by the operator of this directory',
  }),
  'patch-operation': ({ op }) => ({
    ...ARGUMENT,
    message: `Operation '${op}' is not supported: use add, replace, remove or test`,
  }),
  'patch-path': ({ path }) => ({ ...ARGUMENT, message: `Path '${path}' does not exist` }),
  'patch-test': ({ path }) => ({
    status: 409,
    type: 'JsonPatchTestFailedException',
    message: `Test of '${path}' failed: nothing is saved`,
  }),
  'same-organization': () => ({ ...ARGUMENT, message: 'A contact can not be merged into itself' }),
  'rule-unknown': ({ name }) => ({ ...ARGUMENT, message: `Duplicate rule '${name}' not found` }),
  'not-merged': () => ({ ...ARGUMENT, message: 'The contact is not merged into another one' }),
  'merged-away': () => ({ ...ARGUMENT, message: 'The contact is merged into another one' }),
  'parameter-malformed': ({ name, expected }) => ({
    ...INVALID,
    detail: `The parameter '${name}' must be of type '${expected}'.`,
  }),
  'option-invalid': ({ option, fault }) => ({ ...ARGUMENT, message: `${option}: ${fault}` }),
  'list-unknown': ({ name }) => ({
    status: 404,
    type: 'SoNotFoundException',
    message: `List ${name} not found`,
  }),
  'id-malformed': () => ({ ...INVALID, detail: "The parameter 'id' must be of type 'System.Int32'." }),
}

/** Total. */
export function refusalAnswer({ reason, facts = {} }: ProblemFacts['refused']): Answer {
  return Object.hasOwn(REFUSALS, reason)
    ? REFUSALS[reason as Refusal](facts)
    : { ...ARGUMENT, message: `The contact is refused: ${reason}` }
}

/** What a refusal says. */
export function messageOf({ facts }: Problem<'refused'>): string {
  return refusalAnswer(facts).message
}
