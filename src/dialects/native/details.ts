import type { Violation } from '../../core/problem.ts'

type Params = Violation['params']

/** What is wrong in one place, in a sentence. */
export function detailOf({ keyword, params }: Violation): string {
  return Object.hasOwn(DETAILS, keyword)
    ? (DETAILS[keyword] as (params: Params) => string)(params)
    : 'It is not valid.'
}

const DETAILS: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ actual, expected }) => `It is ${actual}, and must be ${listed(expected)}.`,
  enum: ({ values }) => `It must be one of ${listed(values)}.`,
  anyOf: ({ expected }) => `It fits none of ${listed(expected)}.`,
  format: ({ format }) => FORMATS[format as string] ?? `It is not in the form of ${format}.`,
  minLength: ({ limit }) => `It must have at least ${limit} characters.`,
  maxLength: ({ limit, found }) => `It has ${found} characters, and must have at most ${limit}.`,
  pattern: ({ pattern }) => (pattern === '\\S' ? 'It is blank.' : `It does not match ${pattern}.`),
  minimum: ({ limit }) => `It must be at least ${limit}.`,
  maximum: ({ limit }) => `It must be at most ${limit}.`,
  minItems: ({ limit }) => `It must have at least ${limit} members.`,
  maxItems: ({ limit }) => `It must have at most ${limit} members.`,
  uniqueItems: () => 'Two of its members are the same.',
  minProperties: ({ limit }) => `It must have at least ${limit} members.`,
  required: ({ missing }) => `It lacks ${listed(missing)}.`,
  propertyNames: () => 'That is no valid name.',
  additionalProperties: () => 'There is no such member.',
  blank: () => 'It is blank or missing.',
  second: () => 'An organization has one website.',
  'main-language': () => 'This is the main language, whose texts stand in the Card itself.',
  fixed: ({ is }) => `Only the server writes it; it is ${JSON.stringify(is)}.`,
  nobody: () => 'No such person belongs to the organization.',
  taken: ({ role }) => `The role ${role} is given twice.`,
  'makes-nothing': () => 'Only a POST makes something that can be named.',
  again: () => 'An earlier operation has this name.',
  unnamed: () => 'No earlier operation has this name.',
  'no-image': () => 'No such image was uploaded.',
  'no-part': ({ part, known }) =>
    `There is no part ${part}. There are: ${(known as readonly string[]).join(', ')}.`,
  'no-version': () => 'The record has no such version.',
  'no-organization': () => 'There is no such organization.',
  unreadable: () => 'That is no query that can be read: it would match nothing.',
  'unknown-part': () => 'There is no such part.',
  'no-role': () => 'There is no such role.',
  uuid: () => 'It must be a UUID, or be left out.',
}

const FORMATS: Readonly<Record<string, string>> = {
  utc: 'It must be a time in UTC, like 2026-01-31T12:00:00Z.',
  language: 'It must be a language tag, like nl or de-AT.',
  geo: 'It must be a geo URI, like geo:50.8798,4.7005.',
}

function listed(values: unknown): string {
  return (values as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')
}
