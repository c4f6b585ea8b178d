import { ORGANIZATION_PARTS } from '../core/organization.ts'
import type { AccessFile } from './access-file.ts'
import { OWN_ISSUER } from './tokens.ts'

/** What is wrong with an access file whose shape is right. @param isReadable whether something can be a role's `where` */
export function mistakesIn(file: AccessFile, isReadable: (where: string) => boolean): readonly string[] {
  return [
    ...doubled(
      'tenants',
      file.tenants?.map(({ id }) => id),
    ),
    ...doubled(
      'principals',
      file.principals?.map(({ id }) => id),
    ),
    ...doubled(
      'roles',
      file.roles?.map(({ id, tenant }) => (tenant === undefined ? id : `${id} of ${tenant}`)),
    ),
    ...sharedHosts(file.tenants ?? []),
    ...(file.issuers ?? []).flatMap(mistakesOfIssuer),
    ...(file.principals ?? []).flatMap(mistakesOfPrincipal),
    ...sharedNames(file.principals ?? []),
    ...(file.roles ?? []).flatMap((role) => mistakesOfRole(role, isReadable)),
  ]
}

type Entry<List extends 'tenants' | 'issuers' | 'principals' | 'roles'> = NonNullable<
  AccessFile[List]
>[number]

/** A request without credentials is about the one tenant that its host names. */
function sharedHosts(tenants: readonly Entry<'tenants'>[]): readonly string[] {
  const owners = new Map<string, string>()
  return tenants.flatMap(({ id, hosts = [] }) =>
    hosts.flatMap((host) => {
      const owner = owners.get(host.toLowerCase())
      owners.set(host.toLowerCase(), id)
      return owner === undefined || owner === id ? [] : [`${owner} and ${id} have the same host ${host}`]
    }),
  )
}

function mistakesOfIssuer({ issuer, jwksFile, jwksUri }: Entry<'issuers'>): readonly string[] {
  const isEither = (jwksFile === undefined) !== (jwksUri === undefined)
  return [
    ...(isEither ? [] : [`issuer ${issuer} needs either jwksFile or jwksUri`]),
    ...(jwksUri === undefined || URL.canParse(jwksUri) ? [] : [`jwksUri of ${issuer} is no URL`]),
    ...(issuer === OWN_ISSUER ? [`issuer ${OWN_ISSUER} is the server itself`] : []),
  ]
}

function mistakesOfPrincipal({ id, credentials = [] }: Entry<'principals'>): readonly string[] {
  return credentials.flatMap(({ password, apiKey, scope, unlimited }) => [
    ...((password === undefined) === (apiKey === undefined)
      ? [`a credential of ${id} needs either password or apiKey`]
      : []),
    ...(scope !== undefined && apiKey === undefined ? [`scope of ${id} belongs to an apiKey`] : []),
    ...(unlimited !== undefined && apiKey === undefined ? [`unlimited of ${id} belongs to an apiKey`] : []),
  ])
}

/** A key, or an address to log in with, names one principal; keys themselves are never told. */
function sharedNames(principals: readonly Entry<'principals'>[]): readonly string[] {
  const keys = new Map<string, string>()
  const addresses = new Map<string, string>()
  return principals.flatMap(({ id, email, credentials = [] }) => {
    const isLoggingIn = email !== undefined && credentials.some(({ password }) => password !== undefined)
    const shared = (names: Map<string, string>, name: string, what: string): readonly string[] => {
      const other = names.get(name)
      names.set(name, id)
      return other === undefined ? [] : [`${other} and ${id} have the same ${what}`]
    }
    return [
      ...credentials.flatMap(({ apiKey }) => (apiKey === undefined ? [] : shared(keys, apiKey, 'apiKey'))),
      ...(isLoggingIn
        ? shared(addresses, email.toLowerCase(), `e-mail address ${email} to log in with`)
        : []),
    ]
  })
}

const PARTS = new Set<string>([...ORGANIZATION_PARTS, 'people'])

function mistakesOfRole(
  { id, parts = {}, where }: Entry<'roles'>,
  isReadable: (where: string) => boolean,
): readonly string[] {
  return [
    ...Object.keys(parts)
      .filter((part) => !isPart(part))
      .map((part) => `role ${id} has the part ${part}, which does not exist`),
    ...(where === undefined || isReadable(where) ? [] : [`where of role ${id} cannot be read: ${where}`]),
  ]
}

/** A part that does not exist hides nothing: what was meant stays open. `*` stands for all that are not named. */
export function isPart(part: string): boolean {
  return part === '*' || PARTS.has(part) || /^facets\.[a-z]+$/.test(part)
}

function doubled(list: string, ids: readonly string[] = []): readonly string[] {
  const again = new Set(ids.filter((id, at) => ids.indexOf(id) !== at))
  return [...again].map((id) => `${list} has ${id} twice`)
}
