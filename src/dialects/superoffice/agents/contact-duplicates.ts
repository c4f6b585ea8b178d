import { duplicateRules, setDuplicateRules } from '../deeds/duplicate-rules.ts'
import { duplicatesByDomain, duplicatesByName } from '../deeds/duplicates.ts'
import type { DuplicateEntry } from '../wire/duplicates.ts'
import { required, textArgument } from './arguments.ts'
import type { Answer, Methods } from './contact-agent.ts'

/** What looks for the same company. */
export const CONTACT_DUPLICATES: Methods = {
  GetDuplicates: async ({ given, request: { asker }, services: { directory } }) =>
    entries(await duplicatesByName(asker, directory, textArgument(given, 'name'), '')),

  async GetNameDepartmentDuplicates({ given, request: { asker }, services: { directory } }) {
    const department = textArgument(given, 'department')
    return entries(await duplicatesByName(asker, directory, textArgument(given, 'name'), department))
  },

  GetDomainDuplicates: async ({ given, request: { asker }, services: { directory } }) =>
    entries(await duplicatesByDomain(asker, directory, textArgument(given, 'domain'))),

  GetDuplicateRules: async ({ request: { asker }, services: { directory } }) => ({
    root: 'ArrayOfDuplicateRule',
    value: await duplicateRules(asker, directory),
  }),

  async SetDuplicateRulesStatus({ given, request: { asker }, services: { directory } }) {
    const rules = Array.isArray(given.body) ? given.body : required(given, 'rules', 'DuplicateRule[]')
    await setDuplicateRules(rules, asker, directory)
    return undefined
  },
}

function entries(value: readonly DuplicateEntry[]): Answer {
  return { root: 'ArrayOfDuplicateEntry', value }
}
