import type { Schema } from '../../dialect.ts'
import type { Document } from '../openapi/document.ts'
import type { Markup } from './html.ts'
import { anchorOf, html, pageOf, prose } from './html.ts'
import { membersOf, wordsOf } from './schemas.ts'

interface Operation extends Schema {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly security: readonly Schema[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, Response>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface Response {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description?: string; readonly schema: Schema }>>
  readonly content?: Content
}

interface Told {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The reference of one API, made of its document: what programs are told, people read. Pure. */
export function referencePage(document: Document, name: string): string {
  const { title, description } = document['info'] as Readonly<Record<'title' | 'description', string>>
  const tags = document['tags'] as readonly { readonly name: string; readonly description: string }[]
  const { schemas, securitySchemes } = document['components'] as Readonly<
    Record<'schemas' | 'securitySchemes', Readonly<Record<string, Schema>>>
  >
  const operations = Object.entries(
    document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  ).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
  const of = (tag: string) => operations.filter(({ operation }) => operation.tags.includes(tag))
  const content = html`<h1>${title}</h1>
<p>${prose(description)}</p>
<p>For programs: <a href="/openapi/${name}.json">OpenAPI 3.1</a>.</p>
<h2 id="authentication">Authentication</h2>
${credentials(securitySchemes)}
${tags.map(
  (tag) => html`<h2 id="tag-${anchorOf(tag.name)}">${tag.name}</h2>
<p>${prose(tag.description)}</p>
${of(tag.name).map(operationSection)}`,
)}
<h2 id="schemas">Schemas</h2>
${Object.entries(schemas).map(([schema, body]) => schemaSection(schema, body))}`
  return pageOf({
    title,
    navigation: navigation(
      tags.map((tag) => [tag.name, of(tag.name)]),
      Object.keys(schemas),
    ),
    content,
  })
}

function navigation(
  tags: readonly (readonly [string, readonly Told[]])[],
  schemas: readonly string[],
): Markup {
  return html`<ul><li><a href="#authentication">Authentication</a></ul>
${tags.map(
  ([tag, operations]) => html`<h2>${tag}</h2><ul>
${operations.map(
  ({ operation }) => html`<li><a href="#${anchorOf(operation.operationId)}">${operation.summary}</a>
`,
)}</ul>`,
)}
<h2>Schemas</h2><ul>
${schemas.map(
  (name) => html`<li><a href="#schema-${anchorOf(name)}">${name}</a>
`,
)}</ul>`
}

function credentials(schemes: Readonly<Record<string, Schema>>): Markup {
  const rows = Object.entries(schemes).map(
    ([name, { type, scheme, in: place, name: header, description }]) => html`<tr><td><code>${name}</code>
<td>${type === 'http' ? html`HTTP <code>${String(scheme)}</code>` : html`<code>${String(header)}</code> in the ${String(place)}`}${
      typeof description === 'string' ? html`<br>${prose(description)}` : undefined
    }</tr>
`,
  )
  return html`<table><thead><tr><th scope="col">Name<th scope="col">How it is shown</tr></thead><tbody>
${rows}</tbody></table>`
}

function operationSection({ method, path, operation }: Told): Markup {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation
  const id = anchorOf(operationId)
  return html`<section aria-labelledby="${id}">
<h3 id="${id}"><a href="#${id}">${summary}</a></h3>
<p class="path"><span class="method ${method}">${method.toUpperCase()}</span> ${path}</p>
${description === `${summary}.` ? undefined : html`<p>${prose(description)}</p>`}
<p class="soft">${needsOf(security)}</p>
${parameters.length === 0 ? undefined : html`<h4>Parameters</h4>${parameterTable(parameters)}`}
${requestBody === undefined ? undefined : html`<h4>Body${requestBody.required ? '' : ', which may be left out'}</h4>${contentOf(requestBody.content)}`}
<h4>Replies</h4>
<table><thead><tr><th scope="col">Status<th scope="col">What it means</tr></thead><tbody>
${Object.entries(responses).map(([status, response]) => responseRow(status, response))}</tbody></table>
</section>
`
}

function needsOf(security: readonly Schema[]): Markup {
  const names = security
    .filter((one) => Object.keys(one).length > 0)
    .map((one) => Object.keys(one).join(' and '))
  if (names.length === 0) return html`Open to everybody.`
  const isOptional = names.length < security.length
  return html`Credential: ${names.join(', or ')}${isOptional ? '; it may be left out' : ''}.`
}

function parameterTable(parameters: readonly Parameter[]): Markup {
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) => html`<tr><td><code>${name}</code>
<span class="soft">${place}${required ? ', required' : ''}</span>
<td>${wordsOf(schema)}${description === undefined ? undefined : html`<br>${prose(description)}`}</tr>
`,
  )
  return html`<table><thead><tr><th scope="col">Name<th scope="col">What it is</tr></thead><tbody>
${rows}</tbody></table>`
}

/** Types that hold the same are told together. */
function contentOf(content: Content): Markup {
  const groups = Map.groupBy(Object.entries(content), ([, { schema }]) => JSON.stringify(schema))
  return html`${[...groups.values()].map((types) => {
    const [first] = types
    const schema = first?.[1].schema ?? {}
    const members = schema['$ref'] === undefined ? membersOf(schema, '') : undefined
    const names = types.map(([type]) => html`<code>${type}</code> `)
    return html`<div>${names}: ${wordsOf(schema)}${
      members === undefined ? undefined : html`<details><summary>Members</summary>${members}</details>`
    }</div>`
  })}`
}

function responseRow(status: string, { description, headers = {}, content }: Response): Markup {
  const told = Object.entries(headers).map(
    ([name, header]) =>
      html`<br><code>${name}</code> ${header.description === undefined ? undefined : prose(header.description)}`,
  )
  return html`<tr><td>${status}<td>${prose(description)}${told}${content === undefined ? undefined : contentOf(content)}</tr>
`
}

function schemaSection(name: string, schema: Schema): Markup {
  const id = `schema-${anchorOf(name)}`
  const { description } = schema
  return html`<section aria-labelledby="${id}"><h3 id="${id}"><a href="#${id}">${name}</a></h3>
${typeof description === 'string' ? html`<p>${prose(description)}</p>` : undefined}
${membersOf(schema, name) ?? html`<p>${wordsOf(schema)}</p>`}
</section>
`
}
