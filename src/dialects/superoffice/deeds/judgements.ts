import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { Problem } from '../../../core/problem.ts'
import { isBlank } from '../../../core/text.ts'
import type { Json, JsonObject } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { idIn, readEntity } from '../entity.ts'
import { contact } from '../lens/contact.ts'
import { keyOf } from '../paths.ts'
import { messageOf } from '../refusals.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { WHEN_ABSENT, WHEN_ABSENT_ON_CREATE } from '../wire.ts'
import { findContact } from './contacts.ts'

// What would become of an entity if it were saved. Nothing is.

/**
 * Each member that a save would refuse, with the reason.
 * @throws Problem body-missing, body-syntax, body-invalid, where it could not even be read; not-found, forbidden
 */
export async function violationsIn(
  body: Json,
  asker: Asker,
  directory: Directory,
  at: string,
): Promise<Readonly<Record<string, string>>> {
  const violations: Record<string, string> = {}
  const input = readEntity(body, WHEN_ABSENT_ON_CREATE, (fault, member) => {
    violations[member] = messageOf(asRefusal(fault))
  })
  const { dossier, context } = await contactNamedIn(body, asker, directory)
  try {
    contact.put(dossier, input, { ...context, at, by: asker.principal?.id ?? '' })
  } catch (fault) {
    const refusal = asRefusal(fault)
    violations[memberOf(refusal)] ??= messageOf(refusal)
  }
  return violations
}

/**
 * The entity as it would be in another country, its address in that country's layout.
 * @throws Problem body-missing, body-invalid, refused, not-found, forbidden
 */
export async function inCountry(
  body: Json,
  country: number,
  asker: Asker,
  directory: Directory,
  at: string,
): Promise<Found & { readonly entity: ContactEntity }> {
  const found = await contactNamedIn(body, asker, directory)
  const { dossier, context } = found
  const isNew = dossier.organization.version === 0
  const input = readEntity(
    isJsonObject(body) ? { ...withoutCountry(body), Country: { CountryId: country } } : body,
    isNew ? WHEN_ABSENT_ON_CREATE : WHEN_ABSENT,
  )
  // A new one may get its country before its name.
  const isUnnamed = isNew && isBlank(input.Name)
  const named = isUnnamed ? { ...input, Name: '-' } : input
  const after = contact.put(dossier, named, { ...context, at, by: asker.principal?.id ?? '' })
  const entity = contact.get(after, context)
  return { ...found, entity: isUnnamed ? { ...entity, Name: '' } : entity }
}

function withoutCountry(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name.toLowerCase() !== 'country'))
}

/** The contact that an entity names; a new one where it names none. @throws Problem not-found, forbidden, body-invalid */
async function contactNamedIn(body: Json, asker: Asker, directory: Directory): Promise<Found> {
  const id = idIn(body)
  return id === 0 ? directory.draft(asker) : findContact(asker, directory, keyOf(asker.tenant, String(id)))
}

function asRefusal(fault: unknown): Problem<'refused'> {
  if (fault instanceof Problem && fault.is('refused')) return fault
  throw fault
}

const MEMBERS: Readonly<Record<string, string>> = {
  'name-missing': 'Name',
  'support-person-unknown': 'SupportPerson',
}

/** The member that a refusal is about. */
function memberOf({ facts: { reason, facts } }: Problem<'refused'>): string {
  const { property } = (facts ?? {}) as { readonly property?: unknown }
  return MEMBERS[reason] ?? String(property ?? 'ContactEntity').split('.', 1)[0] ?? ''
}
