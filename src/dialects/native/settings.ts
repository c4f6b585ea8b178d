import { Type } from 'typebox'
import type { Catalogue } from '../../core/principal.ts'
import type { CatalogueTerms, RateWindow } from '../dialect.ts'
import { LARGEST_WINDOW, LONGEST_WINDOW_S } from '../kit/rate-windows.ts'
import { compileSchema } from '../kit/schema.ts'
import { detailOf } from './details.ts'
import { NATIVE } from './lens/kept.ts'

/** What a tenant chooses of this API, as `native` in its `catalogues`. */
interface Settings {
  /** Whether a write that says of no version that it knows it is refused. */
  readonly requirePreconditions?: boolean
  /** How many requests it takes of one key, or of one principal without; see `rate-limits.ts`. */
  readonly rateLimits?: readonly RateWindow[]
}

export function settingsOf(lists: Catalogue['lists']): Settings {
  return (lists[NATIVE] as Settings | undefined) ?? {}
}

const closed = { additionalProperties: false }

/** A millisecond is the shortest span that the clock of the server tells. */
const Window = Type.Object(
  {
    requests: Type.Integer({ minimum: 1, maximum: LARGEST_WINDOW }),
    seconds: Type.Number({ minimum: 0.001, maximum: LONGEST_WINDOW_S }),
  },
  closed,
)

const violationsOf = compileSchema(
  Type.Object(
    {
      requirePreconditions: Type.Optional(Type.Boolean()),
      rateLimits: Type.Optional(Type.Array(Window)),
    },
    closed,
  ),
)

export const catalogues: CatalogueTerms = {
  names: [NATIVE],
  mistakesIn: ({ [NATIVE]: settings = {} }) =>
    violationsOf(settings).map((violation) => {
      const { extra = [] } = violation.params as { readonly extra?: readonly string[] }
      return `${[NATIVE, ...violation.path, ...extra].join('.')}: ${detailOf(violation)}`
    }),
}
