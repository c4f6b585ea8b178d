import type { Forgettings } from '../core/blanking.ts'
import type { Indexer } from '../core/index-rows.ts'
import { CORE_INDEX_FORM, CORE_INDEXERS } from '../core/index-rows.ts'
import type { CatalogueTerms, Dialect } from './dialect.ts'
import { digicert } from './digicert/index.ts'
import { kare } from './kare/index.ts'
import { native } from './native/index.ts'
import { superoffice } from './superoffice/index.ts'
import { uitdatabank } from './uitdatabank/index.ts'

export { isReadableWhere, matches } from './uitdatabank/where.ts'
export { tells } from './uitdatabank/where-rows.ts'

/** Every API that the server speaks. */
export const dialects: readonly Dialect[] = [native, uitdatabank, superoffice, digicert, kare]

/** Which rows the index has of a record, in all: another text where any of them would be made otherwise. */
export const INDEX_FORM = [
  `core ${CORE_INDEX_FORM}`,
  ...dialects.flatMap(({ name, indexForm }) => (indexForm === undefined ? [] : [`${name} ${indexForm}`])),
].join(', ')

export const indexers: readonly Indexer[] = [
  ...CORE_INDEXERS,
  ...dialects.flatMap((dialect) => dialect.indexers ?? []),
]

/** What each API keeps of people beside their records. */
export const forgettings: Forgettings = Object.fromEntries(
  dialects.flatMap(({ name, forgetting }) => (forgetting === undefined ? [] : [[name, forgetting]])),
)

/** What may stand in the `catalogues` of the access file: what a dialect says, else anything under its name. */
export const catalogueTerms: readonly CatalogueTerms[] = dialects.map(
  ({ name, catalogues }) => catalogues ?? { names: [name], mistakesIn: () => [] },
)
