import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { violationsOfOrganizer } from '../bodies.ts'
import { facets, organizerInputs } from '../testing/inputs.ts'
import type { OrganizerView } from '../wire.ts'
import { organizer } from './organizer.ts'

type Shown = Pick<
  OrganizerView,
  | 'mainLanguage'
  | 'url'
  | 'name'
  | 'workflowStatus'
  | 'address'
  | 'geo'
  | 'contactPoint'
  | 'description'
  | 'educationalDescription'
  | 'images'
> & { readonly all: readonly string[] }

/** What the vendor's page promises of each member; times, completeness and languages have examples. */
function shownOf(view: OrganizerView): Shown {
  const { mainLanguage, url, name, workflowStatus, address, geo, contactPoint, description } = view
  const { educationalDescription, images, labels = [], hiddenLabels = [] } = view
  return JSON.parse(
    JSON.stringify({
      mainLanguage,
      url,
      name,
      workflowStatus,
      address,
      geo,
      contactPoint,
      description,
      educationalDescription,
      images,
      all: [...labels.map((label) => `+${label}`), ...hiddenLabels.map((label) => `-${label}`)].sort(),
    }),
  ) as Shown
}

/** What is sent is stored trimmed, unless it is what was read. */
function trimmed(
  shown: Record<string, string> = {},
  sent: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sent).map(([language, text]) => [language, text === shown[language] ? text : text.trim()]),
  )
}

lensLaws('the organizer', organizer, {
  dossiers: dossiers({ dialectFacets: { uitdatabank: facets } }),
  inputs: organizerInputs,
  isValid: (input) => violationsOfOrganizer(input).length === 0,
  compare: shownOf,
  canon: (view, input, { catalogue }) => {
    const before = shownOf(view)
    const { phone = [], email = [], url = [] } = input.contactPoint ?? {}
    const contactPoint = { phone: phone.filter((number) => number !== '0'), email, url }
    const isFilled = [contactPoint.phone, email, url].some((list) => list.length > 0)
    const sentLabels = [...(input.labels ?? []), ...(input.hiddenLabels ?? [])]
    const isVisible = (name: string) => catalogue.label(name)?.visible === true
    const nameOf = (name: string) => catalogue.label(name)?.name ?? name
    const present = new Set(before.all.map((label) => label.slice(1).toLowerCase()))
    const fresh = sentLabels
      .map((label) => nameOf(label.trim()))
      .filter((label) => !present.has(label.toLowerCase()))
    const shownImages = view.images ?? []
    const edits = new Map((input.images ?? []).map((image) => [image['@id'], image]))
    const known = shownImages.filter((image) => edits.has(image['@id']))
    const added = [...edits].filter(([id]) => !shownImages.some((image) => image['@id'] === id))
    const images = [
      ...known.map((image) => ({ ...image, ...edits.get(image['@id']) })),
      ...added.map(([, image]) => image),
    ]
    return shownOf({
      ...view,
      url: input.url,
      name: {
        ...view.name,
        ...trimmed(view.name as Record<string, string>, input.name as Record<string, string>),
      },
      ...(input.description === undefined
        ? { description: undefined }
        : { description: trimmed(view.description as never, input.description as never) }),
      ...(input.educationalDescription === undefined
        ? { educationalDescription: undefined }
        : {
            educationalDescription: trimmed(
              view.educationalDescription as never,
              input.educationalDescription as never,
            ),
          }),
      ...(input.address === undefined
        ? { address: undefined, ...(view.address !== undefined && { geo: undefined }) }
        : { address: { ...view.address, ...input.address } }),
      contactPoint: isFilled || view.contactPoint !== undefined ? contactPoint : undefined,
      images: images.length > 0 ? images : undefined,
      labels: [...(view.labels ?? []), ...new Set(fresh.filter(isVisible))],
      hiddenLabels: [...(view.hiddenLabels ?? []), ...new Set(fresh.filter((label) => !isVisible(label)))],
    } as unknown as OrganizerView)
  },
})
