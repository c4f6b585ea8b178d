/** A member of a list in a record. */
export interface Item {
  /** Unique in its record and never reused; provisional (see `provisionalId`) until saved. */
  readonly id: string
}

export interface Email extends Item {
  /** As sent. */
  readonly address: string
  readonly label?: string
}

export type PhoneKind = 'voice' | 'mobile' | 'fax'

export interface Phone extends Item {
  /** As sent. */
  readonly number: string
  readonly kind: PhoneKind
  readonly label?: string
  /** Of a person's phone only. */
  readonly extension?: string
}

export interface Link extends Item {
  /** As sent. */
  readonly uri: string
  /** At most one link of an organization is its website. */
  readonly kind: 'website' | 'contact'
  readonly label?: string
}

export interface Image extends Item {
  /** Id of the file in the file store. */
  readonly file: string
  /** Of the file, as its bytes tell: `image/png`, … */
  readonly mediaType?: string
  readonly description?: string
  readonly copyrightHolder?: string
  readonly language?: string
}

export interface Label {
  /** As first written; labels are the same when they differ in case only. */
  readonly name: string
  /** Came in through a whole-document write. */
  readonly imported: boolean
  /** Only on a label that the register does not have: `execute` registers it with this visibility and drops the member. */
  readonly visible?: boolean
}

export interface Identifier {
  /** `vat`, `kbo`, `duns`, … */
  readonly scheme: string
  readonly value: string
}

const PROVISIONAL = '\u0000'

/** The id of the `index`th new member of `list` until `execute` gives the real one. No input can forge it: U+0000 is refused. */
export function provisionalId(list: string, index: number): string {
  return `${PROVISIONAL}${list}:${index}`
}

export function isProvisional(id: string): boolean {
  return id.startsWith(PROVISIONAL)
}
