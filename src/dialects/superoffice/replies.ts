import type { Found } from '../../core/command.ts'
import type { Grant } from '../../core/policy.ts'
import type { Headers, Reply } from '../dialect.ts'
import { lastModified } from './conditional.ts'
import { contact } from './lens/contact.ts'
import { linksJson } from './links.ts'
import { contentTypeFor } from './media-types.ts'
import { type Rights, rightsOf } from './rights.ts'
import type { Selection } from './select.ts'
import { selected } from './select.ts'
import type { ContactEntity } from './wire/contact-entity.ts'

/** The saved contact as the vendor's ContactEntityWithLinks. */
export function entityReply({ dossier, context }: Found, headers: Headers, selection: Selection): Reply {
  const entity = contact.get(dossier, context)
  const body =
    selection === undefined
      ? entityJson(entity, context.grant, linksJson(context.baseUrl, entity.ContactId))
      : selectionJson(entity, selection, context)
  return {
    status: 200,
    headers: {
      'content-type': contentTypeFor(headers),
      'last-modified': lastModified(dossier.organization),
    },
    body,
  }
}

/** A contact that nobody has saved: it has no links, and no time. */
export function draftReply({ dossier, context }: Found, headers: Headers): Reply {
  return {
    status: 200,
    headers: { 'content-type': contentTypeFor(headers) },
    body: entityJson(contact.get(dossier, context), context.grant, undefined),
  }
}

/** The texts of rights, which are few and long. */
const rightsTexts = new WeakMap<Rights, string>()

function rightsJson(grant: Grant): string {
  const rights = rightsOf(grant)
  const cached = rightsTexts.get(rights)
  if (cached !== undefined) return cached
  const text = JSON.stringify(rights).slice(1, -1)
  rightsTexts.set(rights, text)
  return text
}

function entityJson(entity: ContactEntity, grant: Grant, links: string | undefined): string {
  const tail = links === undefined ? '' : `,"_Links":${links}`
  return `${JSON.stringify(entity).slice(0, -1)},${rightsJson(grant)}${tail}}`
}

function selectionJson(
  entity: ContactEntity,
  selection: ReadonlySet<string>,
  { baseUrl, grant }: Found['context'],
): string {
  const all = { ...entity, ...rightsOf(grant), _Links: JSON.parse(linksJson(baseUrl, entity.ContactId)) }
  return JSON.stringify(selected(all, selection))
}
