import type { Json } from '../../core/facet.ts'
import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { StoredImage } from '../kit/images.ts'
import { isJsonObject, readJson } from '../kit/json.ts'
import type { ContactPointBody, MainImageBody, OrganizerBody } from './bodies.ts'
import { violationsOfContactPoint, violationsOfMainImage, violationsOfOrganizer } from './bodies.ts'
import type { OrganizerPlace } from './conversion.ts'
import { convertContactPoint, convertOrganizer, removeNulls } from './conversion.ts'
import { overrides } from './media.ts'
import { fileOf } from './wire.ts'

/** What there is of the images that a body names. */
export interface KnownImages {
  readonly media: ReadonlyMap<string, StoredImage>
  /** Files that the organizer has. */
  readonly linked: readonly string[]
}

/**
 * The body of POST and PUT of a whole organizer. Each step's failure hides those after it. @see specs/uitdatabank.md 2.1
 *
 * @param findImages asked only when the body names images
 */
export async function readOrganizer(
  text: string,
  place: OrganizerPlace,
  findImages: (files: readonly string[]) => Promise<KnownImages>,
): Promise<OrganizerBody> {
  const body = convertOrganizer(readRoot(text), place)
  const files = filesIn(body)
  const known = files.length === 0 ? NO_IMAGES : await findImages(files)
  refuseIfAny(violationsOfImages(body, known))
  refuseIfAny(violationsOfOrganizer(body))
  const organizer = body as OrganizerBody
  refuseIfAny(labelsInBothLists(organizer))
  refuseIfAny(missingMainLanguage(organizer))
  return withMedia(organizer, known)
}

const NO_IMAGES: KnownImages = { media: new Map(), linked: [] }

/** The body of PUT contact-point, in either form. @see specs/uitdatabank.md 2.2 */
export function readContactPoint(text: string): ContactPointBody {
  const body = convertContactPoint(readRoot(text))
  refuseIfAny(violationsOfContactPoint(body))
  return body as ContactPointBody
}

/** A body that `violationsOf` finds no fault with. */
export function readValid(text: string, violationsOf: (body: unknown) => readonly Violation[]): unknown {
  const body = readRoot(text)
  refuseIfAny(violationsOf(body))
  return body
}

/** The body of PUT main image, whose member had another name once. @see specs/uitdatabank.md 2.3 */
export function readMainImage(text: string): MainImageBody {
  const body = readRoot(text)
  const isLegacy = isJsonObject(body) && body['imageId'] === undefined && body['mediaObjectId'] !== undefined
  const converted = isLegacy ? { imageId: body['mediaObjectId'] } : body
  refuseIfAny(violationsOfMainImage(converted))
  return converted as MainImageBody
}

function readRoot(text: string): Json {
  const body = readJson(text)
  if (body === null) throw problem('body-missing', {})
  if (typeof body !== 'object') refuseIfAny([{ path: [], keyword: 'rootType', params: {} }])
  return removeNulls(body)
}

/** @throws Problem body-invalid */
export function refuseIfAny(violations: readonly Violation[]): void {
  if (violations.length > 0) throw problem('body-invalid', { violations })
}

function filesIn(body: Json): readonly string[] {
  return imagesIn(body).flatMap((image) => fileOf(urlOf(image) ?? '') ?? [])
}

function violationsOfImages(body: Json, { media, linked }: KnownImages): readonly Violation[] {
  return imagesIn(body).flatMap((image, at): Violation[] => {
    const url = urlOf(image)
    if (url === undefined) return []
    const path = ['images', at, '@id']
    const file = fileOf(url)
    if (file === undefined) return [{ path, keyword: 'imageWithoutId', params: { url } }]
    const exists = media.has(file) || linked.includes(file)
    return exists ? [] : [{ path, keyword: 'imageUnknown', params: { url, id: file } }]
  })
}

function imagesIn(body: Json): readonly unknown[] {
  const images = (body as { images?: unknown } | null)?.images
  return Array.isArray(images) ? images : []
}

function urlOf(image: unknown): string | undefined {
  const url = (image as { '@id'?: unknown } | null)?.['@id']
  return typeof url === 'string' ? url : undefined
}

/** Images with what they leave out as their files have it; of what the schema does not name, nothing is kept. */
function withMedia({ images, ...organizer }: OrganizerBody, { media }: KnownImages): OrganizerBody {
  if (images === undefined) return organizer
  const filled = images.map(({ '@id': url, description, copyrightHolder, inLanguage }) => ({
    '@id': url,
    ...overrides(media.get(fileOf(url) ?? ''), { description, copyrightHolder, inLanguage }),
  }))
  return { ...organizer, images: filled }
}

function labelsInBothLists({ labels = [], hiddenLabels = [] }: OrganizerBody): readonly Violation[] {
  const hidden = new Set(hiddenLabels.map(labelKey))
  return labels.flatMap((label, at) =>
    hidden.has(labelKey(label))
      ? [{ path: ['labels', at], keyword: 'labelInBothLists', params: { label } }]
      : [],
  )
}

function labelKey(label: string): string {
  return label.trim().toLowerCase()
}

const TRANSLATED = ['name', 'description', 'educationalDescription', 'address'] as const

function missingMainLanguage(organizer: OrganizerBody): readonly Violation[] {
  const { mainLanguage: language } = organizer
  return TRANSLATED.filter((member) => {
    const texts = organizer[member] as Readonly<Record<string, unknown>> | undefined
    return texts !== undefined && texts[language] === undefined
  }).map((member) => ({ path: [member], keyword: 'mainLanguage', params: { language } }))
}
