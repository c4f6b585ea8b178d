import type { Dossier } from './dossier.ts'
import { withOrganization } from './dossier.ts'
import { urlKey } from './keys.ts'
import { problem } from './problem.ts'
import type { Transactor } from './store.ts'

/** The proposal with a website that no other organization has. @throws Problem key-taken where the lens refuses */
export async function withFreeWebsite(
  transactor: Transactor,
  before: Dossier,
  proposal: Dossier,
  taken: 'refuse' | 'weaken',
): Promise<Dossier> {
  if (before.organization.links === proposal.organization.links) return proposal
  const website = websiteOf(proposal)
  if (website === undefined || website.uri === websiteOf(before)?.uri) return proposal
  const key = urlKey(website.uri)
  const holder = await transactor.holderOf(proposal.organization.tenant, 'website', key)
  if (holder === undefined || holder === before.organization.id) return proposal
  if (taken === 'refuse') throw problem('key-taken', { key, value: website.uri, holder })
  const links = proposal.organization.links.map((link) =>
    link === website ? { ...link, kind: 'contact' as const } : link,
  )
  return withOrganization(proposal, { links })
}

function websiteOf({ organization }: Dossier) {
  return organization.links.find(({ kind }) => kind === 'website')
}
