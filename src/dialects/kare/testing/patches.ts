import assert from 'node:assert/strict'
import { settle } from '../../../core/change.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { CORE_INDEXERS } from '../../../core/index-rows.ts'
import { countedIds, dossier, NOW, person, putContext, viewContext } from '../../../core/testing/records.ts'
import { contact, inputOf } from '../lens/contact.ts'
import type { ContactPatch, ContactView } from '../wire/contact.ts'

export const NUMBERS = ['1', '2', '3', '4', '5', '6'] as const

/** One more than a view has room for; each phone is labelled with its number. */
export const PHONES = NUMBERS.map((number) => ({
  id: `1-${number}`,
  number,
  kind: 'voice' as const,
  label: number,
}))

export function withPhones(): Dossier {
  return dossier({}, [person({ phones: PHONES })])
}

/** Saves as the directory does. */
export function patched(before: Dossier, sent: ContactPatch, at: string = NOW): Dossier {
  const context = putContext({ at })
  const input = { ...inputOf(viewOf(before)), ...sent }
  const stamping = {
    at,
    by: 'ann',
    via: 'kare',
    commandId: 'c',
    newId: countedIds(),
    numbers: [],
    indexers: CORE_INDEXERS,
  }
  return settle(before, contact.put(before, input, context), stamping).after
}

export function viewOf(current: Dossier): ContactView {
  const view = contact.get(current, viewContext())
  assert.ok(view)
  return view
}
