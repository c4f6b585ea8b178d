import type { Hides } from '../../../core/hides.ts'
import type { Identifier } from '../../../core/items.ts'
import { isBlank, lengthOf } from '../../../core/text.ts'
import { LIMITS } from '../wire.ts'

const SCHEME = 'vat'

/** The identifier that OrgNr shows: the first VAT number that fits, else the first identifier that does. */
export function shownIdentifier(
  identifiers: readonly Identifier[],
  hides: Hides | undefined,
): Identifier | undefined {
  let other: Identifier | undefined
  for (const identifier of identifiers) {
    if (!isShowable(identifier, hides)) continue
    if (identifier.scheme === SCHEME) return identifier
    other ??= identifier
  }
  return other
}

export interface PutIdentifiers {
  readonly identifiers: readonly Identifier[]
  readonly hides: Hides | undefined
}

/** Writing OrgNr edits, adds or removes the one that it shows; what would show instead of a removed one is hidden. */
export function putOrgNr(
  identifiers: readonly Identifier[],
  hides: Hides | undefined,
  sent: string,
): PutIdentifiers {
  const shown = shownIdentifier(identifiers, hides)
  const value = isBlank(sent) ? '' : sent
  if (value === (shown?.value ?? '')) return { identifiers, hides }
  if (value === '') {
    const kept = identifiers.filter((identifier) => identifier !== shown)
    return { identifiers: kept, hides: hidesOver(kept, hides) }
  }
  const written = { scheme: shown?.scheme ?? SCHEME, value }
  const after =
    shown === undefined
      ? [...identifiers, written]
      : identifiers.with(identifiers.indexOf(shown), { ...shown, value })
  return { identifiers: after, hides: hidesWithout(hides, after, written) }
}

/** Hides everything that could be shown, and forgets what is gone. */
function hidesOver(identifiers: readonly Identifier[], hides: Hides | undefined): Hides | undefined {
  const entries = identifiers
    .filter((identifier) => isHidden(identifier, hides) || isShowable(identifier, hides))
    .map((identifier) => [idOf(identifier), identifier.value])
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function hidesWithout(
  hides: Hides | undefined,
  identifiers: readonly Identifier[],
  written: Identifier,
): Hides | undefined {
  if (hides === undefined) return undefined
  const entries = identifiers
    .filter((identifier) => isHidden(identifier, hides) && idOf(identifier) !== idOf(written))
    .map((identifier) => [idOf(identifier), identifier.value])
  if (entries.length === Object.keys(hides).length) return hides
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function isShowable(identifier: Identifier, hides: Hides | undefined): boolean {
  const { value } = identifier
  return !isBlank(value) && lengthOf(value) <= LIMITS.OrgNr && !isHidden(identifier, hides)
}

function isHidden(identifier: Identifier, hides: Hides | undefined): boolean {
  return hides?.[idOf(identifier)] === identifier.value
}

/** Identifiers have no id of their own. */
function idOf({ scheme, value }: Identifier): string {
  return `${scheme}:${value}`
}
