import fc from 'fast-check'
import type { Dossier } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import type { Organization } from '../../../core/organization.ts'
import type { ImageView } from '../lens/image.ts'

const NO_IMAGE: ImageView = { file: undefined, mediaType: undefined, description: '' }

/** No image, a new one, or one that the organization has. */
export function randomImages({ organization }: Dossier): fc.Arbitrary<ImageView> {
  const known = organization.images.map(({ file, mediaType }) => ({ file, mediaType }))
  const added = { file: '00000000-0000-4000-8000-00000000abcd', mediaType: 'image/png' }
  const files = fc.constantFrom(added, ...known)
  const shown = fc
    .tuple(files, fc.constantFrom('', 'Gevel'))
    .map(([file, description]): ImageView => ({ ...file, description }))
  return fc.oneof({ weight: 1, arbitrary: fc.constant(NO_IMAGE) }, { weight: 4, arbitrary: shown })
}

/** Some of the images out of sight. */
export function randomHiddenImages({ images }: Organization): fc.Arbitrary<Facet> {
  return fc
    .subarray([...images])
    .map(
      (hidden): Facet =>
        hidden.length === 0
          ? {}
          : { imageHides: Object.fromEntries(hidden.map(({ id, file }) => [id, file])) },
    )
}
