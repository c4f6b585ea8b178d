import { withOrganization } from '../../../core/dossier.ts'
import { type Hides, isHidden } from '../../../core/hides.ts'
import type { Image } from '../../../core/items.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { facetOf, withMembers } from './facet.ts'

/** The one image of a contact: the main one. */
export interface ImageView {
  /** Id of its file; undefined when there is none. */
  readonly file: string | undefined
  /** As the bytes tell. */
  readonly mediaType: string | undefined
  readonly description: string
}

/** Shows the first image that was not removed here, and writes that one only. @see specs/superoffice.md 2.7 */
export const image: Lens<ImageView> = {
  name: 'image',
  get: ({ organization }) => viewOf(shownImage(organization)),
  put: (dossier, { file, mediaType, description }) => {
    const { organization } = dossier
    const shown = shownImage(organization)
    if (file === undefined)
      return shown === undefined ? dossier : withOrganization(dossier, without(organization, shown))
    if (file !== shown?.file) {
      return withOrganization(dossier, replaced(organization, shown, { file, mediaType, description }))
    }
    if (description === (shown.description ?? '')) return dossier
    const images = organization.images.with(organization.images.indexOf(shown), described(shown, description))
    return withOrganization(dossier, { images })
  },
  echo: (view) => view,
  reads: { organization: ['images', 'facets.superoffice'], person: [] },
  writes: { organization: ['images', 'facets.superoffice'], person: [] },
  people: 'none',
}

const NO_HIDES: Hides = {}

export function shownImage(organization: Organization): Image | undefined {
  const hides = facetOf(organization).imageHides ?? NO_HIDES
  return organization.images.find((one) => !isHidden(hides, one, one.file))
}

function viewOf(shown: Image | undefined): ImageView {
  return { file: shown?.file, mediaType: shown?.mediaType, description: shown?.description ?? '' }
}

/** A new file takes the place of the shown image; a file that the organization has moves to it. */
function replaced(
  organization: Organization,
  shown: Image | undefined,
  { file, mediaType, description }: Partial<ImageView> & { readonly file: string },
): Partial<Organization> {
  const known = organization.images.find((one) => one.file === file)
  const added: Image = known ?? {
    id: provisionalId('images', 0),
    file,
    ...(mediaType !== undefined && { mediaType }),
  }
  const others = organization.images.filter((one) => one !== shown && one !== known)
  const images = [described(added, description ?? ''), ...others]
  return { images, facets: withHides(organization, images, [], known?.id) }
}

/** The others stay where they are, out of sight here: nobody who removes an image wants to see another. */
function without(organization: Organization, shown: Image): Partial<Organization> {
  const images = organization.images.filter((one) => one !== shown)
  return { images, facets: withHides(organization, images, images, undefined) }
}

function withHides(
  organization: Organization,
  images: readonly Image[],
  hidden: readonly Image[],
  revived: string | undefined,
): Organization['facets'] {
  const before = facetOf(organization).imageHides ?? NO_HIDES
  const entries = images
    .filter((one) => one.id !== revived && (isHidden(before, one, one.file) || hidden.includes(one)))
    .map(({ id, file }) => [id, file])
  const imageHides: Hides | undefined = entries.length === 0 ? undefined : Object.fromEntries(entries)
  return withMembers(organization.facets, { imageHides })
}

function described(one: Image, description: string): Image {
  if (description === (one.description ?? '')) return one
  const { description: _, ...rest } = one
  return description === '' ? rest : { ...one, description }
}
