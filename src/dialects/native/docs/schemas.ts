import type { Schema } from '../../dialect.ts'
import type { Markup } from './html.ts'
import { anchorOf, html, prose } from './html.ts'

const COMPONENT = '#/components/schemas/'

/** A schema in a few words; one with a name is a link to it. */
export function wordsOf(schema: Schema): Markup {
  const { $ref, anyOf, items, const: only, enum: values, type } = schema
  if (typeof $ref === 'string') return linkTo($ref.slice(COMPONENT.length))
  if (Array.isArray(anyOf))
    return joined(
      anyOf.map((one) => wordsOf(one)),
      ' or ',
    )
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`
  if (Array.isArray(values))
    return joined(
      values.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      ', ',
    )
  if (items !== undefined) return html`list of ${wordsOf(items as Schema)}${limitsOf(schema)}`
  const others = schema['additionalProperties']
  if (type === 'object' && schema['properties'] === undefined && isSchema(others))
    return html`dictionary of ${wordsOf(others)}`
  const name = type === undefined ? 'anything' : [type].flat().join(' or ')
  return html`${name}${limitsOf(schema)}`
}

export function linkTo(name: string): Markup {
  return html`<a href="#schema-${anchorOf(name)}">${name}</a>`
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function joined(pieces: readonly Markup[], between: string): Markup {
  return html`${pieces.map((piece, at) => (at === 0 ? piece : html`${between}${piece}`))}`
}

const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  format: (format) => `${format}`,
  minLength: (limit) => `at least ${limit} characters`,
  maxLength: (limit) => `at most ${limit} characters`,
  minimum: (limit) => `from ${limit}`,
  maximum: (limit) => `to ${limit}`,
  minItems: (limit) => `at least ${limit}`,
  maxItems: (limit) => `at most ${limit}`,
  default: (value) => `${JSON.stringify(value)} by default`,
}

function limitsOf(schema: Schema): Markup {
  const told = Object.entries(LIMITS).flatMap(([keyword, words]) =>
    schema[keyword] === undefined ? [] : [words(schema[keyword])],
  )
  return told.length === 0 ? html`` : html` <span class="soft">(${told.join(', ')})</span>`
}

/** Members that stand within members are told below them, as deep as they go. */
export function membersOf(schema: Schema, label: string): Markup | undefined {
  const { properties = {}, required = [] } = objectIn(schema)
  const names = Object.entries(properties as Readonly<Record<string, Schema>>)
  if (names.length === 0) return undefined
  const rows = names.map(([name, member]) => {
    const inner = member['$ref'] === undefined ? membersOf(itemsOf(member), `${label}.${name}`) : undefined
    const isRequired = (required as readonly string[]).includes(name)
    return html`<tr><td><code>${name}</code>${isRequired ? html` <span class="soft">required</span>` : undefined}</td>
<td>${wordsOf(member)}${descriptionOf(member)}${
      inner === undefined ? undefined : html`<details><summary>Members of ${name}</summary>${inner}</details>`
    }</td></tr>
`
  })
  return html`<table><thead><tr><th scope="col">Member<th scope="col">What it is</tr></thead><tbody>
${rows}</tbody></table>`
}

function descriptionOf({ description }: Schema): Markup | undefined {
  return typeof description === 'string' ? html`<br>${prose(description)}` : undefined
}

/** Of a choice, the one that has members. */
function objectIn(schema: Schema): Schema {
  const { anyOf } = schema
  if (!Array.isArray(anyOf)) return schema
  return (anyOf as readonly Schema[]).find((one) => one['properties'] !== undefined) ?? schema
}

/** What a list or a dictionary holds. */
function itemsOf(schema: Schema): Schema {
  const inner =
    schema['items'] ?? (schema['properties'] === undefined ? schema['additionalProperties'] : undefined)
  return isSchema(inner) && inner['$ref'] === undefined ? itemsOf(inner) : schema
}
