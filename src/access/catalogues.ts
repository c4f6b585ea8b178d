import type { CatalogueTerms } from '../dialects/dialect.ts'
import type { AccessFile } from './access-file.ts'

/** What one tenant's clients choose from, in the terms of the dialects. */
export type CatalogueEntry = Readonly<Record<string, unknown>> & { readonly tenant?: string }

/** The catalogues of an access file, one of each tenant that it names; empty ones say nothing. */
export function cataloguesIn({ catalogues }: AccessFile): readonly CatalogueEntry[] {
  if (catalogues === undefined) return []
  const entries = (Array.isArray(catalogues) ? catalogues : [catalogues]) as readonly CatalogueEntry[]
  return entries.filter(({ tenant: _, ...lists }) => Object.keys(lists).length > 0)
}

/** What is wrong with the catalogues of an access file: a name that means nothing to any dialect, or what it holds. */
export function mistakesInCatalogues(file: AccessFile, terms: readonly CatalogueTerms[]): readonly string[] {
  const names = new Set(terms.flatMap((term) => term.names))
  const entries = cataloguesIn(file)
  const tenants = entries.map(({ tenant = '' }) => tenant)
  const doubled = new Set(tenants.filter((tenant, at) => tenants.indexOf(tenant) !== at))
  return [
    ...[...doubled].map((tenant) => `catalogues has ${tenant === '' ? 'one tenant' : tenant} twice`),
    ...entries.flatMap(({ tenant, ...lists }) => {
      const where = tenant === undefined ? 'catalogues' : `catalogues of ${tenant}`
      const unknown = Object.keys(lists).filter((name) => !names.has(name))
      return [
        ...unknown.map((name) => `${where}: there is no catalogue ${name}`),
        ...terms.flatMap(({ mistakesIn }) => mistakesIn(lists)).map((mistake) => `${where}: ${mistake}`),
      ]
    }),
  ]
}
