import { isSame } from '../core/dossier.ts'
import type { Known } from '../core/known.ts'
import { createKnown, labelKey } from '../core/known.ts'
import type { Permission, Principal, RegisteredLabel, Right, Role, Tenant } from '../core/principal.ts'
import { problem } from '../core/problem.ts'
import type { KeyScope, SettingsEntry, StoredCredential } from '../core/settings.ts'
import type { Store, Transactor } from '../core/store.ts'
import type { AccessFile } from './access-file.ts'
import { cataloguesIn } from './catalogues.ts'
import { createPasswordCheck, hashKey, hashPassword } from './secrets.ts'

/** The tenant that there is when nobody named one. */
export const FIRST_TENANT: Omit<Tenant, 'number'> = {
  id: 'default',
  name: 'Default directory',
  language: 'en',
  hosts: [],
  public: 'uitdatabank',
}

/**
 * Brings the settings to what an access file says, in one transaction. What it does not mention stays; applying it
 * twice changes nothing.
 * @throws Problem refused (access-file) naming every entry that points at nothing
 */
export async function applyAccess(store: Store, file: AccessFile): Promise<void> {
  const before = createKnown()
  await store.read((reader) => before.follow(reader))
  // Slow on purpose (scrypt), so not inside the transaction.
  const passwords = await hashedPasswords(before, file)
  await store.transact(async (transactor) => {
    const known = createKnown()
    await known.follow(transactor)
    const mistakes: string[] = []
    const tenants = await tenantEntries(transactor, known, file)
    const tenantOf = (tenant: string | undefined): string => {
      if (tenant === undefined && tenants.length > 1)
        mistakes.push('with several tenants, each entry names its own')
      if (tenant !== undefined && !tenants.some(({ id }) => id === tenant))
        mistakes.push(`no tenant ${tenant}`)
      return tenant ?? tenants[0]?.id ?? ''
    }
    const entries: SettingsEntry[] = [
      ...tenants.map((value) => ({ kind: 'tenant' as const, tenant: '', id: value.id, value })),
      ...issuerEntries(file, tenantOf),
      ...roleEntries(known, file, tenantOf),
      ...(await principalEntries(transactor, known, file, tenantOf, mistakes)),
      ...credentialEntries(before, file, passwords),
      ...(await labelEntries(transactor, known, file, tenantOf)),
      ...catalogueEntries(known, file, tenantOf),
    ]
    mistakes.push(...missingRoles(known, entries))
    if (mistakes.length > 0)
      throw problem('refused', { reason: 'access-file', facts: { mistakes: [...new Set(mistakes)] } })
    await transactor.saveSettings(entries.filter((entry) => isNews(known, entry)))
  })
}

async function tenantEntries(
  transactor: Transactor,
  known: Known,
  file: AccessFile,
): Promise<readonly Tenant[]> {
  const tenants = new Map(known.tenants().map((tenant) => [tenant.id, tenant]))
  const asked = file.tenants ?? (tenants.size === 0 ? [FIRST_TENANT] : [])
  for (const entry of asked) {
    const existing = tenants.get(entry.id)
    const number = existing?.number ?? (await transactor.nextNumber('', 'tenant'))
    const fresh = { ...FIRST_TENANT, name: entry.id, ...existing, ...entry, number }
    tenants.set(entry.id, { ...fresh, hosts: fresh.hosts.map((host) => host.toLowerCase()) } as Tenant)
  }
  return [...tenants.values()].sort((left, right) => left.number - right.number)
}

function issuerEntries(file: AccessFile, tenantOf: (tenant?: string) => string): SettingsEntry[] {
  return (file.issuers ?? []).map(({ issuer, jwksFile, jwksUri, tenant }) => ({
    kind: 'issuer',
    tenant: '',
    id: issuer,
    value: {
      issuer,
      tenant: tenantOf(tenant),
      ...(jwksFile !== undefined && { jwks: jwksFile }),
      ...(jwksUri !== undefined && { jwksUri }),
    },
  }))
}

