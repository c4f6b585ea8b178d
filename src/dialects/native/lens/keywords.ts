import type { Label } from '../../../core/items.ts'
import { labelKey } from '../../../core/known.ts'
import type { ViewContext } from '../../../core/lens.ts'
import { problem } from '../../../core/problem.ts'

/** @see RFC 9553 §2.8.2 */
export function keywordsOf(labels: readonly Label[]): Record<string, true> {
  return Object.fromEntries(labels.map(({ name }) => [name, true]))
}

/**
 * The labels with these names; those that were there stay as they are, and where they are. One that the tenant does not have
 * is registered as visible. @throws Problem forbidden when a private one comes or goes
 */
export function labelsFrom(
  before: readonly Label[],
  names: readonly string[],
  { catalogue, grant }: Pick<ViewContext, 'catalogue' | 'grant'>,
): readonly Label[] {
  const asked = new Map(names.map((name) => [labelKey(name), name.trim()]))
  const stay = before.filter(({ name }) => asked.has(labelKey(name)))
  const known = new Set(before.map(({ name }) => labelKey(name)))
  const added = [...asked].filter(([key]) => !known.has(key)).map(([, name]) => newLabel(name))
  if (stay.length === before.length && added.length === 0) return before
  const moved = [...added, ...before.filter((label) => !stay.includes(label))]
  const isPrivate = moved.some(({ name }) => catalogue.label(name)?.private === true)
  if (isPrivate && !grant.may('labels.use-private'))
    throw problem('forbidden', { action: 'labels.use-private', principal: '' })
  return [...stay, ...added]

  function newLabel(name: string): Label {
    const registered = catalogue.label(name)
    return registered === undefined
      ? { name, imported: false, visible: true }
      : { name: registered.name, imported: false }
  }
}
