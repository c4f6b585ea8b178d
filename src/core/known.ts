import type { Catalogue, Principal, RegisteredLabel, Role, Tenant } from './principal.ts'
import { notFound } from './problem.ts'
import type { Issuer, SettingsEntry, SettingsKind, SettingsTables, StoredCredential } from './settings.ts'
import type { Reader } from './store.ts'

/** What this process knows of the settings: a copy that follows the store. */
export interface Known {
  /** Of the copy. */
  readonly version: number
  /**
   * Another one with each change of the copy: caches that depend on settings keep it beside what they hold. A version may
   * come twice, with other settings: what a transaction wrote that was taken back has the number of what comes next.
   */
  readonly edition: number
  /** Brings the copy to what `reader` sees; costs one small query when nothing changed. */
  follow(reader: Pick<Reader, 'settings' | 'settingsVersion'>): Promise<void>
  /** Makes the next `follow` read everything anew: after a commit that failed, the copy may know what never was. */
  forget(): void
  /** @throws Problem not-found */
  catalogue(tenant: string): Catalogue
  tenants(): readonly Tenant[]
  principal(id: string): Principal | undefined
  /**
   * Who logs in under this name: by id, else by e-mail address whatever its case. Only those who have a password: what
   * tokens claim of others takes nobody's name away.
   */
  principalNamed(name: string): Principal | undefined
  /** The first of a tenant with this e-mail address, whatever its case, log-in or not. */
  principalWithEmail(tenant: string, email: string): Principal | undefined
  /** The passwords that a principal can use. */
  passwordsOf(principal: string): readonly StoredPassword[]
  /** Those that were taken away, and are remembered. */
  revokedPasswordsOf(principal: string): readonly StoredPassword[]
  /** Unless it was revoked. */
  keyWithHash(hash: string): StoredKey | undefined
  /** The keys that a principal can use. */
  keysOf(principal: string): readonly StoredKey[]
  roles(tenant: string): readonly Role[]
  issuer(issuer: string): Issuer | undefined
  secret(name: string): string | undefined
  /** Any entry as it is stored. */
  stored(kind: SettingsKind, tenant: string, id: string): unknown
}

export type StoredKey = Extract<StoredCredential, { kind: 'key' }>
type StoredPassword = Extract<StoredCredential, { kind: 'password' }>

type Tables = { [Kind in SettingsKind]: Map<string, { tenant: string; value: SettingsTables[Kind] }> }

