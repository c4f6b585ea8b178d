import type { ApiReference, Dialect, Operation, Parameter, Route, Schema } from '../../dialect.ts'
import { referring } from './referring.ts'

/** What OpenAPI documents are made of here. */
export type Document = Schema

/** Phrases of the problems that an operation may end with. @see RFC 9110 §15 */
const PHRASES: Readonly<Record<number, string>> = {
  308: 'The organization was merged into another',
  400: 'The request cannot be read',
  401: 'A valid credential is needed',
  403: 'The principal may not do this',
  404: 'There is nothing with this name',
  405: 'This path does not take that method',
  406: 'Nothing that is accepted can be returned',
  409: 'What is stored stands in the way',
  410: 'It was deleted',
  412: 'A precondition is not met',
  413: 'The body is too large',
  415: 'The body is of a media type that is not read here',
  422: 'The content is not valid',
  428: 'A precondition is needed',
  429: 'Too many requests',
  500: 'The request failed',
  503: 'The directory cannot be reached',
}

/** The reference of an API as an OpenAPI document. Pure. @see OpenAPI 3.1.1 */
export function documentOf({ name, routes, reference }: Dialect, baseUrl: string, version: string): Document {
  const { title, description, tags, security, schemas } = reference
  const refer = referring(schemas)
  const paths = new Map<string, Record<string, unknown>>()
  for (const route of routes) {
    const operation = operationOf(route, reference)
    if (operation === undefined) continue
    const path = pathOf(route)
    const item = paths.get(path) ?? {}
    item[route.method.toLowerCase()] = operationObject(route, operation, reference, refer)
    paths.set(path, item)
  }
  const used = new Set([...paths.values()].flatMap((item) => Object.values(item).flatMap(tagsOf)))
  return {
    openapi: '3.1.1',
    info: {
      title,
      version,
      description,
      contact: { name: 'Polydex', url: `${baseUrl}/docs/${name}` },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: baseUrl }],
    tags: Object.entries(tags)
      .filter(([tag]) => used.has(tag))
      .map(([tag, about]) => ({ name: tag, description: about })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: security,
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([schema, content]) => [schema, refer.within(content)]),
      ),
    },
  }
}

function tagsOf(operation: unknown): readonly string[] {
  return (operation as { readonly tags: readonly string[] }).tags
}

/** A path as clients write it: what follows a mark is a custom method, and a document is named by its file. */
export function pathOf({ path }: Pick<Route, 'path'>): string {
  const named = path.replaceAll(/:(\w+)/g, '{$1}').replace('/-/', ':')
  return named === '/openapi/{name}' ? '/openapi/{name}.json' : named
}

/** The operation of a route; preflights, which are told of all paths alike, have none. */
export function operationOf({ method, path }: Route, { operations }: ApiReference): Operation | undefined {
  return Object.hasOwn(operations, `${method} ${path}`) ? operations[`${method} ${path}`] : undefined
}

/** Statuses of all problems that an operation may end with. */
export function problemsOf(
  route: Route,
  operation: Operation,
  { problems }: ApiReference,
): readonly number[] {
  const { ofAll, ofCredentials, ofBodies } = problems
  const isOpen = route.access === 'open'
  const statuses = [
    ...ofAll,
    ...(isOpen ? [] : ofCredentials),
    ...(operation.body === undefined ? [] : ofBodies),
    ...(operation.problems ?? []),
  ]
  return [...new Set(statuses)].sort((left, right) => left - right)
}

type Refer = ReturnType<typeof referring>

function operationObject(route: Route, operation: Operation, reference: ApiReference, refer: Refer): Schema {
  const { id, tag, summary, description, query = {}, headers = {}, body, replies } = operation
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const parameters = [
    ...names.map((name) =>
      parameterObject('path', name, { isRequired: true, ...inPath(name, reference) }, refer),
    ),
    ...Object.entries(query).map(([name, parameter]) => parameterObject('query', name, parameter, refer)),
    ...Object.entries(headers).map(([name, parameter]) => parameterObject('header', name, parameter, refer)),
  ]
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: description ?? `${summary}.`,
    security: securityOf(route, reference),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: body.isOptional !== true, content: contentOf(body.content, refer) },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(replies).map(([status, reply]) => [
          status,
          {
            description: reply.description,
            ...(reply.headers !== undefined && { headers: headersOf(reply.headers, refer) }),
            ...(reply.content !== undefined && { content: contentOf(reply.content, refer) }),
          },
        ]),
      ),
      ...Object.fromEntries(
        problemsOf(route, operation, reference).map((status) => [
          status,
          {
            description: PHRASES[status] ?? 'A problem',
            content: contentOf(reference.problems.content, refer),
          },
        ]),
      ),
    },
  }
}

function inPath(name: string, { pathParameters }: ApiReference): Parameter {
  return pathParameters[name] ?? { schema: { type: 'string' } }
}

function securityOf({ access }: Route, { required }: ApiReference): readonly Schema[] {
  if (access === 'open') return []
  const all = required.map((names) => Object.fromEntries(names.map((name) => [name, []])))
  return access === 'required' ? all : [{}, ...all]
}

function parameterObject(place: string, name: string, parameter: Parameter, refer: Refer): Schema {
  const { schema, description, isRequired } = parameter
  return {
    name,
    in: place,
    ...(isRequired && { required: true }),
    ...(description !== undefined && { description }),
    schema: refer(schema),
  }
}

function headersOf(headers: Readonly<Record<string, Parameter>>, refer: Refer): Schema {
  return Object.fromEntries(
    Object.entries(headers).map(([name, { schema, description }]) => [
      name,
      { ...(description !== undefined && { description }), schema: refer(schema) },
    ]),
  )
}

function contentOf(content: Readonly<Record<string, Schema>>, refer: Refer): Schema {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [type, { schema: refer(schema) }]),
  )
}
