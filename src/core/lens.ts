import type { Dossier, People } from './dossier.ts'
import type { Grant } from './policy.ts'
import type { Catalogue } from './principal.ts'

/** What a view depends on besides the dossier. */
export interface ViewContext {
  /** Base of absolute links, without a slash at its end. */
  readonly baseUrl: string
  /** Language tag that the reader asked for, where the dialect knows such a thing. */
  readonly language?: string
  /** Time zone that the reader asked for, in the dialect's terms. */
  readonly timeZone?: string
  readonly grant: Grant
  readonly catalogue: Catalogue
}

export interface PutContext extends ViewContext {
  /** The command's instant; UTC, milliseconds. */
  readonly at: string
  /** Id of the principal who writes. */
  readonly by: string
}

/** Parts of the organization and of its people. `facets.kare` is a part. */
export interface Footprint {
  readonly organization: readonly string[]
  readonly person: readonly string[]
}

/** One way to see a dossier and to write it. The laws that each lens keeps are in `testing/lens-laws.ts`. */
export interface Lens<View, Input = View> {
  /** Unique in its dialect; named in events and tests. */
  readonly name: string
  /** Pure and total. */
  get(dossier: Dossier, context: ViewContext): View
  /** Pure. @throws Problem when the record forbids what is asked */
  put(dossier: Dossier, input: Input, context: PutContext): Dossier
  /** What a client that read this view would send back unchanged. */
  echo(view: View): Input
  readonly reads: Footprint
  readonly writes: Footprint
  readonly people: People
  /** What happens to a website that another organization has: refused, or kept as an ordinary link (the default). */
  readonly takenWebsite?: 'refuse' | 'weaken'
}

/** A lens that only shows. */
export type Sight<View> = Pick<Lens<View>, 'name' | 'get' | 'reads' | 'people'>