function roleEntries(known: Known, file: AccessFile, tenantOf: (tenant?: string) => string): SettingsEntry[] {
  return (file.roles ?? []).map(({ id, permissions, where, parts, tenant: named }) => {
    const tenant = tenantOf(named)
    const existing = roleIn(known, tenant, id)
    const role: Role = {
      permissions: [],
      ...existing,
      id,
      tenant,
      ...(permissions !== undefined && { permissions: permissions as Permission[] }),
      ...(where !== undefined && { where }),
      ...(parts !== undefined && { parts: parts as Record<string, Right> }),
    }
    return { kind: 'role', tenant, id, value: role }
  })
}

async function principalEntries(
  transactor: Transactor,
  known: Known,
  file: AccessFile,
  tenantOf: (tenant?: string) => string,
  mistakes: string[],
): Promise<SettingsEntry[]> {
  const entries: SettingsEntry[] = []
  for (const entry of file.principals ?? []) {
    const { id, kind, name, email, superuser, roles, disabled, tenant: named } = entry
    const existing = admitted(known.principal(id), disabled)
    const tenant = named ?? existing?.tenant ?? tenantOf(undefined)
    // Its number is one of its tenant's, and what it wrote is there.
    if (existing !== undefined && tenant !== existing.tenant)
      mistakes.push(`principal ${id} is of the tenant ${existing.tenant}, and stays there`)
    const principal: Principal = {
      kind: 'user',
      name: id,
      superuser: false,
      roles: [],
      ...existing,
      id,
      tenant: tenantOf(tenant),
      number: existing?.number ?? (await transactor.nextNumber(tenant, 'principal')),
      ...(kind !== undefined && { kind: kind as Principal['kind'] }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(superuser !== undefined && { superuser }),
      ...(roles !== undefined && { roles }),
      ...(disabled === true && { state: existing?.state ?? 'disabled' }),
    }
    entries.push({ kind: 'principal', tenant, id, value: principal })
  }
  return entries
}

/** A principal whom the file says not to be disabled is let in again, deleted or not. */
function admitted(existing: Principal | undefined, disabled: boolean | undefined): Principal | undefined {
  if (existing === undefined || disabled !== false) return existing
  const { state: _, ...rest } = existing
  return rest
}

/** Principal id → what becomes of its passwords, those included that stay revoked; an unchanged one keeps its hash. */
async function hashedPasswords(
  known: Known,
  file: AccessFile,
): Promise<ReadonlyMap<string, readonly StoredPassword[]>> {
  const isPassword = createPasswordCheck()
  const hashed = new Map<string, readonly StoredPassword[]>()
  for (const { id, credentials = [] } of file.principals ?? []) {
    if (!credentials.some(({ password }) => password !== undefined)) continue
    const usable = known.passwordsOf(id)
    const revoked = new Map(known.revokedPasswordsOf(id).map((one) => [one.salt, one]))
    const find = async (password: string, among: readonly StoredPassword[]) => {
      const checks = await Promise.all(among.map((candidate) => isPassword(password, candidate)))
      return among[checks.indexOf(true)]
    }
    const listed: StoredPassword[] = []
    for (const { password, revoked: isRevoked } of credentials) {
      if (password === undefined) continue
      const stored = (await find(password, usable)) ?? (await find(password, [...revoked.values()]))
      const { revoked: _, ...own }: StoredPassword = stored ?? {
        kind: 'password',
        principal: id,
        ...(await hashPassword(password)),
      }
      if (isRevoked ?? revoked.has(own.salt)) {
        revoked.set(own.salt, { ...own, revoked: true })
      } else {
        revoked.delete(own.salt)
        listed.push(own)
      }
    }
    const kept = listed.length > 0 ? listed : usable.filter(({ salt }) => !revoked.has(salt))
    hashed.set(id, [...kept, ...revoked.values()])
  }
  return hashed
}

type StoredPassword = Extract<StoredCredential, { kind: 'password' }>
type StoredKey = Extract<StoredCredential, { kind: 'key' }>

/** A principal's listed passwords replace those it could use; keys are added. What was revoked stays so unless the file says otherwise. */
function credentialEntries(
  before: Known,
  file: AccessFile,
  passwords: Awaited<ReturnType<typeof hashedPasswords>>,
): SettingsEntry[] {
  const entries: SettingsEntry[] = []
  for (const [principal, listed] of passwords) {
    for (const { salt } of before.passwordsOf(principal)) {
      if (listed.some((stored) => stored.salt === salt)) continue
      entries.push({ kind: 'credential', tenant: '', id: `password:${principal}:${salt}`, value: undefined })
    }
    for (const value of listed) {
      entries.push({ kind: 'credential', tenant: '', id: `password:${principal}:${value.salt}`, value })
    }
  }
  for (const { id: principal, credentials = [] } of file.principals ?? []) {
    for (const { apiKey, scope, unlimited, revoked } of credentials) {
      if (apiKey === undefined) continue
      const hash = hashKey(apiKey)
      const existing = before.stored('credential', '', `key:${hash}`) as StoredKey | undefined
      const { id, name, createdAt } = existing ?? {}
      const value = {
        kind: 'key' as const,
        principal,
        hash,
        ...(scope !== undefined && { scope: scope as KeyScope }),
        ...(unlimited === true && { unlimited }),
        ...((revoked ?? existing?.revoked) === true && { revoked: true as const }),
        ...(id !== undefined && { id }),
        ...(name !== undefined && { name }),
        ...(createdAt !== undefined && { createdAt }),
      }
      entries.push({ kind: 'credential', tenant: '', id: `key:${hash}`, value })
    }
  }
  return entries
}

async function labelEntries(
  transactor: Transactor,
  known: Known,
  file: AccessFile,
  tenantOf: (tenant?: string) => string,
): Promise<SettingsEntry[]> {
  const entries: SettingsEntry[] = []
  for (const { name, visible, private: isPrivate, tenant: named } of file.labels ?? []) {
    const tenant = tenantOf(named)
    const existing = labelIn(known, tenant, name)
    const label: RegisteredLabel = {
      number: existing?.number ?? (await transactor.nextNumber(tenant, 'label')),
      name: existing?.name ?? name.trim(),
      visible: visible ?? existing?.visible ?? true,
      private: isPrivate ?? existing?.private ?? false,
    }
    entries.push({ kind: 'label', tenant, id: labelKey(name), value: label })
  }
  return entries
}

function catalogueEntries(
  known: Known,
  file: AccessFile,
  tenantOf: (tenant?: string) => string,
): SettingsEntry[] {
  return cataloguesIn(file).map(({ tenant: named, ...catalogues }) => {
    const tenant = tenantOf(named)
    const lists = hasTenant(known, tenant) ? known.catalogue(tenant).lists : {}
    return { kind: 'catalogue', tenant, id: 'lists', value: { ...lists, ...catalogues } }
  })
}

function missingRoles(known: Known, entries: readonly SettingsEntry[]): readonly string[] {
  const listed = new Set(entries.map((entry) => `${entry.kind}:${entry.tenant}:${entry.id}`))
  return entries.flatMap((entry) => {
    if (entry.kind !== 'principal') return []
    return (entry.value?.roles ?? [])
      .filter(
        (role) =>
          !listed.has(`role:${entry.tenant}:${role}`) && roleIn(known, entry.tenant, role) === undefined,
      )
      .map((role) => `principal ${entry.id} has the role ${role}, which does not exist`)
  })
}

/** Whether an entry differs from what is stored. */
function isNews(known: Known, entry: SettingsEntry): boolean {
  return !isSame(known.stored(entry.kind, entry.tenant, entry.id), entry.value)
}

function hasTenant(known: Known, tenant: string): boolean {
  return known.tenants().some(({ id }) => id === tenant)
}

function roleIn(known: Known, tenant: string, id: string): Role | undefined {
  return hasTenant(known, tenant) ? known.catalogue(tenant).role(id) : undefined
}

function labelIn(known: Known, tenant: string, name: string): RegisteredLabel | undefined {
  return hasTenant(known, tenant) ? known.catalogue(tenant).label(name) : undefined
}
