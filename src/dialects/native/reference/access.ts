import { PERMISSIONS } from '../../../core/principal.ts'
import { KEY_SCOPES } from '../../../core/settings.ts'
import type { Operation, Schema } from '../../dialect.ts'
import { flag, instant, integer, list, object, oneOf, text, told } from '../../kit/shapes.ts'
import { NewKey, NewPrincipal, NewRole, Password, Role } from '../access/bodies.ts'
import { JSON_TYPE } from '../wire.ts'
import {
  DONE,
  ETAG,
  header,
  IF_MATCH,
  IF_NONE_MATCH,
  LINK,
  LOCATION,
  named,
  patches,
  READ,
  UNCHANGED,
  whole,
} from './shared.ts'

const json = (schema: unknown): Readonly<Record<string, Schema>> => ({ [JSON_TYPE]: schema as Schema })
const items = (schema: Schema) => json(object({ items: list(schema) }))

const kind = oneOf('user', 'client')

export const PrincipalEntry: Schema = object({
  id: text,
  number: integer,
  kind,
  name: text,
  'email?': text,
  superuser: flag,
  roles: list(text),
  disabled: flag,
  hasPassword: flag,
})

const keyMembers = {
  id: text,
  'name?': text,
  'scope?': oneOf(...KEY_SCOPES),
  'unlimited?': flag,
  'createdAt?': instant,
}

export const KeyEntry: Schema = object(keyMembers)

export const RoleEntry: Schema = object({
  id: text,
  permissions: list(oneOf(...PERMISSIONS)),
  'where?': told(text, 'A Lucene-style query: only on organizations that match.'),
  'parts?': { type: 'object', additionalProperties: oneOf('none', 'read', 'write') },
})

const Standing: Schema = object({
  id: text,
  number: integer,
  kind: oneOf('user', 'client', 'system'),
  name: text,
  'email?': text,
  superuser: flag,
  tenant: text,
  permissions: told(list(oneOf(...PERMISSIONS)), 'Those that hold whatever the organization.'),
  roles: list(RoleEntry),
})

const NO_STORE = { 'Cache-Control': header('`private, no-store`') }
const tag = 'Access'

const operations: readonly (readonly [string, Operation])[] = [
  named('GET /access/me', {
    id: 'getStanding',
    tag,
    summary: 'Read who asks, and what they may do',
    replies: { 200: { description: 'Who asks', content: json(Standing), headers: NO_STORE } },
  }),
  named('GET /access/principals', {
    id: 'listPrincipals',
    tag,
    summary: 'List principals',
    query: {
      limit: whole(1, 1_000),
      after: whole(0, 2_147_483_647, 'The number of the last one of the page before.'),
    },
    replies: { 200: { description: 'A page, by number', content: items(PrincipalEntry), headers: LINK } },
    problems: [400],
  }),
  named('POST /access/principals', {
    id: 'createPrincipal',
    tag,
    summary: 'Create a principal',
    body: { content: json(NewPrincipal) },
    replies: {
      201: { description: 'It was made', content: json(PrincipalEntry), headers: { ...ETAG, ...LOCATION } },
    },
    problems: [409, 422],
  }),
  named('GET /access/principals/:id', {
    id: 'getPrincipal',
    tag,
    summary: 'Read a principal',
    headers: READ,
    replies: {
      200: { description: 'The principal', content: json(PrincipalEntry), headers: ETAG },
      304: UNCHANGED,
    },
    problems: [404, 412],
  }),
  named('PATCH /access/principals/:id', {
    id: 'patchPrincipal',
    tag,
    summary: 'Change, disable or enable a principal',
    headers: IF_MATCH,
    body: { content: patches },
    replies: { 200: { description: 'It was changed', content: json(PrincipalEntry), headers: ETAG } },
    problems: [404, 409, 412, 422],
  }),
  named('DELETE /access/principals/:id', {
    id: 'deletePrincipal',
    tag,
    summary: 'Delete a principal',
    description: 'Its keys, passwords and roles go; nobody is ever created under its id again.',
    headers: IF_MATCH,
    replies: { 204: DONE },
    problems: [404, 409, 412],
  }),
  named('GET /access/principals/:id/keys', {
    id: 'listKeys',
    tag,
    summary: 'List the keys of a principal, without their secrets',
    replies: { 200: { description: 'The keys that work', content: items(KeyEntry) } },
    problems: [404],
  }),
  named('POST /access/principals/:id/keys', {
    id: 'createKey',
    tag,
    summary: 'Create a key',
    body: { content: json(NewKey), isOptional: true },
    replies: {
      201: {
        description: 'The key, which is told once',
        content: json(object({ ...keyMembers, key: text })),
        headers: { ...LOCATION, ...NO_STORE },
      },
    },
    problems: [404, 422],
  }),
  named('DELETE /access/principals/:id/keys/:key', {
    id: 'revokeKey',
    tag,
    summary: 'Revoke a key',
    replies: { 204: DONE },
    problems: [404],
  }),
  named('PUT /access/principals/:id/password', {
    id: 'setPassword',
    tag,
    summary: 'Set the password of a principal',
    description: 'It replaces all passwords that they had.',
    body: { content: json(Password) },
    replies: { 204: DONE },
    problems: [404, 409, 422],
  }),
  named('DELETE /access/principals/:id/password', {
    id: 'removePassword',
    tag,
    summary: 'Take the passwords of a principal away',
    replies: { 204: DONE },
    problems: [404],
  }),
  named('GET /access/roles', {
    id: 'listRoles',
    tag,
    summary: 'List roles',
    replies: { 200: { description: 'All roles, by id', content: items(RoleEntry) } },
  }),
  named('POST /access/roles', {
    id: 'createRole',
    tag,
    summary: 'Create a role',
    body: { content: json(NewRole) },
    replies: {
      201: { description: 'It was made', content: json(RoleEntry), headers: { ...ETAG, ...LOCATION } },
    },
    problems: [409, 422],
  }),
  named('GET /access/roles/:id', {
    id: 'getRole',
    tag,
    summary: 'Read a role',
    headers: READ,
    replies: { 200: { description: 'The role', content: json(RoleEntry), headers: ETAG }, 304: UNCHANGED },
    problems: [404, 412],
  }),
  named('PUT /access/roles/:id', {
    id: 'putRole',
    tag,
    summary: 'Create or replace a role',
    headers: { ...IF_MATCH, ...IF_NONE_MATCH },
    body: { content: json(Role) },
    replies: {
      200: { description: 'It was replaced', content: json(RoleEntry), headers: ETAG },
      201: { description: 'It was made', content: json(RoleEntry), headers: { ...ETAG, ...LOCATION } },
    },
    problems: [412, 422],
  }),
  named('PATCH /access/roles/:id', {
    id: 'patchRole',
    tag,
    summary: 'Change a role',
    headers: IF_MATCH,
    body: { content: patches },
    replies: { 200: { description: 'It was changed', content: json(RoleEntry), headers: ETAG } },
    problems: [404, 409, 412, 422],
  }),
  named('DELETE /access/roles/:id', {
    id: 'deleteRole',
    tag,
    summary: 'Delete a role that nobody has',
    headers: IF_MATCH,
    replies: { 204: DONE },
    problems: [404, 409, 412],
  }),
]

/** All of them answer JSON. */
export const accessReference = operations.map(
  ([route, operation]) => [route, { ...operation, problems: [406, ...(operation.problems ?? [])] }] as const,
)
