import { isUtf8 } from 'node:buffer'
import type { Violation } from '../../../core/problem.ts'
import { notFound, Problem, problem, refused } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { findImage, HARMLESS, imageObject, type StoredImage } from '../../kit/images.ts'
import { readMultipart } from '../../kit/multipart.ts'
import type { UploadForm } from '../bodies.ts'
import { violationsOfUpload } from '../bodies.ts'
import { imageHeadOf } from '../lens/images.ts'
import { mediaTypeOf } from '../media.ts'
import { refuseIfAny } from '../reading.ts'
import { IMAGE_LIMIT, IMAGE_SHOWN_AS, SHOWN_EXTENSIONS, toJson } from '../wire.ts'

/** Room for the boundaries and texts of a form, beside its file. */
const FORM_ROOM = 65_536

/** Uploaded images. Linking them is another matter. */
export const imageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/images',
    access: 'required',
    body: 'bytes',
    bodyLimit: IMAGE_LIMIT + FORM_ROOM,
    handle: upload,
  },
  { method: 'GET', path: '/images/:imageId', access: 'optional', handle: show },
]

async function upload(request: Request, { directory, files, newId }: Services): Promise<Reply> {
  const { asker } = request
  const { file, mediaType, description, copyrightHolder, language } = await readUpload(request)
  const id = newId()
  // The bytes first: an image that is described has them. Bytes that nobody describes do no harm.
  await files.put(id, file)
  const by = asker.principal?.id ?? ''
  await directory.keep(asker, async ({ at }) => {
    const media: StoredImage = { id, mediaType, description, copyrightHolder, language, at, by }
    return [undefined, { object: imageObject(media) }]
  })
  return {
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: toJson({ '@id': `${asker.baseUrl}/images/${id}`, id, imageId: id }),
  }
}

interface Upload extends Omit<UploadForm, 'file'> {
  readonly file: Uint8Array
  readonly mediaType: string
}

/** @throws Problem body-missing, body-invalid, refused */
async function readUpload({ headers, bytes }: Request): Promise<Upload> {
  const parts = await readMultipart(headers['content-type'], bytes).catch(asBrokenForm)
  const form = Object.fromEntries(
    ['file', 'description', 'copyrightHolder', 'language'].flatMap((name) => {
      const part = parts.get(name)
      return part === undefined ? [] : [[name, name === 'file' ? true : textOf(part)]]
    }),
  )
  refuseIfAny(violationsOfUpload(form))
  const file = parts.get('file') ?? Buffer.alloc(0)
  const mediaType = mediaTypeOf(file)
  if (file.length > IMAGE_LIMIT)
    refuseIfAny([fault('fileTooLarge', { limit: IMAGE_LIMIT, found: file.length })])
  if (mediaType === undefined) throw problem('body-invalid', { violations: [fault('fileType', {})] })
  return { ...(form as UploadForm), file, mediaType }
}

/** The image's description, or with its extension the bytes. They never change. */
async function show({ params, asker, headers }: Request, { directory, files }: Services): Promise<Reply> {
  const { imageId = '' } = params
  const [, id, extension] = IMAGE_NAME.exec(imageId) ?? []
  const media = id === undefined ? undefined : await findImage(directory, asker, id)
  if (media === undefined) throw notFound('image', imageId)
  if (extension === undefined) return described(media, asker.baseUrl)
  if (extension !== SHOWN_EXTENSIONS[media.mediaType]) throw notFound('image', imageId)
  const etag = `"${media.id}"`
  if (isKnown(headers['if-none-match'], etag)) return { status: 304, headers: { ...CACHED, etag } }
  const bytes = await files.get(media.id)
  if (bytes === undefined) throw notFound('image', imageId)
  return { status: 200, headers: { ...CACHED, etag, 'content-type': media.mediaType, ...HARMLESS }, bytes }
}

const IMAGE_NAME = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:\.([a-z]{3,4}))?$/i

const CACHED = { 'cache-control': 'public, max-age=31536000, immutable' }

/** What came in through other APIs has no texts of its own. */
function described(media: StoredImage, baseUrl: string): Reply {
  const { id, mediaType, language } = media
  const { description, copyrightHolder } = { ...IMAGE_SHOWN_AS, ...media }
  const view = {
    ...imageHeadOf(id, mediaType, baseUrl),
    description,
    copyrightHolder,
    ...(language !== undefined && { inLanguage: language }),
  }
  return { status: 200, headers: { 'content-type': 'application/ld+json' }, body: toJson(view) }
}

/** @see RFC 9110 §13.1.2 */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

function asBrokenForm(error: unknown): never {
  if (error instanceof Problem && error.is('body-syntax')) throw refused('form')
  throw error
}

/** @throws Problem refused: what is no text would be kept as another one */
function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes) || bytes.includes(0)) throw refused('form')
  return bytes.toString()
}

function fault(keyword: 'fileTooLarge' | 'fileType', params: Violation['params']): Violation {
  return { path: ['file'], keyword, params }
}
