import { isSame } from '../../../core/dossier.ts'
import type { Email, Image, Item, Link, Phone, PhoneKind } from '../../../core/items.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Bag, CardEmail, CardPhone, CardResource, IdMap } from '../wire.ts'
import { GIVEN_ID, OWN_MEMBERS } from '../wire.ts'
import type { NativeFacet } from './kept.ts'
import { present, without } from './kept.ts'

/** How the items of one list stand in a map of a Card: under their ids. @see RFC 9553 §1.4.1 */
export interface ItemForm<I extends Item, Sent extends Bag = Bag> {
  /** Name of the map. */
  readonly map: string
  /** The members of a Card that an item of the record has. */
  readonly own: readonly string[]
  /** @param extra what else RFC 9553 says of it */
  readonly show: (item: I, extra: Bag) => Bag
  /** @param before the item that stood there */
  readonly make: (id: string, sent: Sent, before: I | undefined) => I
  /** Whether the record has a place for it (default: for all). */
  readonly isOurs?: (sent: Sent) => boolean
}

/** The items of a record as a map, each with what else RFC 9553 says of it. */
export function mapOf<I extends Item, Sent extends Bag>(
  items: readonly I[],
  form: ItemForm<I, Sent>,
  { extras = {} }: NativeFacet,
): IdMap<Sent> {
  const ofMap = extras[form.map]
  return Object.fromEntries(items.map((item) => [item.id, shownAs(item, form, ofMap?.[item.id])]))
}

function shownAs<I extends Item, Sent extends Bag>(
  item: I,
  form: ItemForm<I, Sent>,
  extra: Bag | undefined,
): Sent {
  if (extra === undefined) return present(form.show(item, {})) as Sent
  const own = form.show(item, extra)
  return present({ ...own, ...extra, ...own }) as Sent
}

/** What a map that was sent makes of a list. */
export interface Made<I extends Item> {
  readonly items: readonly I[]
  readonly extras: IdMap
  /** Members of the map that the record has no place for. */
  readonly others: IdMap
}

/** What the very map that is shown makes of a list. */
export function untouched<I extends Item, Sent extends Bag>(
  items: readonly I[],
  { map }: ItemForm<I, Sent>,
  { extras = {}, card = {} }: NativeFacet,
): Made<I> {
  const ids = new Set(items.map(({ id }) => id))
  const ofItems = Object.entries(extras[map] ?? {}).filter(([id]) => ids.has(id))
  return { items, extras: Object.fromEntries(ofItems), others: (card[map] ?? {}) as IdMap }
}

/**
 * Items keep their places whatever the order of the members, which means nothing in JSON; new ones follow. An id of the
 * directory's making that no item has names a new item, or the one that says the same.
 * @param shown the items as `mapOf` shows them: what is sent as the very object says nothing new
 */
export function itemsFrom<I extends Item, Sent extends Bag>(
  before: readonly I[],
  sent: IdMap<Sent>,
  form: ItemForm<I, Sent>,
  shown: IdMap<Sent>,
  kept: NativeFacet,
): Made<I> {
  const { isOurs = () => true } = form
  const extrasBefore = kept.extras?.[form.map] ?? {}
  const others: Record<string, Bag> = {}
  const extras: Record<string, Bag> = {}
  const made = new Map<string, I>()
  const added: I[] = []
  const keep = (item: I, member: Sent): I => {
    const plain = form.show(item, {})
    const more = Object.entries(without(member, ['@type', ...form.own]))
    const extra = more.filter(([name, value]) => !isSame(value, plain[name]))
    if (extra.length > 0) extras[item.id] = Object.fromEntries(extra)
    return item
  }
  for (const [id, member] of Object.entries(sent)) {
    if (!isOurs(member)) {
      others[id] = member
      continue
    }
    const known = before.find((item) => item.id === id) ?? twinOf(id, member)
    if (known !== undefined) {
      const asShown = shown[known.id]
      const isLeft = asShown === member && extrasBefore[known.id] === undefined
      const edited = () => (isSame(asShown, member) ? known : form.make(known.id, member, known))
      made.set(known.id, isLeft ? known : keep(edited(), member))
      continue
    }
    const newId = GIVEN_ID.test(id) ? provisionalId(form.map, added.length) : id
    added.push(keep(form.make(newId, member, undefined), member))
  }
  const stay = before.flatMap((item) => made.get(item.id) ?? [])
  return { items: [...stay, ...added], extras, others }

  function twinOf(id: string, member: Sent): I | undefined {
    if (!GIVEN_ID.test(id)) return undefined
    const plain = without(member, ['@type'])
    return before.find((item) => !(item.id in sent) && !made.has(item.id) && isSame(shown[item.id], plain))
  }
}

