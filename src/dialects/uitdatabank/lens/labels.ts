import type { Label } from '../../../core/items.ts'
import { labelKey } from '../../../core/known.ts'
import type { Lens, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Catalogue } from '../../../core/principal.ts'
import { LABEL_PATTERN } from '../wire.ts'
import { withPublicMark } from './public-mark.ts'

export interface SentLabels {
  readonly labels?: readonly string[]
  readonly hiddenLabels?: readonly string[]
}

/** The labels in the list that fits each one's own visibility; one that nobody registered is not visible. */
export function labelsOf(
  labels: readonly Label[],
  catalogue: Catalogue,
): { readonly visible: readonly string[]; readonly hidden: readonly string[] } {
  const shown = labels.filter(isShown)
  return {
    visible: shown.filter((label) => isVisible(label, catalogue)).map(nameOf),
    hidden: shown.filter((label) => !isVisible(label, catalogue)).map(nameOf),
  }
}

/** Names of all that are shown, whichever list they stand in. */
export function labelNamesOf({ labels }: Organization): readonly string[] {
  return labels.filter(isShown).map(nameOf)
}

export interface LabelsView {
  readonly labels: readonly string[]
}

/** All labels, to be replaced. */
export const labels: Lens<LabelsView> = labelsLens('labels', ['labels', 'public'], withPublicMark)

/** The same for who need not be allowed to write anything else: it touches no other part, not even what says that an organization is public. */
export const labelsAlone: Lens<LabelsView> = labelsLens('labels-alone', ['labels'], (_before, after) => after)

function labelsLens(
  name: string,
  parts: readonly string[],
  finish: (before: Organization, after: Organization) => Organization,
): Lens<LabelsView> {
  return {
    name,
    get: ({ organization }) => ({ labels: labelNamesOf(organization) }),
    put: (dossier, { labels: sent }, context) => {
      const { organization } = dossier
      const after = { ...organization, labels: withReplacedLabels(organization.labels, sent, context) }
      return { ...dossier, organization: finish(organization, after) }
    },
    echo: (view) => view,
    reads: { organization: ['labels'], person: [] },
    writes: { organization: parts, person: [] },
    people: 'none',
  }
}

/**
 * The labels after a whole-document request: those that it imports and an earlier one imported come and go with it;
 * manual ones, and private ones that the writer may not use, stay. @see specs/uitdatabank.md 4.2
 */
export function withLabels(
  before: readonly Label[],
  sent: SentLabels,
  context: LabelContext,
): readonly Label[] {
  const asked = askedLabels(sent.labels, { imported: true, visible: true }, context)
  for (const [key, label] of askedLabels(sent.hiddenLabels, { imported: true, visible: false }, context)) {
    if (!asked.has(key)) asked.set(key, label)
  }
  return mergedLabels(before, asked, ({ imported }) => imported, context)
}

/** The labels after a request that names all that shall stay; what it adds is manual. @see specs/uitdatabank.md 4.2 */
function withReplacedLabels(
  before: readonly Label[],
  sent: readonly string[],
  context: LabelContext,
): readonly Label[] {
  const asked = askedLabels(sent, { imported: false, visible: true }, context)
  return mergedLabels(before, asked, () => true, context)
}

type LabelContext = Pick<ViewContext, 'catalogue' | 'grant'>

/** Whether the writer may add and remove this label. */
export function mayUseLabel(name: string, { catalogue, grant }: LabelContext): boolean {
  return catalogue.label(name)?.private !== true || grant.may('labels.use-private')
}

/** By key; one that nobody registered is given the visibility that is asked for. */
function askedLabels(
  names: readonly string[] = [],
  { imported, visible }: { readonly imported: boolean; readonly visible: boolean },
  { catalogue }: LabelContext,
): Map<string, Label> {
  const asked = new Map<string, Label>()
  for (const name of names.map((text) => text.trim())) {
    if (asked.has(labelKey(name))) continue
    const registered = catalogue.label(name)
    asked.set(
      labelKey(name),
      registered === undefined ? { name, imported, visible } : { name: registered.name, imported },
    )
  }
  return asked
}

/** Keeps what is asked for, and what may not or need not go; adds what is asked for and may be used, at the end. */
function mergedLabels(
  before: readonly Label[],
  asked: ReadonlyMap<string, Label>,
  goesUnasked: (label: Label) => boolean,
  context: LabelContext,
): readonly Label[] {
  const stays = (label: Label) =>
    !isShown(label) ||
    asked.has(labelKey(label.name)) ||
    !goesUnasked(label) ||
    !mayUseLabel(label.name, context)
  const kept = before.filter(stays)
  const present = new Set(before.map(({ name }) => labelKey(name)))
  const added = [...asked]
    .filter(([key, { name }]) => !present.has(key) && mayUseLabel(name, context))
    .map(([, label]) => label)
  return added.length === 0 && kept.length === before.length ? before : [...kept, ...added]
}

function isShown({ name }: Label): boolean {
  return LABEL_PATTERN.test(name)
}

function isVisible({ name, visible }: Label, catalogue: Catalogue): boolean {
  return visible ?? catalogue.label(name)?.visible ?? false
}

function nameOf({ name }: Label): string {
  return name
}
