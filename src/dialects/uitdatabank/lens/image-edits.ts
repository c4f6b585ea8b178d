import { refused } from '../../../core/problem.ts'
import type { ImagesView, SentImage, SentImages } from './images.ts'

// What the requests about single images make of the images that are there. @see specs/uitdatabank.md 2.3

/** One more, at the end; one that is linked stays as it is. */
export function withLink(view: ImagesView, image: SentImage): SentImages {
  const isLinked = view.images.some(({ id }) => id === image.id)
  return isLinked ? view : { ...view, images: [...view.images, image] }
}

/** Each edit in turn; those of images that are not linked do nothing. */
export function withEdits(view: ImagesView, edits: readonly SentImage[]): SentImages {
  const byId = Map.groupBy(edits, ({ id }) => id)
  const edited = (image: SentImage): SentImage => Object.assign({}, image, ...(byId.get(image.id) ?? []))
  return { ...view, images: view.images.map(edited) }
}

export function withoutLink(view: ImagesView, id: string): SentImages {
  return { ...view, images: view.images.filter((image) => image.id !== id) }
}

/** @throws Problem refused if it is not linked */
export function withMain(view: ImagesView, id: string): SentImages {
  if (!view.images.some((image) => image.id === id)) throw refused('image-not-linked', { id })
  return { ...view, main: id }
}
