import type { Found } from '../../core/command.ts'
import type { ViewContext } from '../../core/lens.ts'
import type { Headers, Reply } from '../dialect.ts'
import type { JsonObject } from '../kit/json.ts'
import { renderedBytes } from '../kit/rendered.ts'
import { lastModified } from './conditional.ts'
import { contact } from './lens/contact.ts'
import { linksJson } from './links.ts'
import { answerTypeFor, isXml, textOf } from './media-types.ts'
import { type Rights, rightsOf } from './rights.ts'
import type { Selection } from './select.ts'
import { selected } from './select.ts'
import { tagOf } from './tags.ts'
import type { ContactEntity } from './wire/contact-entity.ts'

const ROOT = 'ContactEntity'

/** By what a client knows an answer again that shows a saved contact, and its type. */
export interface EntityHead {
  readonly 'content-type': string
  readonly 'last-modified': string
  readonly etag: string
}

export function entityHead(found: Found, headers: Headers, selection: Selection): EntityHead {
  const contentType = answerTypeFor(headers)
  return {
    'content-type': contentType,
    'last-modified': lastModified(found.dossier.organization),
    etag: tagOf(found, { contentType, selection }),
  }
}

/** The saved contact as the vendor's ContactEntityWithLinks. */
export function entityReply(
  found: Found,
  headers: Headers,
  selection: Selection,
  head = entityHead(found, headers, selection),
): Reply {
  const { dossier, context } = found
  const contentType = head['content-type']
  const shown = { status: 200, headers: { ...head } }
  if (selection === undefined && !isXml(contentType))
    return { ...shown, bytes: renderedBytes(found, 'superoffice contact', () => wholeJson(found)) }
  const entity = wholeEntity(contact.get(dossier, context), context)
  return { ...shown, body: textOf(contentType, ROOT, selectedFrom(entity, selection, context)) }
}

function wholeJson({ dossier, context }: Found): string {
  const entity = contact.get(dossier, context)
  return entityJson(entity, context, linksJson(context.baseUrl, entity.ContactId))
}

/** A contact that nobody has saved: it has no links, and no time. */
export function draftReply({ dossier, context }: Found, headers: Headers): Reply {
  const contentType = answerTypeFor(headers)
  const entity = contact.get(dossier, context)
  const body = isXml(contentType)
    ? textOf(contentType, ROOT, { ...entity, ...rightsOf(context.grant, context) })
    : entityJson(entity, context, undefined)
  return { status: 200, headers: { 'content-type': contentType }, body }
}

/** What else a service answers, in the type that the client accepts. @param root name of the carrier */
export function carrierReply(root: string, value: unknown, headers: Headers, more: Headers = {}): Reply {
  const contentType = answerTypeFor(headers)
  return {
    status: 200,
    headers: { 'content-type': contentType, ...more },
    body: textOf(contentType, root, value),
  }
}

/** What an agent answers of nobody. */
export function nothingReply(headers: Headers): Reply {
  const contentType = answerTypeFor(headers)
  return {
    status: 200,
    headers: { 'content-type': contentType },
    body: textOf(contentType, 'Null', isXml(contentType) ? '' : null),
  }
}

/** The entity with all that an answer adds to it: the document that a patch is applied to. */
export function wholeEntity(entity: ContactEntity, context: ViewContext): JsonObject {
  const links: unknown = JSON.parse(linksJson(context.baseUrl, entity.ContactId))
  return { ...entity, ...rightsOf(context.grant, context), _Links: links } as unknown as JsonObject
}

/** The texts of rights, which are few and long. */
const rightsTexts = new WeakMap<Rights, string>()

function rightsJson(context: ViewContext): string {
  const rights = rightsOf(context.grant, context)
  const cached = rightsTexts.get(rights)
  if (cached !== undefined) return cached
  const text = JSON.stringify(rights).slice(1, -1)
  rightsTexts.set(rights, text)
  return text
}

function entityJson(entity: ContactEntity, context: ViewContext, links: string | undefined): string {
  const tail = links === undefined ? '' : `,"_Links":${links}`
  return `${JSON.stringify(entity).slice(0, -1)},${rightsJson(context)}${tail}}`
}

function selectedFrom(
  entity: JsonObject,
  selection: Selection,
  { timeZone }: ViewContext,
): Readonly<Record<string, unknown>> {
  return selection === undefined ? entity : selected(entity, selection, timeZone)
}
