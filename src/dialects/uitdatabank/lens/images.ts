import type { Image } from '../../../core/items.ts'
import { provisionalId } from '../../../core/items.ts'
import type { OrganizerBody } from '../bodies.ts'
import { formats } from '../formats.ts'
import type { ImageView } from '../wire.ts'
import { IMAGE_SHOWN_AS, isText } from '../wire.ts'
import { isLanguage } from './names.ts'

type SentImage = NonNullable<OrganizerBody['images']>[number]

const IMAGE_PATH = /\/(?:media|images?)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i

/** The id of the file that an image URL names, wherever it is served. @see specs/uitdatabank.md 2.1 */
export function fileOf(url: string): string | undefined {
  return IMAGE_PATH.exec(url)?.[1]?.toLowerCase()
}

/** Whether the document can name the image: its file has a UUID. */
export function isShown({ file }: Image): boolean {
  return formats['uuid'](file)
}

export function imageViewOf(image: Image, baseUrl: string, mainLanguage: string): ImageView {
  const url = `${baseUrl}/images/${image.file}`
  const { description, copyrightHolder, language } = image
  return {
    '@id': url,
    '@type': 'schema:ImageObject',
    id: image.file,
    contentUrl: url,
    thumbnailUrl: url,
    description: isText(description) ? description : IMAGE_SHOWN_AS.description,
    copyrightHolder: isHolder(copyrightHolder) ? copyrightHolder : IMAGE_SHOWN_AS.copyrightHolder,
    inLanguage: language !== undefined && isLanguage(language) ? language : mainLanguage,
  }
}

/** The images after a whole-document request: known ones are edited where they stand, new ones follow, missing ones go. */
export function withImages(
  images: readonly Image[],
  sent: readonly SentImage[],
  shown: readonly ImageView[],
): readonly Image[] {
  const byFile = new Map(sent.map((image) => [fileOf(image['@id']), image]))
  const views = new Map(shown.map((view) => [view.id, view]))
  const kept = images.flatMap((image) => {
    if (!isShown(image)) return [image]
    const match = byFile.get(image.file)
    return match === undefined ? [] : [editedBy(image, match, views.get(image.file))]
  })
  const present = new Set(images.map(({ file }) => file))
  const added = [...byFile]
    .filter(([file]) => file !== undefined && !present.has(file))
    .map(([file, image], at) =>
      editedBy({ id: provisionalId('images', at), file: file ?? '' }, image, undefined),
    )
  const isUnchanged =
    added.length === 0 && kept.length === images.length && kept.every((image, at) => image === images[at])
  return isUnchanged ? images : [...kept, ...added]
}

function editedBy(image: Image, sent: SentImage, shown: ImageView | undefined): Image {
  const edits = {
    ...(sent.description !== undefined &&
      sent.description !== shown?.description && { description: sent.description }),
    ...(sent.copyrightHolder !== undefined &&
      sent.copyrightHolder !== shown?.copyrightHolder && { copyrightHolder: sent.copyrightHolder }),
    ...(sent.inLanguage !== undefined &&
      sent.inLanguage !== shown?.inLanguage && { language: sent.inLanguage }),
  }
  return Object.keys(edits).length === 0 ? image : { ...image, ...edits }
}

function isHolder(text: string | undefined): text is string {
  return isText(text) && text.length >= 2 && text.length <= 250
}
