import { align } from '../../../core/alignment.ts'
import { urlKey } from '../../../core/keys.ts'
import type { Lens, PutContext, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mayReadPart } from '../../../core/policy.ts'
import { problem, refused } from '../../../core/problem.ts'
import { lastChange } from '../../../core/record.ts'
import type { OrganizerBody } from '../bodies.ts'
import type { OrganizerView } from '../wire.ts'
import { fileOf, isText, moment, URL_KEY_LIMIT } from '../wire.ts'
import { hasAddress, withAddresses } from './addresses.ts'
import { completenessOf, languagesOf } from './completeness.ts'
import {
  contactPointOf,
  hasContactPoint,
  isEmpty,
  shownUri,
  websiteRules,
  withContactPoint,
} from './contact-point.ts'
import { facetOf } from './facet.ts'
import {
  educationOf,
  shownCompletedLanguagesOf,
  translatedMembersOf,
  withEducation,
  withStanding,
} from './facet-edits.ts'
import type { SentImage } from './images.ts'
import { hasImages, imagesOf, withImages } from './images.ts'
import { labelsOf, withLabels } from './labels.ts'
import { mainLanguageOf, ofModel, withNames, withTranslations } from './names.ts'
import { withPublicMark } from './public-mark.ts'

const WRITTEN_PARTS = [
  'name',
  'emails',
  'phones',
  'links',
  'addresses',
  'description',
  'labels',
  'images',
  'facets.uitdatabank',
]

type DocumentImage = NonNullable<OrganizerBody['images']>[number] & Pick<SentImage, 'mediaType'>

/** What moves `modified`. Contributors, roles, notes and people do not. @see specs/uitdatabank.md 4.4 */
const MODIFYING_PARTS = ['state', 'language', ...WRITTEN_PARTS]

/** The whole document. */
export const organizer: Lens<OrganizerView, OrganizerBody> = {
  name: 'organizer',
  get: ({ organization }, context) => viewOf(organization, context),
  echo: (view) => structuredClone(view) as unknown as OrganizerBody,
  put: (dossier, input, context) => ({ ...dossier, organization: put(dossier.organization, input, context) }),
  reads: { organization: MODIFYING_PARTS, person: [] },
  writes: { organization: ['language', 'public', ...WRITTEN_PARTS], person: [] },
  people: 'none',
  takenWebsite: 'refuse',
}

function viewOf(organization: Organization, context: ViewContext): OrganizerView {
  const { baseUrl, catalogue } = context
  const mainLanguage = mainLanguageOf(organization)
  const facet = facetOf(organization)
  const website = organization.links.find(websiteRules.isShown)
  const contactPoint = contactPointOf(organization)
  const labels = labelsOf(organization.labels, catalogue)
  const translated = translatedMembersOf(organization)
  const { images, main } = imagesOf(organization, baseUrl)
  const mainImage = images.find(({ id }) => id === main)
  const { coordinates } = organization.addresses
  return {
    '@id': `${baseUrl}/organizers/${organization.id}`,
    '@context': '/contexts/organizer',
    mainLanguage,
    ...(website !== undefined && { url: shownUri(website) }),
    name: translated.name,
    created: moment(organization.created.at),
    creator: organization.created.by,
    workflowStatus: organization.state === 'deleted' ? 'DELETED' : 'ACTIVE',
    languages: languagesOf(translated),
    completedLanguages: shownCompletedLanguagesOf(organization, translated),
    modified: moment(lastChange(organization, shownPartsOf(context)).at),
    completeness: completenessIn(organization),
    ...(Object.keys(translated.address).length > 0 && { address: translated.address }),
    ...(coordinates !== undefined && { geo: coordinates }),
    ...((facet.keepsContactPoint === true || !isEmpty(contactPoint)) && { contactPoint }),
    ...(Object.keys(translated.description).length > 0 && { description: translated.description }),
    ...(Object.keys(translated.educationalDescription).length > 0 && {
      educationalDescription: translated.educationalDescription,
    }),
    ...(labels.visible.length > 0 && { labels: labels.visible }),
    ...(labels.hidden.length > 0 && { hiddenLabels: labels.hidden }),
    ...(mainImage !== undefined && { images, mainImage: mainImage.contentUrl }),
  }
}

/** Whoever may not read a part is not told when it changed. */
function shownPartsOf({ grant }: ViewContext): readonly string[] {
  return grant.isFull ? MODIFYING_PARTS : MODIFYING_PARTS.filter((part) => mayReadPart(grant, part))
}

/** How complete the document is, 0 to 100. */
export function completenessIn(organization: Organization): number {
  return completenessOf({
    hasUrl: organization.links.some(websiteRules.isShown),
    hasContactPoint: hasContactPoint(organization),
    description: textOf(organization.description[mainLanguageOf(organization)]),
    hasImages: hasImages(organization),
    hasAddress: hasAddress(organization.addresses),
  })
}

function textOf(text: string | undefined): string | undefined {
  return isText(text) ? text : undefined
}

function put(before: Organization, input: OrganizerBody, context: PutContext): Organization {
  const shown = imagesOf(before, context.baseUrl)
  const linked = withWebsite(before, input.url)
  const contacts = withContactPoint(linked, wholeContactPointOf(input))
  const images = (input.images ?? []).map(sentImageOf)
  const after: Organization = {
    ...withImages(contacts, { images }, shown.images),
    ...(before.version === 0 && { language: input.mainLanguage }),
    name: withNames(before, ofModel(input.name) ?? {}),
    description: withTranslations(before.description, ofModel(input.description)),
    addresses: withAddresses(before.addresses, ofModel(input.address)),
    labels: withLabels(before.labels, input, context),
  }
  const education = withTranslations(educationOf(before), ofModel(input.educationalDescription))
  return withPublicMark(before, withStanding(before, withEducation(after, education)))
}

/** The website changed to `url`. @throws Problem key-taken, also for another spelling of the own one (specs/uitdatabank.md 1.3) */
export function withWebsite(organization: Organization, url: string): Organization {
  const website = organization.links.find(({ kind }) => kind === 'website')
  if (website !== undefined && websiteRules.isShown(website) && shownUri(website) === url) return organization
  const key = urlKey(url)
  if (key.length > URL_KEY_LIMIT) throw refused('invalid-url', { url })
  if (website !== undefined && urlKey(website.uri) === key) {
    throw problem('key-taken', { key, value: url, holder: organization.id })
  }
  // A website that this dialect cannot show stays, as an ordinary link.
  const links = organization.links.map((link) =>
    link.kind === 'website' && !websiteRules.isShown(link) ? { ...link, kind: 'contact' as const } : link,
  )
  return { ...organization, links: align(links, [url], websiteRules) }
}

/** An image of a whole document; what only the reader adds, the type of its file, is not in the published schema. */
function sentImageOf({ '@id': url, ...image }: DocumentImage): SentImage {
  const { description, copyrightHolder, inLanguage, mediaType } = image
  return {
    id: fileOf(url) ?? url,
    ...(description !== undefined && { description }),
    ...(copyrightHolder !== undefined && { copyrightHolder }),
    ...(inLanguage !== undefined && { inLanguage }),
    ...(mediaType !== undefined && { mediaType }),
  }
}

/** In a whole document, a phone `0` is dropped. @see specs/uitdatabank.md 2.2 */
function wholeContactPointOf({ contactPoint }: OrganizerBody): NonNullable<OrganizerBody['contactPoint']> {
  const phone = contactPoint?.phone?.filter((number) => number !== '0')
  return { ...contactPoint, ...(phone !== undefined && { phone }) }
}
