/** The languages that the published model has. */
export const LANGUAGES = ['nl', 'fr', 'de', 'en'] as const

export type Language = (typeof LANGUAGES)[number]

/** What routes take besides: two lower-case letters. @see specs/uitdatabank.md 1.1 */
export const LANGUAGE_PATTERN = /^[a-z]{2}$/

/** Language → value: those of the model, and others that a route was given. */
export type Translated<T> = { readonly [language: string]: T }

export interface AddressView {
  readonly addressCountry: string
  readonly addressLocality: string
  readonly postalCode: string
  readonly streetAddress: string
}

export interface ContactPoint {
  readonly phone: readonly string[]
  readonly email: readonly string[]
  readonly url: readonly string[]
}

export interface ImageView {
  readonly '@id': string
  readonly '@type': 'schema:ImageObject'
  readonly id: string
  readonly contentUrl: string
  readonly thumbnailUrl: string
  readonly description: string
  readonly copyrightHolder: string
  readonly inLanguage: Language
}

/** What GET answers, in the order of its members. @see specs/uitdatabank.md 1 */
export interface OrganizerView {
  readonly '@id': string
  readonly '@context': '/contexts/organizer'
  readonly mainLanguage: Language
  readonly url?: string
  readonly name: Translated<string>
  readonly created: string
  readonly creator: string
  readonly workflowStatus: 'ACTIVE' | 'DELETED'
  readonly languages: readonly Language[]
  readonly completedLanguages: readonly Language[]
  readonly modified: string
  readonly completeness: number
  readonly address?: Translated<AddressView>
  readonly geo?: { readonly latitude: number; readonly longitude: number }
  readonly contactPoint?: ContactPoint
  readonly description?: Translated<string>
  readonly educationalDescription?: Translated<string>
  readonly labels?: readonly string[]
  readonly hiddenLabels?: readonly string[]
  readonly images?: readonly ImageView[]
  readonly mainImage?: string
}

/** Longest name, in code points. */
export const NAME_LIMIT = 90

/** Longest key of a website that the original's table can hold. @see specs/uitdatabank.md 1.3 */
export const URL_KEY_LIMIT = 255

/** Shown for an image whose own text the published form has no room for. */
export const IMAGE_SHOWN_AS = { description: '-', copyrightHolder: '--' } as const

/** Types of images that are taken → what their `contentUrl` ends in. @see specs/uitdatabank.md 1.6 */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
}

/** The same for types that come in through other APIs too. */
export const SHOWN_EXTENSIONS: Readonly<Record<string, string>> = { ...EXTENSIONS, 'image/tiff': 'tiff' }

/** Largest image file, in bytes. */
export const IMAGE_LIMIT = 10_485_760

const IMAGE_PATH = /\/(?:media|images?)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i

/** The id of the file that an image URL names, wherever it is served. @see specs/uitdatabank.md 2.1 */
export function fileOf(url: string): string | undefined {
  return IMAGE_PATH.exec(url)?.[1]?.toLowerCase()
}

/** Longest e-mail address of a contributor. */
export const CONTRIBUTOR_LIMIT = 255

export const LABEL_PATTERN = /^(?=.{2,255}$)(?=.*\S.*\S.*)[^;]*$/u

/** What a path may name as a label; U+0000 cannot be kept. */
export function isLabelName(text: string): boolean {
  return LABEL_PATTERN.test(text) && !text.includes('\0')
}

export const WEB_URL_PATTERN = /^http[s]?:\/\/\w/

const NON_BLANK = /\S/u

export function isText(text: string | undefined): text is string {
  return text !== undefined && NON_BLANK.test(text)
}

const TRUTHS = ['1', 'true', 'on', 'yes']

/** Whether a parameter says yes, whatever its case. @see specs/uitdatabank.md 5.2 */
export function isTrue(text: string | null | undefined): boolean {
  return TRUTHS.includes(text?.toLowerCase() ?? '')
}

/** An instant in whole seconds with a numeric offset. */
export function moment(at: string): string {
  return `${at.slice(0, 19)}+00:00`
}

const ESCAPED = /[/\u007f-\uffff]/g

/** JSON as the original writes it: slashes escaped, and everything beyond ASCII. @see specs/uitdatabank.md 0 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPED, (character) =>
    character === '/'
      ? '\\/'
      : character === '\u007f'
        ? character
        : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
