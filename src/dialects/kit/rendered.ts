import type { Found } from '../../core/command.ts'
import type { Dossier } from '../../core/dossier.ts'

/** Renderings that are kept beside one dossier: several APIs, languages and readers. */
const KEPT = 20

const renderings = new WeakMap<Dossier, Map<string, unknown>>()

/** The text as it is sent: one that is asked for again and again is encoded once. */
export function renderedBytes(found: Found, name: string, render: () => string): Uint8Array {
  return rendered(found, `${name}, bytes`, () => Buffer.from(render()))
}

/**
 * What `render` makes of a dossier, made once for all who may see the same of it in the same way, and forgotten with the
 * dossier. `render` must be pure, and depend on nothing but what was found and `name`.
 * @param name of the API and the form that it shows: one of a text or of bytes
 */
export function rendered<T extends string | Uint8Array>(
  { dossier, context }: Found,
  name: string,
  render: () => T,
): T {
  const { catalogue, grant, baseUrl, language = '', timeZone = '' } = context
  const key = `${name}\n${catalogue.edition}\n${baseUrl}\n${language}\n${timeZone}\n${grant.class}`
  let ofDossier = renderings.get(dossier)
  if (ofDossier === undefined) {
    ofDossier = new Map()
    renderings.set(dossier, ofDossier)
  }
  const before = ofDossier.get(key)
  if (before !== undefined) return before as T
  const made = render()
  if (ofDossier.size >= KEPT) ofDossier.clear()
  ofDossier.set(key, made)
  return made
}
