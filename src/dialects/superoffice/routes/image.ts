import type { Found } from '../../../core/command.ts'
import { notFound, refused } from '../../../core/problem.ts'
import type { Headers, Reply, Request, Route, Services } from '../../dialect.ts'
import { findImage, HARMLESS, imageObject, imageTypeOf } from '../../kit/images.ts'
import { readMultipart } from '../../kit/multipart.ts'
import { blankImage, isBlankImage } from '../blank-images.ts'
import { requireWritable } from '../conditional.ts'
import { associateWithId } from '../lens/associates.ts'
import { image, shownImage } from '../lens/image.ts'
import { readDocument } from '../media-types.ts'
import { keyOf } from '../paths.ts'
import { integerOption, optionIn } from '../query.ts'
import { carrierReply } from '../replies.ts'
import { memberOf, object, text } from '../values.ts'
import { dateOfTime, EMPTY_DATE, utcDate } from '../wire/dates.ts'
import { IMAGE_LIMIT, LIMITS } from '../wire.ts'

const CONTACT = '/api/v1/contact/:id'
const IMAGE = `${CONTACT}/image`
const INFO = `${CONTACT}/imageinfo`

const upload = { access: 'required', body: 'bytes', bodyLimit: IMAGE_LIMIT, handle: putImage } as const

/** The picture of a contact: the main image of the record. @see specs/superoffice.md 2.7 */
export const imageRoutes: readonly Route[] = [
  { method: 'GET', path: IMAGE, access: 'required', handle: showImage },
  { method: 'PUT', path: IMAGE, ...upload },
  { method: 'POST', path: IMAGE, ...upload },
  { method: 'DELETE', path: IMAGE, access: 'required', handle: deleteImage },
  { method: 'GET', path: INFO, access: 'required', handle: showInfo },
  { method: 'PUT', path: INFO, access: 'required', handle: putInfo },
]

const TYPES = new Set(['', 'jpeg', 'jpg', 'png', 'gif'])

/** The bytes as they came: `w`, `h` and `type` are read, and change nothing. Choice 42 */
async function showImage(request: Request, { directory, files }: Services): Promise<Reply> {
  const { asker, params, query, headers } = request
  const key = keyOf(asker.tenant, params['id'])
  integerOption(query, 'w')
  integerOption(query, 'h')
  const ifBlank = (optionIn(query, 'ifblank') ?? '').trim().toLowerCase()
  if (!isBlankImage(ifBlank))
    throw refused('parameter-malformed', { name: 'ifBlank', expected: 'BlankImage' })
  if (!TYPES.has((optionIn(query, 'type') ?? '').trim().toLowerCase())) {
    throw refused('parameter-malformed', { name: 'type', expected: 'ImageType' })
  }
  const { dossier } = await directory.find(asker, key, image.people)
  const shown = shownImage(dossier.organization)
  const bytes = shown === undefined ? undefined : await files.get(shown.file)
  if (shown === undefined || bytes === undefined) {
    const blank = blankImage(ifBlank)
    if (blank === undefined) throw notFound('image', String(key.number))
    return { status: 200, headers: { 'content-type': 'image/png', ...HARMLESS }, bytes: blank }
  }
  const etag = `"${shown.file}"`
  if (headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    return { status: 304, headers: { etag } }
  }
  const type = shown.mediaType ?? imageTypeOf(Buffer.from(bytes)) ?? 'application/octet-stream'
  return { status: 200, headers: { 'content-type': type, etag, ...HARMLESS }, bytes }
}

