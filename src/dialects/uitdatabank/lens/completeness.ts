import type { AddressView, Language, Translated } from '../wire.ts'
import { isLanguage } from './names.ts'

export interface TranslatedMembers {
  readonly name: Translated<string>
  readonly address: Translated<AddressView>
  readonly description: Translated<string>
  readonly educationalDescription: Translated<string>
}

/** Every language that any of them has, in the order of first appearance. */
export function languagesOf(members: TranslatedMembers): readonly Language[] {
  const { name, address, description, educationalDescription } = members
  return [...new Set([name, address, description, educationalDescription].flatMap(keysOf))]
}

/** The languages that all of those have that are there at all; `standing` when there is none. */
export function completedLanguagesOf(
  { name, address, description, educationalDescription }: TranslatedMembers,
  standing: readonly Language[],
): readonly Language[] {
  const present = [address, description, educationalDescription].filter((texts) => keysOf(texts).length > 0)
  const complete = keysOf(name).filter((language) => present.every((texts) => texts[language] !== undefined))
  return complete.length > 0 ? complete : standing
}

/** A description counts when it is longer than this, in bytes. */
const DESCRIPTION_BYTES = 200

const WEIGHTS = { name: 20, url: 20, contactPoint: 20, description: 15, images: 15, address: 10 } as const

const utf8 = new TextEncoder()

/** 0 to 100. @see specs/uitdatabank.md 1.2 */
export function completenessOf(has: {
  readonly hasUrl: boolean
  readonly hasContactPoint: boolean
  /** In the main language. */
  readonly description: string | undefined
  readonly hasImages: boolean
  readonly hasAddress: boolean
}): number {
  const isDescribed = has.description !== undefined && isLongerThan(DESCRIPTION_BYTES, has.description)
  return (
    WEIGHTS.name +
    (has.hasUrl ? WEIGHTS.url : 0) +
    (has.hasContactPoint ? WEIGHTS.contactPoint : 0) +
    (isDescribed ? WEIGHTS.description : 0) +
    (has.hasImages ? WEIGHTS.images : 0) +
    (has.hasAddress ? WEIGHTS.address : 0)
  )
}

/** In UTF-8, where a unit of UTF-16 takes one to three bytes. */
function isLongerThan(bytes: number, text: string): boolean {
  return text.length > bytes || (text.length * 3 > bytes && utf8.encode(text).length > bytes)
}

/** Only languages of the model count: a document with others in its lists could not be written back. */
function keysOf(texts: Translated<unknown>): Language[] {
  return Object.keys(texts).filter(isLanguage)
}
