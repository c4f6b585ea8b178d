import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import { PERMISSIONS } from '../../../core/principal.ts'
import { problem } from '../../../core/problem.ts'
import { KEY_SCOPES } from '../../../core/settings.ts'
import { compileSchema } from '../../kit/schema.ts'

// Bodies of the access routes. What the server alone writes may be sent back where a client edits what it has read.

const closed = { additionalProperties: false }
const oneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...names] })

/** Visible, and one step of a path, which dots alone are not: ids of tokens have bars, colons and at signs. */
const ID = '^([^\\s/?#%\\\\.]|\\.[^\\s/?#%\\\\.]|\\.\\.[^\\s/?#%\\\\])[^\\s/?#%\\\\]*$'
const Id = Type.String({ minLength: 1, maxLength: 255, pattern: ID })
const RoleId = Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._:@-]*$' })
const Name = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' })
const Email = Type.String({ maxLength: 255, pattern: '^\\S+@\\S+$' })

const EDITABLE = {
  kind: Type.Optional(oneOf(['user', 'client'])),
  name: Type.Optional(Name),
  email: Type.Optional(Email),
  superuser: Type.Optional(Type.Boolean()),
  roles: Type.Optional(Type.Array(RoleId, { uniqueItems: true, maxItems: 100 })),
  disabled: Type.Optional(Type.Boolean()),
}

/** Of POST. */
export const NewPrincipal = Type.Object({ id: Type.Optional(Id), ...EDITABLE }, closed)
export type NewPrincipal = Static<typeof NewPrincipal>

/** What a PATCH must make of a principal. */
export const Principal = Type.Object(
  { ...EDITABLE, id: Id, number: Type.Integer(), hasPassword: Type.Boolean(), name: Name },
  closed,
)
export type Principal = Static<typeof Principal>

export const NewKey = Type.Object(
  {
    name: Type.Optional(Name),
    scope: Type.Optional(oneOf(KEY_SCOPES)),
    unlimited: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type NewKey = Static<typeof NewKey>

/** Long enough not to be guessed; what scrypt takes without delay. In code points. @see NIST SP 800-63B §5.1.1 */
export const Password = Type.Object({ password: Type.String({ minLength: 8, maxLength: 256 }) }, closed)
export type Password = Static<typeof Password>

const ROLE_FIELDS = {
  permissions: Type.Optional(Type.Array(oneOf(PERMISSIONS), { uniqueItems: true })),
  where: Type.Optional(Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' })),
  parts: Type.Optional(
    Type.Unsafe<Record<string, 'none' | 'read' | 'write'>>({
      type: 'object',
      additionalProperties: { type: 'string', enum: ['none', 'read', 'write'] },
    }),
  ),
}

/** Of POST. */
export const NewRole = Type.Object({ id: RoleId, ...ROLE_FIELDS }, closed)
export type NewRole = Static<typeof NewRole>

/** Of PUT, and what a PATCH must make of a role. */
export const Role = Type.Object({ id: Type.Optional(RoleId), ...ROLE_FIELDS }, closed)
export type Role = Static<typeof Role>

export const newPrincipalFrom = reader<NewPrincipal>(NewPrincipal)
export const principalFrom = reader<Principal>(Principal)
export const newKeyFrom = reader<NewKey>(NewKey)
export const passwordFrom = reader<Password>(Password)
export const newRoleFrom = reader<NewRole>(NewRole)
export const roleFrom = reader<Role>(Role)

/** @throws Problem body-invalid, of what it gives */
function reader<Body>(schema: TSchema): (value: unknown) => Body {
  const violationsOf = compileSchema(schema)
  return (value) => {
    const violations = violationsOf(value)
    if (violations.length > 0) throw problem('body-invalid', { violations })
    return value as Body
  }
}