export const EMAILS: ItemForm<Email, CardEmail> = {
  map: 'emails',
  own: ['address', 'label'],
  show: ({ address, label }) => ({ address, label }),
  make: (id, { address, label }) => present({ id, address, label }) as unknown as Email,
}

const KINDS: readonly PhoneKind[] = ['fax', 'mobile', 'voice']

export const PHONES: ItemForm<Phone, CardPhone> = {
  map: 'phones',
  own: ['number', 'label', OWN_MEMBERS.extension],
  show: ({ number, kind, label, extension }, { features }) => ({
    number,
    features: kindOf(features as CardPhone['features']) === kind ? features : { [kind]: true },
    label,
    [OWN_MEMBERS.extension]: extension,
  }),
  make: (id, sent, before) => {
    const kind = kindOf(sent.features) ?? (sent.features === undefined ? before?.kind : undefined) ?? 'voice'
    const { number, label, [OWN_MEMBERS.extension]: extension } = sent
    return present({ id, number, kind, label, extension }) as unknown as Phone
  },
}

function kindOf(features: CardPhone['features'] = {}): PhoneKind | undefined {
  return KINDS.find((kind) => features[kind] === true)
}

export const LINKS: ItemForm<Link, CardResource> = {
  map: 'links',
  own: ['uri', 'label', OWN_MEMBERS.website],
  show: ({ uri, kind, label }) => ({
    uri,
    label,
    [OWN_MEMBERS.website]: kind === 'website' ? true : undefined,
  }),
  make: (id, { uri, label, [OWN_MEMBERS.website]: isWebsite }) =>
    present({ id, uri, kind: isWebsite === true ? 'website' : 'contact', label }) as unknown as Link,
}

/** Where the pictures are that the directory keeps itself. */
const OF_OURS = /\/images\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

/** The file of a picture that the directory keeps. */
export function fileIn({ uri }: Pick<CardResource, 'uri'>): string | undefined {
  return OF_OURS.exec(uri)?.[1]?.toLowerCase()
}

export function mediaForm(baseUrl: string): ItemForm<Image, CardResource> {
  return {
    map: 'media',
    own: ['uri', 'mediaType', 'label', OWN_MEMBERS.copyrightHolder, OWN_MEMBERS.language],
    isOurs: ({ uri }) => uri.startsWith(`${baseUrl}/`) && fileIn({ uri }) !== undefined,
    show: ({ file, mediaType, description, copyrightHolder, language }, { kind = 'photo' }) => ({
      kind,
      uri: `${baseUrl}/images/${file}`,
      mediaType,
      label: description,
      [OWN_MEMBERS.copyrightHolder]: copyrightHolder,
      [OWN_MEMBERS.language]: language,
    }),
    make: (id, sent) => {
      const {
        mediaType,
        label,
        [OWN_MEMBERS.copyrightHolder]: copyrightHolder,
        [OWN_MEMBERS.language]: language,
      } = sent
      const file = fileIn(sent) ?? ''
      return present({
        id,
        file,
        mediaType,
        description: label,
        copyrightHolder,
        language,
      }) as unknown as Image
    },
  }
}
