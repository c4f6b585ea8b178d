import type { CompanyType } from './wire/company.ts'

/** In UTF-16 units, inclusive, but for `phones` and `ids`, which count items. @see specs/kare.md 2.2, 2.3, 1.1 */
export const LIMITS = {
  name: 250,
  email: 250,
  phones: 5,
  phone: 50,
  comment: 2500,
  location: 250,
  /** Of each list of ids. The vendor names no limit. */
  ids: 500,
  password: { shortest: 6, longest: 100 },
  organizationName: 100,
} as const

/** No dot at an end of the local part, no two dots in a row, ASCII only, labels, and letters at the end. @see specs/kare.md 2.2 */
export const EMAIL_PATTERN = String.raw`^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$`

/** What the vendor requires of a company and the record may lack is shown as this. */
export const SHOWN_AS = {
  type: 1,
  /** No API gives labels a colour. */
  labelColor: '#808080',
  /** Of a label that no register here has: Kare's own, known by its id alone. */
  labelName: '',
  /** Technical installations are Kare's own, known by their ids alone. */
  technicalInstallation: { name: '', image: { id: 0, presignedUrl: '' }, tradKey: '', isDefault: false },
} as const satisfies { type: CompanyType; [name: string]: unknown }

/** Where the user of a token works, of whom no more is known than the tenant. @see specs/kare.md 1.1 */
export const WORKPLACE = { establishmentId: null, pinCodeEnabled: false, reportId: null } as const

/** What the vendor leaves open, decided once. The README's table of choices explains each. */
export const CHOICES = {
  /** Contacts in one POST. */
  fewestNew: 1,
  mostNew: 100,
  defaultPage: 1,
  defaultPageSize: 50,
  largestPageSize: 500,
  /** Fields that one list is ordered by. */
  mostOrders: 10,
  /** Companies whose primary contacts are looked at for an e-mail; who asks for more has to say more. */
  mostSearchedByEmail: 10_000,
  /** Where the documentation's deployment puts everything; all of it is there without, too. */
  stage: '/main',
  /** Where a refresh token goes: beside its sibling. */
  refreshPath: '/auth/v1/rs/token/refresh',
  /** What answers that the vendor does not show have for a status. */
  statuses: { companyCreated: 201, companyUpdated: 200, companyArchived: 204, contactDeleted: 204 },
  /** Besides the name, e-mail and phones that the new company was given. */
  newPrimaryContact: { notify: false, comment: null },
} as const
