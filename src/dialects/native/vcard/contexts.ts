/** Contexts that are types. @see RFC 9555 §2.3.18 */
export const CONTEXTS: Readonly<Record<string, string>> = {
  work: 'work',
  home: 'private',
  billing: 'billing',
  delivery: 'delivery',
}

/** What a property may say of nearly everything, and only some objects of a Card have a member for. */
export type CommonMember = 'contexts' | 'pref' | 'label'

const ALL = ['contexts', 'pref', 'label'] as const

/** By map. What an object has no member for stays a parameter, or the label of a group. @see RFC 9553 §2 */
export const COMMON_MEMBERS: Readonly<Record<string, readonly CommonMember[]>> = {
  nicknames: ['contexts', 'pref'],
  organizations: ['contexts'],
  emails: ALL,
  phones: ALL,
  onlineServices: ALL,
  preferredLanguages: ['contexts', 'pref'],
  addresses: ['contexts', 'pref'],
  calendars: ALL,
  schedulingAddresses: ALL,
  cryptoKeys: ALL,
  directories: ALL,
  links: ALL,
  media: ALL,
  personalInfo: ['label'],
  pronouns: ['contexts', 'pref'],
}
