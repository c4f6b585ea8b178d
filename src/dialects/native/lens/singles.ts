import { isSame } from '../../../core/dossier.ts'
import type { Bag } from '../wire.ts'
import type { Form } from './kept.ts'
import { present, without } from './kept.ts'

/** An object of which the record has one member: as it was written, while the record still says so. */
export function singleOf(derived: Bag, form: Form | undefined): Bag {
  if (form === undefined) return derived
  const [member = ''] = Object.keys(derived)
  return isSame(form.made, textOf(member, derived))
    ? form.sent
    : present({ ...derived, ...without(form.sent, OVERRULED) })
}

/** Other ways to say what the record says: they go when it says something else. */
const OVERRULED = [
  'full',
  'components',
  'isOrdered',
  'defaultSeparator',
  'sortAs',
  'phoneticScript',
  'phoneticSystem',
  'units',
  'note',
]

/** The text of an object that was sent, and how to show it again where the text says less. */
export function singleFrom(
  sent: Bag,
  member: 'full' | 'units' | 'note',
): { readonly value: string | undefined; readonly form: Form | undefined } {
  const plain = without(sent, ['@type'])
  const value = textOf(member, plain)
  if (value === undefined) return { value, form: undefined }
  const derived = member === 'units' ? { units: [{ name: value }] } : { [member]: value }
  return { value, form: isSame(plain, derived) ? undefined : { sent: plain, made: value } }
}

function textOf(member: string, bag: Bag): string | undefined {
  const content = bag[member]
  if (member !== 'units') return content as string | undefined
  return (content as readonly { readonly name: string }[] | undefined)?.[0]?.name
}
