import { addAll } from './adding.ts'
import type { Dossier } from './dossier.ts'
import { isProvisional } from './items.ts'
import { isBlank } from './text.ts'

/** What is wrong with a dossier that is about to be saved; empty when it is sound. */
export function faultsOf({ organization, people }: Dossier): readonly string[] {
  const faults: string[] = []
  const { language, name, links, images, roles } = organization
  if (isBlank(name[language])) faults.push(`name in ${language} is blank`)
  if (links.filter(({ kind }) => kind === 'website').length > 1) faults.push('more than one website')
  if (new Set(images.map(({ file }) => file)).size < images.length) faults.push('two images of one file')
  for (const list of [organization.emails, organization.phones, links, images]) {
    addAll(faults, idFaults(list))
  }
  for (const person of people) {
    if (person.organization !== organization.id) faults.push(`person ${person.id} of another organization`)
    addAll(faults, [...idFaults(person.emails), ...idFaults(person.phones)])
  }
  for (const [role, id] of Object.entries(roles)) {
    const holder = people.find((person) => person.id === id)
    if (holder?.state === 'deleted') faults.push(`role ${role} of a deleted person`)
    if (isProvisional(id)) faults.push(`role ${role} of nobody`)
  }
  return faults
}

function idFaults(items: readonly { readonly id: string }[]): readonly string[] {
  const ids = new Set(items.map(({ id }) => id))
  const faults = ids.size === items.length ? [] : ['two items with one id']
  return [...ids].some((id) => id === '' || isProvisional(id)) ? [...faults, 'an item without an id'] : faults
}
