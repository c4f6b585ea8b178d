import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import type { SentImage } from './lens/images.ts'
import type { Language } from './wire.ts'

/** What is known of an uploaded image, whoever links it. Kept beside the records; its bytes are a file. */
export interface Media {
  /** UUID, lower case; of the file too. */
  readonly id: string
  /** As the bytes tell. */
  readonly mediaType: string
  readonly description: string
  readonly copyrightHolder: string
  readonly language: Language
  /** UTC, milliseconds. */
  readonly at: string
  /** Id of the principal who uploaded it. */
  readonly by: string
}

const KIND = 'uitdatabank.image'

/** An image, as it is kept. */
export function mediaObject(media: Media) {
  return { kind: KIND, id: media.id, about: '', value: media }
}

export async function findMedia(directory: Directory, asker: Asker, id: string): Promise<Media | undefined> {
  return (await directory.object(asker, KIND, id.toLowerCase()))?.value as Media | undefined
}

/** Those of `ids` that exist, each asked once. */
export async function findAllMedia(
  directory: Directory,
  asker: Asker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Media>> {
  const found = new Map<string, Media>()
  for (const id of new Set(ids)) {
    const media = await findMedia(directory, asker, id)
    if (media !== undefined) found.set(id, media)
  }
  return found
}

interface Texts {
  readonly description?: string | undefined
  readonly copyrightHolder?: string | undefined
  readonly inLanguage?: Language | undefined
}

/** What an image is for one organizer: what is sent, else what its file has. The file itself never changes. */
export function overrides(media: Media | undefined, sent: Texts): Omit<SentImage, 'id'> {
  const texts = {
    description: sent.description ?? media?.description,
    copyrightHolder: sent.copyrightHolder ?? media?.copyrightHolder,
    inLanguage: sent.inLanguage ?? media?.language,
    mediaType: media?.mediaType,
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}

/** How the files of each type begin. */
const BEGINNINGS: readonly (readonly [mediaType: string, beginning: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
]

/** The type that the bytes themselves tell; what a client calls them does not count. */
export function mediaTypeOf(bytes: Buffer): string | undefined {
  return BEGINNINGS.find(([, beginning]) => bytes.toString('latin1', 0, beginning.length) === beginning)?.[0]
}
