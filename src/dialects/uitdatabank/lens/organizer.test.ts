import { lensLaws } from '../../../core/testing/lens-laws.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { violationsOfOrganizer } from '../bodies.ts'
import { facets, organizerInputs } from '../testing/inputs.ts'
import type { OrganizerView } from '../wire.ts'
import { LANGUAGES } from '../wire.ts'
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

type Texts = Readonly<Record<string, string>>

/** A body is read in the languages of the model only. */
function ofModel<T>(sent: Readonly<Record<string, T>> = {}): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(sent).filter(([language]) => (LANGUAGES as readonly string[]).includes(language)),
  )
}

function beyondModel(shown: Texts = {}): Texts {
  const model = ofModel(shown)
  return Object.fromEntries(Object.entries(shown).filter(([language]) => !(language in model)))
}

/** What is sent is stored trimmed, unless it is what was read. */
function trimmed(shown: Texts = {}, sent: Texts = {}): Texts {
  return Object.fromEntries(
    Object.entries(ofModel(sent)).map(([language, text]) => [
      language,
      text === shown[language] ? text : text.trim(),
    ]),
  )
}

/** Of a description, the document mentions all it wants to keep in the languages of the model. */
function replaced(shown: Texts | undefined, sent: object | undefined): Texts | undefined {
  const after = { ...beyondModel(shown), ...trimmed(shown, sent as Texts | undefined) }
  return Object.keys(after).length > 0 ? after : undefined
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
      name: { ...view.name, ...trimmed(view.name, input.name as Texts) },
      description: replaced(view.description, input.description),
      educationalDescription: replaced(view.educationalDescription, input.educationalDescription),
      ...(input.address === undefined
        ? { address: undefined, ...(view.address !== undefined && { geo: undefined }) }
        : { address: { ...view.address, ...ofModel(input.address as Readonly<Record<string, unknown>>) } }),
      contactPoint: isFilled || view.contactPoint !== undefined ? contactPoint : undefined,
      images: images.length > 0 ? images : undefined,
      labels: [...(view.labels ?? []), ...new Set(fresh.filter(isVisible))],
      hiddenLabels: [...(view.hiddenLabels ?? []), ...new Set(fresh.filter((label) => !isVisible(label)))],
    } as unknown as OrganizerView)
  },
})
