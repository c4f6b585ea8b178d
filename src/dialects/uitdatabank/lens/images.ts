import { isSame } from '../../../core/dossier.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Image } from '../../../core/items.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { formats } from '../formats.ts'
import type { ImageView, Language } from '../wire.ts'
import { IMAGE_SHOWN_AS, isText, SHOWN_EXTENSIONS } from '../wire.ts'
import { facetOf } from './facet.ts'
import { isLanguage, mainLanguageOf } from './names.ts'
import { withPublicMark } from './public-mark.ts'

/** The images in the order of the document. */
export interface ImagesView {
  readonly images: readonly ImageView[]
  /** Id of the main one. */
  readonly main?: string
}

/** What an image shall be for this organizer; what is left out stays, or is that of a new one's file. */
export interface SentImage
  extends Partial<Pick<ImageView, 'description' | 'copyrightHolder' | 'inLanguage'>> {
  readonly id: string
  /** Of the file, for a new one. */
  readonly mediaType?: string
}

export interface SentImages {
  readonly images: readonly SentImage[]
  readonly main?: string
}

/** The linked images and which of them is the main one. */
export const images: Lens<ImagesView, SentImages> = {
  name: 'images',
  get: ({ organization }, { baseUrl }) => imagesOf(organization, baseUrl),
  put: (dossier, sent, { baseUrl }) => {
    const { organization } = dossier
    const after = withImages(organization, sent, imagesOf(organization, baseUrl).images)
    return { ...dossier, organization: withPublicMark(organization, after) }
  },
  echo: (view) => view,
  reads: { organization: ['images', 'language', 'name', 'facets.uitdatabank'], person: [] },
  writes: { organization: ['images', 'facets.uitdatabank', 'public'], person: [] },
  people: 'none',
}

export function imagesOf(organization: Organization, baseUrl: string): ImagesView {
  const language = mainLanguageOf(organization)
  const main = organization.images.find(isShown)?.file
  return {
    images: shownImages(organization).map((image) => imageViewOf(image, baseUrl, language)),
    ...(main !== undefined && { main }),
  }
}

export function hasImages({ images }: Organization): boolean {
  return images.some(isShown)
}

/**
 * The organization with all images that it shows replaced: known ones are edited where they stand, new ones follow,
 * missing ones go. In the record the main one comes first; where the document had it is kept in the facet, as there
 * the order never changes. A main one that goes is followed by the first that stays. @see specs/uitdatabank.md 1.6
 */
export function withImages(
  organization: Organization,
  { images: sent, main }: SentImages,
  shown: readonly ImageView[],
): Organization {
  const before = organization.images
  const byFile = new Map(sent.map((image) => [image.id, image]))
  const views = new Map(shown.map((view) => [view.id, view]))
  const kept = before.flatMap((image) => {
    if (!isShown(image)) return [image]
    const match = byFile.get(image.file)
    return match === undefined ? [] : [editedBy(image, match, views.get(image.file))]
  })
  const added = [...byFile.values()].filter(({ id }) => !views.has(id)).map(created)
  const order = [
    ...shown.map(({ id }) => id).filter((id) => byFile.has(id)),
    ...added.map(({ file }) => file),
  ]
  const candidates = [main, before.find(isShown)?.file, order[0]]
  const first = candidates.find((id) => id !== undefined && order.includes(id))
  const after = withFirst([...kept, ...added], first, order)
  if (after.length === before.length && after.every((image, at) => image === before[at])) return organization
  const isInOrder = isSame(
    order,
    after.filter(isShown).map(({ file }) => file),
  )
  const facet = { ...facetOf(organization), imageOrder: isInOrder ? undefined : order }
  return { ...organization, images: after, facets: withFacet(organization.facets, 'uitdatabank', facet) }
}

/** Whether the document can name the image: its file has a UUID. */
export function isShown({ file }: Image): boolean {
  return formats['uuid'](file) && file === file.toLowerCase()
}

/** In the order of the document; those that came in through other APIs last. */
function shownImages(organization: Organization): readonly Image[] {
  const shown = organization.images.filter(isShown)
  const order = facetOf(organization).imageOrder
  if (order === undefined) return shown
  const places = new Map(order.map((file, at) => [file, at]))
  const placeOf = ({ file }: Image) => places.get(file) ?? order.length
  return shown.toSorted((left, right) => placeOf(left) - placeOf(right))
}

function imageViewOf(image: Image, baseUrl: string, mainLanguage: Language): ImageView {
  const { file, mediaType = '', description, copyrightHolder, language } = image
  return {
    ...imageHeadOf(file, mediaType, baseUrl),
    description: isText(description) ? description : IMAGE_SHOWN_AS.description,
    copyrightHolder: isHolder(copyrightHolder) ? copyrightHolder : IMAGE_SHOWN_AS.copyrightHolder,
    inLanguage: language !== undefined && isLanguage(language) ? language : mainLanguage,
  }
}

/** What every description of an image begins with. An image of an unknown type is shown without an extension. */
export function imageHeadOf(id: string, mediaType: string, baseUrl: string) {
  const url = `${baseUrl}/images/${id}`
  const extension = SHOWN_EXTENSIONS[mediaType]
  const contentUrl = extension === undefined ? url : `${url}.${extension}`
  return { '@id': url, '@type': 'schema:ImageObject' as const, id, contentUrl, thumbnailUrl: contentUrl }
}

/** The images with `main` before all others that are shown, and these in `order`. Hidden ones keep their places. */
function withFirst(
  all: readonly Image[],
  main: string | undefined,
  order: readonly string[],
): readonly Image[] {
  if (main === undefined || all.find(isShown)?.file === main) return all
  const byFile = new Map(all.map((image) => [image.file, image]))
  const files = [main, ...order.filter((file) => file !== main)].values()
  return all.map((image) => (isShown(image) ? (byFile.get(files.next().value ?? '') ?? image) : image))
}

function created({ mediaType, ...sent }: SentImage, at: number): Image {
  const image = {
    id: provisionalId('images', at),
    file: sent.id,
    ...(mediaType !== undefined && { mediaType }),
  }
  return editedBy(image, sent, undefined)
}

function editedBy(image: Image, sent: SentImage, shown: ImageView | undefined): Image {
  const { description, copyrightHolder, inLanguage } = sent
  const isEdit = (member: keyof ImageView & keyof SentImage) =>
    sent[member] !== undefined && sent[member] !== shown?.[member]
  const edits = {
    ...(isEdit('description') && { description }),
    ...(isEdit('copyrightHolder') && { copyrightHolder }),
    ...(isEdit('inLanguage') && { language: inLanguage }),
  } as Partial<Image>
  return Object.keys(edits).length === 0 ? image : { ...image, ...edits }
}

function isHolder(text: string | undefined): text is string {
  return isText(text) && text.length >= 2 && text.length <= 250
}
