import type { Violation } from '../../core/problem.ts'
import type { Keyword } from '../kit/schema.ts'

/** One member of `schemaErrors` in a 400. */
export interface SchemaError {
  readonly jsonPointer: string
  readonly error: string
}

/** The wire text of what a body breaks. @see specs/uitdatabank.md 3.1 */
export function schemaErrorsOf(violations: readonly Violation[]): SchemaError[] {
  return violations.map(({ path, keyword, params }) => ({
    jsonPointer: pointerOf(path, isKeyword(keyword) ? escapedSegment : String),
    error: textOf(keyword, params),
  }))
}

/**
 * What a body can break beyond its schema. Their violations tell: mainLanguage `language`; labelInBothLists `label`;
 * imageWithoutId `url`; imageUnknown `url`, `id`; nameTooLong `limit`; fileTooLarge `limit`, `found`. The texts of the last
 * two are ours.
 */
export type BodyRule =
  | 'rootType'
  | 'mainLanguage'
  | 'labelInBothLists'
  | 'imageWithoutId'
  | 'imageUnknown'
  | 'nameTooLong'
  | 'fileTooLarge'
  | 'fileType'

type Params = Violation['params']

/** The schemas here never break maxItems or anyOf: those two texts are ours. */
const KEYWORD_TEXTS: Readonly<Record<Keyword, (params: Params) => string>> = {
  type: ({ actual, expected }) => `The data (${actual}) must match the type: ${listed(expected)}`,
  enum: () => 'The data should match one item from enum',
  anyOf: ({ actual, expected }) => `The data (${actual}) must match the type: ${listed(expected)}`,
  format: ({ format }) => `The data must match the '${format}' format`,
  minLength: ({ limit, found }) => `Minimum string length is ${limit}, found ${found}`,
  maxLength: ({ limit, found }) => `Maximum string length is ${limit}, found ${found}`,
  pattern: ({ pattern }) => `The string should match pattern: ${pattern}`,
  minimum: ({ limit }) => `Number must be greater than or equal to ${limit}`,
  maximum: ({ limit }) => `Number must be lower than or equal to ${limit}`,
  minItems: ({ limit, found }) => `Array should have at least ${limit} items, ${found} found`,
  maxItems: ({ limit, found }) => `Array should have at most ${limit} items, ${found} found`,
  uniqueItems: () => 'Array must have unique items',
  minProperties: ({ limit, found }) => `Object must have at least ${limit} properties, ${found} found`,
  required: ({ missing }) => `The required properties (${listed(missing)}) are missing`,
  propertyNames: ({ wrong }) => `Property names do not match: ${listed(wrong)}`,
  additionalProperties: ({ extra }) => `Additional object properties are not allowed: ${listed(extra)}`,
}

const RULE_TEXTS: Readonly<Record<BodyRule, (params: Params) => string>> = {
  rootType: () => 'Root element must be an array or object',
  mainLanguage: ({ language }) => `A value in the mainLanguage (${language}) is required.`,
  labelInBothLists: ({ label }) => `Label "${label}" cannot be both in labels and hiddenLabels properties.`,
  imageWithoutId: ({ url }) => `Image with @id "${url}" does not exist.`,
  imageUnknown: ({ url, id }) => `Image with @id "${url}" (id "${id}") does not exist.`,
  nameTooLong: ({ limit }) => `Given title should not be longer than ${limit} characters.`,
  fileTooLarge: ({ limit, found }) => `The file should not be larger than ${limit} bytes, found ${found}`,
  fileType: () => 'The file must be a PNG, JPEG or GIF image',
}

function textOf(keyword: string, params: Params): string {
  if (isKeyword(keyword)) return KEYWORD_TEXTS[keyword](params)
  if (Object.hasOwn(RULE_TEXTS, keyword)) return RULE_TEXTS[keyword as BodyRule](params)
  throw new Error(`no text for the rule ${keyword}`)
}

function isKeyword(keyword: string): keyword is Keyword {
  return Object.hasOwn(KEYWORD_TEXTS, keyword)
}

/** The root is `/`, not the empty pointer of RFC 6901. */
function pointerOf(path: Violation['path'], segmentOf: (step: string | number) => string): string {
  return `/${path.map(segmentOf).join('/')}`
}

/** RFC 6901 §3 escapes, then RFC 3986 §2.1: only the validator does it, so an unknown image's pointer ends in `@id`. */
function escapedSegment(step: string | number): string {
  const escaped = String(step).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
  return encodeURIComponent(escaped).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function listed(names: unknown): string {
  return Array.isArray(names) ? names.join(', ') : String(names)
}
