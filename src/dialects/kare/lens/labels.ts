import type { Label } from '../../../core/items.ts'
import type { PutContext, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { RegisteredLabel } from '../../../core/principal.ts'
import { problem } from '../../../core/problem.ts'
import type { LabelView } from '../wire/company.ts'
import { SHOWN_AS } from '../wire.ts'
import { companyFacet, withMembers } from './facet.ts'

/**
 * The labels of the record, each under its number in the tenant's register; then those that clients of Kare gave by an
 * id that the register did not have, known by that id alone.
 */
export function labelsOf(organization: Organization, { catalogue }: ViewContext): readonly LabelView[] {
  const registered = organization.labels
    .map(({ name }) => catalogue.label(name))
    .filter((label) => label !== undefined)
    .map(({ number, name }) => ({ id: number, name, color: SHOWN_AS.labelColor }))
  const own = (companyFacet(organization).labelIds ?? [])
    .filter((id) => registered.every((label) => label.id !== id))
    .map((id) => ({ id, name: SHOWN_AS.labelName, color: SHOWN_AS.labelColor }))
  return [...registered, ...own]
}

/**
 * The organization with exactly these labels shown: those that stay keep their places, new ones come at the end.
 * @throws Problem forbidden when a private label comes or goes, and the writer may not use such
 */
export function withLabelIds(
  organization: Organization,
  sent: readonly number[],
  context: PutContext,
): Organization {
  const { catalogue } = context
  const before = new Set(labelsOf(organization, context).map(({ id }) => id))
  const wanted = new Set(sent)
  const added = [...wanted].filter((id) => !before.has(id))
  if (added.length === 0 && wanted.size === before.size) return organization
  const register = new Map(catalogue.labels().map((label) => [label.number, label]))
  const isKept = ({ name }: Label) => {
    const label = catalogue.label(name)
    return label === undefined || wanted.has(label.number)
  }
  const gone = organization.labels.filter((label) => !isKept(label)).map(({ name }) => catalogue.label(name))
  const come = added.map((id) => register.get(id)).filter((label) => label !== undefined)
  requireUsable([...gone.filter((label) => label !== undefined), ...come], context)
  const kept = organization.labels.filter(isKept)
  const labels = [...kept, ...come.map(({ name }) => ({ name, imported: false }))]
  const own = (companyFacet(organization).labelIds ?? []).filter((id) => wanted.has(id))
  const labelIds = [...own, ...added.filter((id) => !register.has(id))]
  return {
    ...organization,
    labels: labels.length === kept.length && gone.length === 0 ? organization.labels : labels,
    facets: withMembers(organization.facets, { labelIds }),
  }
}

function requireUsable(labels: readonly RegisteredLabel[], { grant, by }: PutContext): void {
  if (labels.every((label) => !label.private) || grant.may('labels.use-private')) return
  throw problem('forbidden', { action: 'labels.use-private', principal: by })
}
