import { Type } from 'typebox'
import type { Catalogue } from '../../core/principal.ts'
import type { CatalogueTerms } from '../dialect.ts'
import { compileSchema } from '../kit/schema.ts'
import { detailOf } from './details.ts'
import { NATIVE } from './lens/kept.ts'

/** What a tenant chooses of this API, as `native` in its `catalogues`. */
interface Settings {
  /** Whether a write that says of no version that it knows it is refused. */
  readonly requirePreconditions?: boolean
}

export function settingsOf(lists: Catalogue['lists']): Settings {
  return (lists[NATIVE] as Settings | undefined) ?? {}
}

const violationsOf = compileSchema(
  Type.Object({ requirePreconditions: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
)

export const catalogues: CatalogueTerms = {
  names: [NATIVE],
  mistakesIn: ({ [NATIVE]: settings = {} }) =>
    violationsOf(settings).map((violation) => {
      const { extra = [] } = violation.params as { readonly extra?: readonly string[] }
      return `${[NATIVE, ...violation.path, ...extra].join('.')}: ${detailOf(violation)}`
    }),
}
