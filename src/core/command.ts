import type { Dossier } from './dossier.ts'
import type { Lens, PutContext, ViewContext } from './lens.ts'
import type { Permission, Principal } from './principal.ts'
import type { OrganizationKey, PersonKey } from './store.ts'
import type { Uniqueness } from './unique.ts'

/** Who asks, through which dialect, and how they want to be answered. */
export interface Asker {
  /** Nobody, on a public route. */
  readonly principal: Principal | undefined
  readonly tenant: string
  /** Name of the dialect, or of what else speaks to the directory. */
  readonly via: string
  /** Base of absolute links, without a slash at its end. */
  readonly baseUrl: string
  readonly language?: string
  readonly timeZone?: string
  /** Whether this asker may read what is public of public organizations without any right to them. */
  readonly seesPublic: boolean
  /** Whether deleted organizations exist for this asker. */
  readonly seesDeleted: boolean
}

/** What a dialect proposes: to see a dossier through `lens` and to put `input` into it. */
export interface Command<View, Input> {
  readonly lens: Lens<View, Input>
  readonly target: OrganizationKey | 'new'
  /** Id of what a create makes, where the writer chooses it. */
  readonly id?: string
  /** The person that the request names, for a lens with people `focus`. */
  readonly focus?: PersonKey
  /** What to put; a function where it is an edit of the current view (PATCH). */
  readonly input: Input | ((view: View, context: PutContext) => Input)
  /** What the asker must be allowed to do to this organization at all. */
  readonly permission: Permission
  /**
   * Parts that whoever may read the organization may write through this command, with or without `permission`: what of
   * them they may change is for `require` and the lens to say. Nothing else is opened, to read or to write.
   */
  readonly opens?: readonly string[]
  /** Preconditions, on what the asker may see. @throws Problem */
  readonly require?: (dossier: Dossier, context: PutContext) => void
  /** What it may not become. @throws its refusal */
  readonly unique?: Uniqueness
}

/** A dossier as the asker may see it, and what a lens needs to show it. */
export interface Found {
  readonly dossier: Dossier
  readonly context: ViewContext
}

export interface Outcome extends Found {
  /** Whether anything was written. */
  readonly isChanged: boolean
}
