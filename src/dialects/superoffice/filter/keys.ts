import { cutKey, folded } from '../../../core/index-rows.ts'

/** A text as filters compare it: whatever its case, and its compatible characters; a long one by its beginning. */
export function textKey(text: string): string {
  return cutKey(folded(text))
}

/**
 * A phone number by its digits: a plus is lost on the way to the server as easily as it is left out. What has none is
 * no number, and is like none.
 * @see specs/superoffice.md 4.4
 */
export function phoneKey(text: string): string {
  const digits = text.replace(/\D/g, '')
  return textKey(digits === '' ? text : digits)
}

/** Numbers as numbers, texts as engines compare them. */
export function compareKeys(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return compareText(String(left), String(right))
}

/** By code points, as engines compare text. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  let at = 0
  while (left.charCodeAt(at) === right.charCodeAt(at)) at += 1
  const [a, b] = [left, right].map((text) => text.charCodeAt(at))
  if (a === undefined || Number.isNaN(a)) return -1
  if (b === undefined || Number.isNaN(b)) return 1
  // A surrogate stands for a code point beyond all that have none.
  const isBeyond = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
  if (isBeyond(a) !== isBeyond(b)) return isBeyond(a) ? 1 : -1
  return a - b
}
