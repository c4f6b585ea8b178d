import type { Dossier } from './dossier.ts'
import { withOrganization } from './dossier.ts'
import type { Label } from './items.ts'
import { labelKey } from './known.ts'
import type { Principal } from './principal.ts'
import type { SettingsEntry } from './settings.ts'
import type { Transactor } from './store.ts'

/** The labels that a lens proposes with a visibility, because the tenant does not have them yet. */
export function newLabels({ organization }: Dossier): readonly Label[] {
  return organization.labels.filter(({ visible }) => visible !== undefined)
}

/** The proposal with the visibility of new labels left to the register. */
export function withoutVisibility(proposal: Dossier, introduced: readonly Label[]): Dossier {
  if (introduced.length === 0) return proposal
  const labels = proposal.organization.labels.map(({ name, imported }) => ({ name, imported }))
  return withOrganization(proposal, { labels })
}

export async function labelEntries(
  transactor: Transactor,
  tenant: string,
  labels: readonly Label[],
): Promise<readonly SettingsEntry[]> {
  const entries: SettingsEntry[] = []
  for (const { name, visible } of labels) {
    const number = await transactor.nextNumber(tenant, 'label')
    const value = { number, name, visible: visible === true, private: false }
    entries.push({ kind: 'label', tenant, id: labelKey(name), value })
  }
  return entries
}

/** A token's unknown `sub` becomes a principal at its first write. */
export async function principalEntry(transactor: Transactor, writer: Principal): Promise<SettingsEntry> {
  const number = await transactor.nextNumber(writer.tenant, 'principal')
  return { kind: 'principal', tenant: writer.tenant, id: writer.id, value: { ...writer, number } }
}

/** Numbers for the records of a proposal that are new, the organization's first. */
export async function numbersFor(
  transactor: Transactor,
  { organization, people }: Dossier,
): Promise<number[]> {
  const numbers: number[] = []
  const { tenant } = organization
  if (organization.version === 0) numbers.push(await transactor.nextNumber(tenant, 'organization'))
  for (const { version } of people) {
    if (version === 0) numbers.push(await transactor.nextNumber(tenant, 'person'))
  }
  return numbers
}
