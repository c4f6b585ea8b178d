import { hash } from 'node:crypto'
import type { Found } from '../../core/command.ts'
import { PERMISSIONS } from '../../core/principal.ts'
import { contact } from './lens/contact.ts'
import { PLAIN } from './media-types.ts'

/** What an answer depends on besides the record, the catalogue, the reader's rights, language and time zone. */
export interface Variant {
  readonly contentType: string
  /** Names of the members asked for. */
  readonly selection?: Iterable<string> | undefined
  /** What of the contact is shown, where it is not the entity. */
  readonly of?: string
}

const PARTS = [...contact.reads.organization, 'images', 'people']

/**
 * A strong tag of an answer: the versions that it shows, then what else decides about its bytes. An extension: the
 * vendor has none.
 * @see design §10.4.18, RFC 9110 §8.8.3
 */
export function tagOf(found: Found, variant: Variant): string {
  const { version, people } = found.dossier.organization
  return `"${version}.${people.count}.${found.context.catalogue.version}${variantOf(found, variant)}"`
}

const TAG = /^"(\d{1,15})\.\d{1,15}\.\d{1,15}(?:-[\w-]+)?"$/

/** The version of the record that a tag of ours names; undefined for weak tags and those of others. */
export function versionIn(tag: string): number | undefined {
  const [, version] = TAG.exec(tag) ?? []
  return version === undefined ? undefined : Number(version)
}

/** Nothing for what most readers get: all of the entity as JSON, with every right. */
function variantOf({ dossier, context }: Found, { contentType, selection, of }: Variant): string {
  const { grant, language = '', timeZone = '' } = context
  const isPlain = grant.isFull && language === '' && timeZone === '' && contentType === PLAIN
  if (isPlain && selection === undefined && of === undefined) return ''
  const rights = grant.isFull
    ? ''
    : [
        ...PERMISSIONS.filter((permission) => grant.may(permission)),
        ...PARTS.map((part) => grant.rightTo(part)),
        ...dossier.people.map(({ number }) => number),
      ]
  const told = [contentType, language, timeZone, selection && [...selection].sort(), of, rights]
  return `-${hash('sha256', JSON.stringify(told), 'base64url').slice(0, 16)}`
}
