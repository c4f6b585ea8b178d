import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import { findImage, imageTypeOf, type StoredImage } from '../kit/images.ts'
import type { SentImage } from './lens/images.ts'
import { isLanguage } from './lens/names.ts'
import type { Language } from './wire.ts'
import { EXTENSIONS } from './wire.ts'

/** Those of `ids` that exist, each asked once. */
export async function findAllMedia(
  directory: Directory,
  asker: Asker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredImage>> {
  const found = new Map<string, StoredImage>()
  for (const id of new Set(ids)) {
    const media = await findImage(directory, asker, id)
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
export function overrides(media: StoredImage | undefined, sent: Texts): Omit<SentImage, 'id'> {
  const texts = {
    description: sent.description ?? media?.description,
    copyrightHolder: sent.copyrightHolder ?? media?.copyrightHolder,
    inLanguage: sent.inLanguage ?? languageOf(media),
    mediaType: media?.mediaType,
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}

/** Only what this API shows in. */
function languageOf(media: StoredImage | undefined): Language | undefined {
  const language = media?.language
  return language !== undefined && isLanguage(language) ? language : undefined
}

/** The type of an image, as its bytes tell, of those that this API takes. */
export function mediaTypeOf(bytes: Buffer): string | undefined {
  const type = imageTypeOf(bytes)
  return type !== undefined && type in EXTENSIONS ? type : undefined
}
