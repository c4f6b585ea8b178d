/** JSON as the record keeps it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** What one dialect must give back and no second dialect shows. Its owner casts it; the core only keeps it. */
export type Facet = Readonly<Record<string, unknown>>

/** Name of a dialect → its facet. A facet without members does not exist. */
export type Facets = Readonly<Record<string, Facet>>

/** The facets with `facet` as that of `dialect`; members that are undefined are dropped, and so is an empty facet. */
export function withFacet(facets: Facets, dialect: string, facet: Facet): Facets {
  const kept = Object.entries(facet).filter(([, value]) => value !== undefined)
  const { [dialect]: before, ...others } = facets
  if (kept.length === 0) return before === undefined ? facets : others
  return { ...facets, [dialect]: Object.fromEntries(kept) }
}
