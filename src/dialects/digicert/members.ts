import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { isBlank, lengthOf } from '../../core/text.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject, readJson } from '../kit/json.ts'

/** What a text member of a body must be. @see specs/digicert.md 3.4 */
export interface TextRule {
  /** In code points, inclusive. */
  readonly limit?: number
  /** Absent, null and blank are faults; otherwise they, and only the empty text, mean that there is none. */
  readonly isRequired?: boolean
  /** Real clients send numbers for it. */
  readonly isNumeric?: boolean
  readonly form?: RegExp
}

/** Where in a body the reading is, and what was wrong so far. */
export interface Place {
  readonly path: Violation['path']
  readonly violations: Violation[]
}

/** How a member is wrong; with its name this makes the error code. */
export type Mistake = 'missing' | 'invalid' | 'too_long' | 'required' | 'duplicate'

/** The object that a body is. @throws Problem body-missing, body-syntax */
export function objectOf(text: string): JsonObject {
  const body = readJson(text)
  if (isJsonObject(body)) return body
  throw problem('body-syntax', { fault: 'the body is no object' })
}

/** @throws Problem body-invalid, telling all violations, if there are any */
export function accepted<Value>(value: Value, violations: readonly Violation[]): Value {
  if (violations.length > 0) throw invalid(violations)
  return value
}

export function invalid(violations: readonly Violation[]) {
  return problem('body-invalid', { violations })
}

/** The members that `rules` name, as text. Those that are absent, or wrong, are left out. */
export function readTexts<Name extends string>(
  body: JsonObject,
  rules: Readonly<Record<Name, TextRule>>,
  { path, violations }: Place,
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(rules) as Name[]) {
    const rule = rules[name]
    const value = body[name]
    const text = textOf(value, rule)
    const mistake = mistakeIn(value, text, rule)
    if (mistake !== undefined) violations.push(fault([...path, name], mistake, rule.limit))
    else if (text !== undefined && text !== '') texts[name] = text
  }
  return texts
}

/** A positive whole number, as number or digits; undefined when there is none. */
export function readLanguageId(value: Json | undefined, { path, violations }: Place): number | undefined {
  if (isOmitted(value) || value === '') return undefined
  const isDigits = typeof value === 'string' && /^\d+$/.test(value)
  const id = isDigits || typeof value === 'number' ? Number(value) : 0
  if (Number.isSafeInteger(id) && id > 0) return id
  violations.push(fault([...path, 'language_id'], 'invalid'))
  return undefined
}

export function isOmitted(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null
}

export function fault(path: Violation['path'], keyword: Mistake, limit?: number): Violation {
  return { path, keyword, params: limit === undefined ? {} : { limit } }
}

function mistakeIn(value: Json | undefined, text: string | undefined, rule: TextRule): Mistake | undefined {
  if (isOmitted(value)) return rule.isRequired ? 'missing' : undefined
  if (text === undefined) return 'invalid'
  if (rule.isRequired && isBlank(text)) return 'missing'
  if (rule.limit !== undefined && lengthOf(text) > rule.limit) return 'too_long'
  return rule.form === undefined || rule.form.test(text) ? undefined : 'invalid'
}

/** A number is text where clients send such, if it is written as digits: any other may not be what was typed. */
function textOf(value: Json | undefined, { isNumeric }: TextRule): string | undefined {
  if (typeof value === 'string') return value
  const isPlain = isNumeric && typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  return isPlain ? String(value) : undefined
}
