import type { Found } from '../../core/command.ts'
import type { Dossier } from '../../core/dossier.ts'

/** Texts that are kept beside one dossier: several APIs, languages and readers. */
const KEPT = 20

const renderings = new WeakMap<Dossier, Map<string, string>>()

/**
 * What `render` makes of a dossier, made once for all who may see the same of it in the same way, and forgotten with the
 * dossier. `render` must be pure, and depend on nothing but what was found and `name`.
 * @param name of the API and the form that it shows
 */
export function rendered({ dossier, context }: Found, name: string, render: () => string): string {
  const { catalogue, grant, baseUrl, language = '', timeZone = '' } = context
  const key = `${name}\n${catalogue.version}\n${baseUrl}\n${language}\n${timeZone}\n${grant.class}`
  let ofDossier = renderings.get(dossier)
  if (ofDossier === undefined) {
    ofDossier = new Map()
    renderings.set(dossier, ofDossier)
  }
  const before = ofDossier.get(key)
  if (before !== undefined) return before
  const text = render()
  if (ofDossier.size >= KEPT) ofDossier.clear()
  ofDossier.set(key, text)
  return text
}
