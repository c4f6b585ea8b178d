import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import type { Reader, StoredObject } from '../../core/store.ts'

/** What is known of an uploaded image, whichever API brought it. Its bytes are a file; neither ever changes. */
export interface StoredImage {
  /** UUID, lower case; of the file too. */
  readonly id: string
  /** As the bytes tell. */
  readonly mediaType: string
  readonly description?: string
  readonly copyrightHolder?: string
  readonly language?: string
  /** UTC, milliseconds. */
  readonly at: string
  /** Id of the principal who uploaded it. */
  readonly by: string
}

/** Named after the API that had images first. */
const KIND = 'uitdatabank.image'

/** An image, as it is kept beside the records. */
export function imageObject(image: StoredImage): StoredObject {
  return { kind: KIND, id: image.id, about: '', value: image }
}

/** Every image that was brought to a tenant. */
export async function imagesOf(reader: Reader, tenant: string): Promise<readonly StoredImage[]> {
  return (await reader.objects(tenant, KIND)).map(({ value }) => value as StoredImage)
}

export async function findImage(
  directory: Directory,
  asker: Asker,
  id: string,
): Promise<StoredImage | undefined> {
  return (await directory.object(asker, KIND, id.toLowerCase()))?.value as StoredImage | undefined
}

/** How the files of each type begin. */
const BEGINNINGS: readonly (readonly [mediaType: string, beginning: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
]

/** The type that the bytes themselves tell; what a client calls them does not count. */
export function imageTypeOf(bytes: Buffer): string | undefined {
  return BEGINNINGS.find(([, beginning]) => bytes.toString('latin1', 0, beginning.length) === beginning)?.[0]
}

/** What somebody uploads is shown as an image and nothing else, whatever else it is. */
export const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
} as const
