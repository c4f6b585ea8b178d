import type { Command } from '../../../core/command.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { differencesBetween } from '../../../core/dossier.ts'
import type { Lens, PutContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import type { Grant } from '../../../core/policy.ts'
import { mayReadPart } from '../../../core/policy.ts'
import { Problem, problem, refused } from '../../../core/problem.ts'
import { lastChange } from '../../../core/record.ts'
import type { Request } from '../../dialect.ts'
import { readJson } from '../../kit/json.ts'
import { requireMediaType } from '../media.ts'
import type { Patch } from '../patches.ts'
import { readPatch } from '../patches.ts'
import type { Refusal } from '../problems.ts'
import { eachMember } from '../problems.ts'
import { requireShowable } from '../replies.ts'
import type { Card } from '../wire.ts'
import { JSON_PATCH_TYPE, LIMITS, MERGE_PATCH_TYPE } from '../wire.ts'

/** @throws Problem not-acceptable, media-type-unsupported, body-missing, body-syntax, body-invalid */
export function patchBody(request: Request): Patch {
  requireShowable(request)
  const mediaType = requireMediaType(request, [MERGE_PATCH_TYPE, JSON_PATCH_TYPE])
  return readPatch(readJson(request.body), mediaType)
}

/** The Card that a patch makes of the one that is shown. One that is too large for a body may only become smaller. */
export function edit(
  patch: Patch,
  read: (value: unknown, card: Card) => Card,
): (view: Card | undefined) => Card {
  return (view = {}) => {
    const after = patch.apply(view)
    if (sizeAtMost(after) > LIMITS.card) requireRoom(sizeOf(after), view)
    return read(after, view)
  }
}

/** What a write with a patch gives. What is wrong in the Card that it makes, be it for the record, is told where the patch has it. */
export async function located<T>(patch: Patch, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof Problem && error.is('body-invalid'))) throw error
    // Each name by itself: one patch may bring them from several places.
    throw problem('body-invalid', { violations: patch.located(error.facts.violations.flatMap(eachMember)) })
  }
}

function requireRoom(size: number, before: Card): void {
  if (size > LIMITS.card && size > sizeOf(before)) throw problem('body-too-large', { limit: LIMITS.card })
}

/** As many bytes as the JSON of a value may have: of nearly every Card, few enough not to write and count them. */
function sizeAtMost(value: unknown): number {
  if (typeof value === 'string') return 2 + LONGEST_ESCAPE * value.length
  if (typeof value !== 'object' || value === null) return LONGEST_NUMBER
  let size = 2
  if (Array.isArray(value)) for (const item of value) size += 1 + sizeAtMost(item)
  else {
    const bag = value as Readonly<Record<string, unknown>>
    for (const name in bag) size += 4 + LONGEST_ESCAPE * name.length + sizeAtMost(bag[name])
  }
  return size
}

/** `\u0000`, for one unit of UTF-16; `-1.7976931348623157e+308`. */
const LONGEST_ESCAPE = 6
const LONGEST_NUMBER = 24

/** In bytes, as it is sent. */
function sizeOf(value: unknown): number {
  // A patch can take all of it away.
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}

/** The version that a patch was made from. @throws Problem refused (query-invalid) */
export function baseOf({ query }: Request): number | undefined {
  const sent = new URLSearchParams(query).get('base')
  if (sent === null) return undefined
  if (/^[1-9]\d{0,8}$/.test(sent)) return Number(sent)
  throw refused('query-invalid' satisfies Refusal, { detail: 'base must be a version, from 1.' })
}

type Pick = (dossier: Dossier) => Organization | Person | undefined

/**
 * The lens for a writer who knows the record as it was at version `base`: what they change must not have changed since.
 * Parts that others changed, and they did not, stay. @see design 10.4.18
 *
 * @param pick the record that the version is of
 */
export function basedOn<View extends Card | undefined>(
  lens: Lens<View, Card>,
  base: number,
  pick: Pick,
): Command<View, Card>['lens'] {
  return {
    ...lens,
    put(dossier: Dossier, input: Card, context: PutContext) {
      const before = pick(dossier)
      const after = lens.put(dossier, input, context)
      const proposed = pick(after)
      if (before === undefined || proposed === undefined) return after
      if (base > lastReadable(before, context.grant))
        throw refused('query-invalid' satisfies Refusal, {
          detail: 'base is a version that is not there yet.',
        })
      const parts = Object.entries(
        differencesBetween(before as never, proposed as never) as Record<string, readonly unknown[]>,
      )
      // That somebody changed a part is not told to who may not read it: they are refused for want of a right.
      const isRead = (part: string) => before.kind === 'person' || mayReadPart(context.grant, part)
      const conflicts = parts.filter(([part]) => isRead(part) && (before.changed[part]?.version ?? 0) > base)
      if (conflicts.length > 0) {
        const told = conflicts.map(([part, [current, yours]]) => ({
          part,
          version: before.changed[part]?.version,
          current,
          yours,
        }))
        throw refused('conflict' satisfies Refusal, {
          detail: `Changed since version ${base}: ${told.map(({ part }) => part).join(', ')}.`,
          conflicts: told,
        })
      }
      return after
    },
  }
}

/** The last version that tells the holder of a grant anything: that there are later ones is not told. */
function lastReadable(record: Organization | Person, grant: Grant): number {
  if (grant.isFull || record.kind === 'person') return record.version
  const parts = Object.keys(record.changed).filter((part) => mayReadPart(grant, part))
  return lastChange(record, parts).version
}
