import { notFound } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { findImage } from '../../kit/images.ts'
import type { ImageEditsBody, LinkBody } from '../bodies.ts'
import { violationsOfImageEdits, violationsOfLink } from '../bodies.ts'
import { formats } from '../formats.ts'
import { withEdits, withLink, withMain, withoutLink } from '../lens/image-edits.ts'
import type { ImagesView, SentImage, SentImages } from '../lens/images.ts'
import { images } from '../lens/images.ts'
import { overrides } from '../media.ts'
import { readMainImage, readValid } from '../reading.ts'
import { afterOrganizer, keyOf } from './organizer-key.ts'

const IMAGES = '/organizers/:organizerId/images'

/** The images that an organizer is linked to. The order of the methods of one path is that of its `Allowed:` list. */
export const organizerImageRoutes: readonly Route[] = [
  { method: 'POST', path: IMAGES, access: 'required', handle: link },
  { method: 'PATCH', path: IMAGES, access: 'required', handle: edit },
  { method: 'DELETE', path: `${IMAGES}/:imageId`, access: 'required', handle: unlink },
  { method: 'DELETE', path: `${IMAGES}/main`, access: 'required', handle: unlink },
  { method: 'PUT', path: `${IMAGES}/main`, access: 'required', handle: setMain },
]

async function link(request: Request, services: Services): Promise<Reply> {
  const image = await afterOrganizer(request, services, async (): Promise<SentImage> => {
    const { id, ...body } = readValid(request.body, violationsOfLink) as LinkBody
    const media = await findImage(services.directory, request.asker, id)
    if (media === undefined) throw notFound('image', id)
    return { id: media.id, ...overrides(media, { ...body, inLanguage: body.language }) }
  })
  return write(request, services, (view) => withLink(view, image))
}

async function edit(request: Request, services: Services): Promise<Reply> {
  const edits = await afterOrganizer(request, services, () =>
    (readValid(request.body, violationsOfImageEdits) as ImageEditsBody).map(
      ({ id, language, ...texts }): SentImage => ({
        id: id.toLowerCase(),
        ...overrides(undefined, { ...texts, inLanguage: language }),
      }),
    ),
  )
  return write(request, services, (view) => withEdits(view, edits))
}

async function unlink(request: Request, services: Services): Promise<Reply> {
  const { imageId = 'main' } = request.params
  await afterOrganizer(request, services, () => {
    // The original answers 500.
    if (!formats['uuid'](imageId)) throw notFound('image', imageId)
  })
  return write(request, services, (view) => withoutLink(view, imageId.toLowerCase()))
}

async function setMain(request: Request, services: Services): Promise<Reply> {
  const { imageId } = await afterOrganizer(request, services, () => readMainImage(request.body))
  return write(request, services, (view) => withMain(view, imageId.toLowerCase()))
}

async function write(
  request: Request,
  { directory }: Services,
  input: (view: ImagesView) => SentImages,
): Promise<Reply> {
  await directory.execute(request.asker, {
    lens: images,
    target: keyOf(request),
    input,
    permission: 'organizations.edit',
  })
  return { status: 204 }
}
