import { isSame } from '../../../core/dossier.ts'
import { readJson } from '../../kit/json.ts'
import type { Bag, Card } from '../wire.ts'
import type { Line } from './lines.ts'
import { escaped, isRaw, unescaped, unreadable } from './lines.ts'
import type { Draft } from './localized.ts'
import { escapedStep, isBag, setAt, stepsOf } from './localized.ts'

// What a Card says and no property of vCard does: JSPROP, a patch of the Card that the other properties make.

/** Stands in REV, in whole seconds. */
const TOLD_ROUGHLY = ['updated']

/** The JSPROPs that make of `read` what `card` is. @see RFC 9555 §3.2.1 */
export function remainderOf(card: Card, read: Bag): readonly Line[] {
  return differences([], card, read)
    .filter(({ path }) => !TOLD_ROUGHLY.includes(path.join('/')))
    .map(({ path, value }) => ({
      name: 'JSPROP',
      params: { JSPTR: [path.map(escapedStep).join('/')] },
      value: escaped(asciiJson(value)),
    }))
}

interface Difference {
  readonly path: readonly string[]
  /** Null takes away what is there. */
  readonly value: unknown
}

function differences(path: readonly string[], wanted: Bag, found: Bag): readonly Difference[] {
  const extra = Object.keys(found).filter((name) => !Object.hasOwn(wanted, name))
  const missing = Object.entries(wanted).filter(([name, value]) => !isSame(found[name], value))
  // A patch cannot set null, nor name what no parameter can hold: the object around it is set whole.
  const isWhole = missing.some(([name, value]) => value === null || !isRaw(name)) || !extra.every(isRaw)
  if (path.length > 0 && isWhole) return [{ path, value: wanted }]
  return [
    ...extra.map((name) => ({ path: [...path, name], value: null })),
    ...missing.flatMap(([name, value]): readonly Difference[] => {
      const before = Object.hasOwn(found, name) ? found[name] : undefined
      if (isBag(value) && isBag(before)) return differences([...path, name], value, before)
      return value === null ? [] : [{ path: [...path, name], value }]
    }),
  ]
}

/** Without characters that a value of vCard cannot hold. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f')
}

/** Patches a Card in place. @throws Problem body-syntax for a patch that is no JSON, or points into what is not there */
export function patch(card: Draft, lines: readonly Line[]): void {
  const patches = lines.map(({ value, params, at = 0 }) => ({
    steps: stepsOf((params['JSPTR']?.[0] ?? '').replace(/^\//, '')),
    value: jsonOf(unescaped(value), at),
    at,
  }))
  for (const { steps, value, at } of patches.sort((left, right) => left.steps.length - right.steps.length)) {
    if (!setAt(card, steps, value)) throw unreadable(at, `JSPTR ${steps.join('/')} points into nothing`)
  }
}

function jsonOf(text: string, at: number): unknown {
  try {
    return readJson(text)
  } catch {
    throw unreadable(at, 'the value of JSPROP is no JSON')
  }
}
