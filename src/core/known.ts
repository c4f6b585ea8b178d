import type { Catalogue, Principal, RegisteredLabel, Role, Tenant } from './principal.ts'
import { notFound } from './problem.ts'
import type { Issuer, SettingsEntry, SettingsKind, SettingsTables, StoredCredential } from './settings.ts'
import type { Reader } from './store.ts'

/** What this process knows of the settings: a copy that follows the store. */
export interface Known {
  /** Of the copy; caches that depend on settings keep it beside what they hold. */
  readonly version: number
  /** Brings the copy to what `reader` sees; costs one small query when nothing changed. */
  follow(reader: Pick<Reader, 'settings' | 'settingsVersion'>): Promise<void>
  /** Makes the next `follow` read everything anew: after a commit that failed, the copy may know what never was. */
  forget(): void
  /** @throws Problem not-found */
  catalogue(tenant: string): Catalogue
  tenants(): readonly Tenant[]
  principal(id: string): Principal | undefined
  /** By id, else by e-mail address whatever its case. */
  principalNamed(name: string): Principal | undefined
  passwordsOf(principal: string): readonly Extract<StoredCredential, { kind: 'password' }>[]
  keyWithHash(hash: string): Extract<StoredCredential, { kind: 'key' }> | undefined
  issuer(issuer: string): Issuer | undefined
  secret(name: string): string | undefined
  /** Any entry as it is stored. */
  stored(kind: SettingsKind, tenant: string, id: string): unknown
}

type Tables = { [Kind in SettingsKind]: Map<string, { tenant: string; value: SettingsTables[Kind] }> }

export function createKnown(): Known {
  let version = 0
  let tables = emptyTables()
  let catalogues = new Map<string, Catalogue>()
  let principalsByEmail = new Map<string, string>()
  let keysByHash = new Map<string, Extract<StoredCredential, { kind: 'key' }>>()

  function clear(): void {
    tables = emptyTables()
    principalsByEmail = new Map()
    keysByHash = new Map()
  }

  function apply(entries: readonly SettingsEntry[]): void {
    for (const entry of entries) {
      const table = tables[entry.kind] as Map<string, unknown>
      const key = keyOf(entry.kind, entry.tenant, entry.id)
      if (entry.value === undefined) table.delete(key)
      else table.set(key, { tenant: entry.tenant, value: entry.value })
      if (entry.kind === 'principal' && entry.value?.email !== undefined) {
        principalsByEmail.set(entry.value.email.toLowerCase(), entry.value.id)
      }
    }
    catalogues = new Map()
    if (entries.some(({ kind }) => kind === 'credential')) {
      keysByHash = new Map()
      for (const { value } of tables.credential.values()) {
        if (value.kind === 'key') keysByHash.set(value.hash, value)
      }
    }
  }

  const principal = (id: string) => tables.principal.get(id)?.value

  return {
    get version() {
      return version
    },
    async follow(reader) {
      const stored = await reader.settingsVersion()
      if (stored <= version) return
      const settings = await reader.settings(version)
      if (version === 0) clear()
      apply(settings.entries)
      version = settings.version
    },
    forget() {
      version = 0
    },
    catalogue(id) {
      const cached = catalogues.get(id)
      if (cached !== undefined) return cached
      const tenant = tables.tenant.get(id)?.value
      if (tenant === undefined) throw notFound('tenant', id)
      const catalogue: Catalogue = {
        version,
        tenant,
        principal: (asked) => inTenant(id, tables.principal.get(asked)),
        role: (asked): Role | undefined => inTenant(id, tables.role.get(keyOf('role', id, asked))),
        label: (name): RegisteredLabel | undefined =>
          inTenant(id, tables.label.get(keyOf('label', id, name))),
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
    principalNamed: (name) => principal(name) ?? principal(principalsByEmail.get(name.toLowerCase()) ?? ''),
    passwordsOf: (id) =>
      [...tables.credential.values()].flatMap(({ value }) =>
        value.kind === 'password' && value.principal === id ? [value] : [],
      ),
    keyWithHash: (hash) => keysByHash.get(hash),
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

function inTenant<T>(tenant: string, row: { tenant: string; value: T } | undefined): T | undefined {
  return row?.tenant === tenant ? row.value : undefined
}