async function putImage(request: Request, { directory, files, newId, now }: Services): Promise<Reply> {
  const { asker, headers } = request
  const target = keyOf(asker.tenant, request.params['id'])
  // Who may not write the contact shall not fill the disk.
  const found = await directory.find(asker, target, image.people)
  requireWritable(headers, found.dossier.organization, now())
  requireMayWrite(found)
  const bytes = await pictureIn(headers, request.bytes)
  const mediaType = imageTypeOf(bytes)
  if (mediaType === undefined) throw refused('no-bitmap')
  const id = newId()
  // The bytes first: an image that is shown has them. Bytes that nobody shows do no harm.
  await files.put(id, bytes)
  const by = asker.principal?.id ?? ''
  await directory.keep(asker, async ({ at }) => [
    undefined,
    { object: imageObject({ id, mediaType, at, by }) },
  ])
  await directory.execute(asker, {
    lens: image,
    target,
    input: { file: id, mediaType, description: '' },
    permission: 'organizations.edit',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
  return carrierReply('int', blobIdOf(id), headers)
}

async function deleteImage({ asker, params, headers }: Request, { directory }: Services): Promise<Reply> {
  await directory.execute(asker, {
    lens: image,
    target: keyOf(asker.tenant, params['id']),
    input: { file: undefined, mediaType: undefined, description: '' },
    permission: 'organizations.edit',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
  return { status: 204 }
}

async function showInfo(request: Request, services: Services): Promise<Reply> {
  const { asker, params } = request
  const found = await services.directory.find(asker, keyOf(asker.tenant, params['id']), image.people)
  return infoReply(found, request, services)
}

/** Of what is told of a picture, its description alone is a client's to write. */
async function putInfo(request: Request, services: Services): Promise<Reply> {
  const { asker, params, headers } = request
  const target = keyOf(asker.tenant, params['id'])
  const found = await services.directory.find(asker, target, image.people)
  requireWritable(headers, found.dossier.organization, services.now())
  const sent = memberOf(object(readDocument(headers, request.body), []), 'Description')
  const description = sent === undefined ? '' : text(LIMITS.ImageDescription)(sent, ['Description'])
  const outcome = await services.directory.execute(asker, {
    lens: image,
    target,
    input: (view) => {
      if (view.file === undefined) throw notFound('image', String(target.number))
      return { ...view, description }
    },
    permission: 'organizations.edit',
    require: ({ organization }, { at }) => requireWritable(headers, organization, at),
  })
  return infoReply(outcome, request, services)
}

/** @see specs/superoffice.md 1.8 */
async function infoReply({ dossier, context }: Found, request: Request, services: Services): Promise<Reply> {
  const shown = shownImage(dossier.organization)
  const bytes = shown === undefined ? undefined : await services.files.get(shown.file)
  if (shown === undefined || bytes === undefined) throw notFound('image', String(dossier.organization.number))
  const stored = await findImage(services.directory, request.asker, shown.file)
  const at = utcDate(stored === undefined ? EMPTY_DATE : dateOfTime(Date.parse(stored.at)), context.timeZone)
  const by = stored === undefined ? null : associateWithId(context.catalogue, stored.by)
  const info = {
    BlobId: blobIdOf(shown.file),
    BlobSize: bytes.length,
    Description: shown.description ?? '',
    ExtraInfo: '',
    IsEncrypted: false,
    IsZipped: false,
    MimeType: shown.mediaType ?? '',
    OriginalSize: bytes.length,
    CreatedDate: at,
    UpdatedDate: at,
    CreatedBy: by,
    UpdatedBy: by,
    ConceptualType: 'ContactImage',
    TableRight: null,
    FieldProperties: {},
  }
  return carrierReply('BlobEntity', info, request.headers)
}

/** A picture is the body itself, or the first file of a form. @throws Problem body-missing, body-syntax */
async function pictureIn(headers: Headers, bytes: Uint8Array): Promise<Buffer> {
  const type = headers['content-type'] ?? ''
  if (!/^\s*multipart\//i.test(type)) return Buffer.from(bytes)
  const [first] = (await readMultipart(type.trim(), bytes)).values()
  return first ?? Buffer.alloc(0)
}

/** @throws Problem parts-forbidden, refused as a write would be */
function requireMayWrite({ dossier, context: { grant } }: Found): void {
  if (grant.may('organizations.edit') && grant.rightTo('images') === 'write') return
  throw refused('images-forbidden', { id: dossier.organization.number })
}

const INT32_MASK = 0x7fff_ffff

/** A number that a client may keep for a file; nothing is found by it. */
function blobIdOf(file: string): number {
  return Number.parseInt(file.replaceAll('-', '').slice(-8), 16) & INT32_MASK || 1
}
