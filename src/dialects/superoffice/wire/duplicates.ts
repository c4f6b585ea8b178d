import type { Carrier } from './carriers.ts'

/** A contact that may be the one that was asked about. @see specs/superoffice.md 1.8 */
export interface DuplicateEntry extends Carrier {
  readonly RuleName: string
  readonly SoPrimaryKey: number
  readonly EntryName: string
  /** Of an entry in another system; there are none. */
  readonly EntryIdentifier: string
  readonly RuleDisplayName: string
}

export interface DuplicateRule extends Carrier {
  readonly Name: string
  readonly DisplayName: string
  readonly DisplayTooltip: string
  readonly IsActive: boolean
}

export type RuleName = keyof typeof RULES

/** By which rules contacts are compared. Choice 49 */
export const RULES = {
  NameDepartment: {
    DisplayName: 'US:"Name and department";NO:"Navn og avdeling"',
    DisplayTooltip: 'US:"Companies with a name like this one";NO:"Firmaer med et navn som ligner dette"',
  },
  Domain: {
    DisplayName: 'US:"Domain";NO:"Domene"',
    DisplayTooltip:
      'US:"Companies with this domain, or with an e-mail address or a link of it";NO:"Firmaer med dette domenet, eller med en e-postadresse eller lenke som har det"',
  },
} as const

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[]
