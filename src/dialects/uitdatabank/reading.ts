import type { Json } from '../../core/facet.ts'
import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { readJson } from '../kit/json.ts'
import type { ContactPointBody, OrganizerBody } from './bodies.ts'
import { violationsOfContactPoint, violationsOfOrganizer } from './bodies.ts'
import type { OrganizerPlace } from './conversion.ts'
import { convertContactPoint, convertOrganizer, removeNulls } from './conversion.ts'
import { fileOf } from './lens/images.ts'

/** The body of POST and PUT of a whole organizer. Each step's failure hides those after it. @see specs/uitdatabank.md 2.1 */
export function readOrganizer(
  text: string,
  place: OrganizerPlace,
  linkedFiles: readonly string[],
): OrganizerBody {
  const body = convertOrganizer(readRoot(text), place)
  refuseIfAny(violationsOfImages(body, linkedFiles))
  refuseIfAny(violationsOfOrganizer(body))
  const organizer = body as OrganizerBody
  refuseIfAny(labelsInBothLists(organizer))
  refuseIfAny(missingMainLanguage(organizer))
  return organizer
}

/** The body of PUT contact-point, in either form. @see specs/uitdatabank.md 2.2 */
export function readContactPoint(text: string): ContactPointBody {
  const body = convertContactPoint(readRoot(text))
  refuseIfAny(violationsOfContactPoint(body))
  return body as ContactPointBody
}

/** A body that `violationsOf` finds no fault with. */
export function readValid(text: string, violationsOf: (body: unknown) => readonly Violation[]): unknown {
  const body = readRoot(text)
  refuseIfAny(violationsOf(body))
  return body
}

/** Whether a body names images, so that it matters which ones the organizer has. */
export function mentionsImages(text: string): boolean {
  return text.includes('"images"')
}

function readRoot(text: string): Json {
  const body = readJson(text)
  if (body === null) throw problem('body-missing', {})
  if (typeof body !== 'object') refuseIfAny([{ path: [], keyword: 'rootType', params: {} }])
  return removeNulls(body)
}

function refuseIfAny(violations: readonly Violation[]): void {
  if (violations.length > 0) throw problem('body-invalid', { violations })
}

function violationsOfImages(body: Json, linkedFiles: readonly string[]): readonly Violation[] {
  const images = (body as { images?: unknown } | null)?.images
  if (!Array.isArray(images)) return []
  return images.flatMap((image: unknown, at): Violation[] => {
    const url = (image as { '@id'?: unknown } | null)?.['@id']
    if (typeof url !== 'string') return []
    const path = ['images', at, '@id']
    const file = fileOf(url)
    if (file === undefined) return [{ path, keyword: 'imageWithoutId', params: { url } }]
    return linkedFiles.includes(file) ? [] : [{ path, keyword: 'imageUnknown', params: { url, id: file } }]
  })
}

function labelsInBothLists({ labels = [], hiddenLabels = [] }: OrganizerBody): readonly Violation[] {
  const hidden = new Set(hiddenLabels.map(labelKey))
  return labels.flatMap((label, at) =>
    hidden.has(labelKey(label))
      ? [{ path: ['labels', at], keyword: 'labelInBothLists', params: { label } }]
      : [],
  )
}

function labelKey(label: string): string {
  return label.trim().toLowerCase()
}

const TRANSLATED = ['name', 'description', 'educationalDescription', 'address'] as const

function missingMainLanguage(organizer: OrganizerBody): readonly Violation[] {
  const { mainLanguage: language } = organizer
  return TRANSLATED.filter((member) => {
    const texts = organizer[member] as Readonly<Record<string, unknown>> | undefined
    return texts !== undefined && texts[language] === undefined
  }).map((member) => ({ path: [member], keyword: 'mainLanguage', params: { language } }))
}
