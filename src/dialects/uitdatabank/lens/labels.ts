import type { Label } from '../../../core/items.ts'
import type { ViewContext } from '../../../core/lens.ts'
import type { Catalogue } from '../../../core/principal.ts'
import { LABEL_PATTERN } from '../wire.ts'

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
  const visible = shown.filter((label) => isVisible(label, catalogue))
  return {
    visible: visible.map(nameOf),
    hidden: shown.filter((label) => !visible.includes(label)).map(nameOf),
  }
}

/**
 * The labels after a whole-document request: those that it imports and an earlier one imported come and go with it;
 * manual ones, and private ones that the writer may not use, stay. @see specs/uitdatabank.md 4.2
 */
export function withLabels(
  before: readonly Label[],
  sent: SentLabels,
  { catalogue, grant }: Pick<ViewContext, 'catalogue' | 'grant'>,
): readonly Label[] {
  const mayUse = (name: string) => catalogue.label(name)?.private !== true || grant.may('labels.use-private')
  const asked = new Map<string, Label>()
  for (const [names = [], visible] of [[sent.labels, true] as const, [sent.hiddenLabels, false] as const]) {
    for (const name of names.map((text) => text.trim())) {
      if (asked.has(keyOf(name))) continue
      const registered = catalogue.label(name)
      const label =
        registered === undefined
          ? { name, imported: true, visible }
          : { name: registered.name, imported: true }
      asked.set(keyOf(name), label)
    }
  }
  const kept = before.filter(
    (label) => !isShown(label) || !label.imported || asked.has(keyOf(label.name)) || !mayUse(label.name),
  )
  const present = new Set(before.map(({ name }) => keyOf(name)))
  const added = [...asked]
    .filter(([key, { name }]) => !present.has(key) && mayUse(name))
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

/** Labels are the same when they differ in case only. */
function keyOf(name: string): string {
  return name.trim().toLowerCase()
}