export function createKnown(): Known {
  let version = 0
  let edition = 0
  let tables = emptyTables()
  let catalogues = new Map<string, Catalogue>()
  let keysByHash = new Map<string, StoredKey>()
  let passwords = new Map<string, readonly StoredPassword[]>()
  let idsByEmail = new Map<string, string>()

  function apply(entries: readonly SettingsEntry[]): void {
    edition += 1
    for (const entry of entries) {
      const table = tables[entry.kind] as Map<string, unknown>
      const key = keyOf(entry.kind, entry.tenant, entry.id)
      if (entry.value === undefined) table.delete(key)
      else table.set(key, { tenant: entry.tenant, value: entry.value })
    }
    catalogues = new Map()
    if (entries.some(({ kind }) => kind === 'credential')) indexCredentials()
    else if (entries.some(({ kind, id }) => kind === 'principal' && passwords.has(id))) indexEmails()
  }

  function indexCredentials(): void {
    const credentials = [...tables.credential.values()].map(({ value }) => value)
    keysByHash = new Map(
      credentials.flatMap((stored) =>
        stored.kind === 'key' && stored.revoked !== true ? [[stored.hash, stored]] : [],
      ),
    )
    passwords = Map.groupBy(
      credentials.flatMap((stored) =>
        stored.kind === 'password' && stored.revoked !== true ? [stored] : [],
      ),
      (stored) => stored.principal,
    )
    indexEmails()
  }

  /** Of two with one address, the first id has it, so that all processes agree. */
  function indexEmails(): void {
    const ids = [...passwords.keys()].sort().reverse()
    idsByEmail = new Map(
      ids.flatMap((id) => {
        const email = tables.principal.get(id)?.value.email
        return email === undefined ? [] : [[email.toLowerCase(), id]]
      }),
    )
  }

  const principal = (id: string) => tables.principal.get(id)?.value

  return {
    get version() {
      return version
    },
    get edition() {
      return edition
    },
    async follow(reader) {
      for (;;) {
        const from = version
        if ((await reader.settingsVersion()) <= version) return
        const settings = await reader.settings(from)
        // Somebody else followed, or forgot, meanwhile: what was read does not continue what is known now.
        if (version !== from) continue
        if (from === 0) tables = emptyTables()
        apply(settings.entries)
        version = settings.version
        return
      }
    },
    forget() {
      version = 0
    },
    catalogue(id) {
      const cached = catalogues.get(id)
      if (cached !== undefined) return cached
      const tenant = tables.tenant.get(id)?.value
      if (tenant === undefined) throw notFound('tenant', id)
      let labels: readonly RegisteredLabel[] | undefined
      let principals: readonly Principal[] | undefined
      const catalogue: Catalogue = {
        version,
        edition,
        tenant,
        principal: (asked) => inTenant(id, tables.principal.get(asked)),
        principals: () => {
          principals ??= byNumber([...tables.principal.values()].flatMap((row) => inTenant(id, row) ?? []))
          return principals
        },
        role: (asked): Role | undefined => inTenant(id, tables.role.get(keyOf('role', id, asked))),
        label: (name): RegisteredLabel | undefined =>
          inTenant(id, tables.label.get(keyOf('label', id, name))),
        labels: () => {
          labels ??= byNumber([...tables.label.values()].flatMap((row) => inTenant(id, row) ?? []))
          return labels
        },
        lists: (tables.catalogue.get(keyOf('catalogue', id, 'lists'))?.value ?? {}) as Record<
          string,
          unknown
        >,
      }
      catalogues.set(id, catalogue)
      return catalogue
    },
    tenants: () => [...tables.tenant.values()].map(({ value }) => value),
    principal,
    principalWithEmail: (tenant, email) =>
      [...tables.principal.values()]
        .map(({ value }) => value)
        .find((one) => one.tenant === tenant && one.email?.toLowerCase() === email.toLowerCase()),
    principalNamed: (name) =>
      principal(passwords.has(name) ? name : (idsByEmail.get(name.toLowerCase()) ?? '')),
    passwordsOf: (id) => passwords.get(id) ?? [],
    revokedPasswordsOf: (id) =>
      [...tables.credential.values()].flatMap(({ value }) =>
        value.kind === 'password' && value.principal === id && value.revoked === true ? [value] : [],
      ),
    keyWithHash: (hash) => keysByHash.get(hash),
    keysOf: (id) => [...keysByHash.values()].filter((key) => key.principal === id),
    roles: (id) => [...tables.role.values()].flatMap((row) => inTenant(id, row) ?? []),
    issuer: (issuer) => tables.issuer.get(issuer)?.value,
    secret: (name) => tables.secret.get(name)?.value.value,
    stored: (kind, tenant, id) => tables[kind].get(keyOf(kind, tenant, id))?.value,
  }
}

function emptyTables(): Tables {
  return {
    tenant: new Map(),
    issuer: new Map(),
    principal: new Map(),
    credential: new Map(),
    role: new Map(),
    label: new Map(),
    catalogue: new Map(),
    secret: new Map(),
  }
}

/** Roles, labels and catalogues are named within their tenant; labels whatever their case. All else is unique. */
function keyOf(kind: SettingsKind, tenant: string, id: string): string {
  if (kind === 'label') return `${tenant}\n${labelKey(id)}`
  return kind === 'role' || kind === 'catalogue' ? `${tenant}\n${id}` : id
}

/** What two spellings of one label have in common. */
export function labelKey(name: string): string {
  return name.trim().toLowerCase()
}

function byNumber<T extends { readonly number: number }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((left, right) => left.number - right.number)
}

function inTenant<T>(tenant: string, row: { tenant: string; value: T } | undefined): T | undefined {
  return row?.tenant === tenant ? row.value : undefined
}
