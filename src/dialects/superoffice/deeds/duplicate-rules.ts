import type { Asker } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { problem, refused } from '../../../core/problem.ts'
import type { Json } from '../../kit/json.ts'
import { anyText, flag, list, memberOf, object } from '../values.ts'
import type { DuplicateRule, RuleName } from '../wire/duplicates.ts'
import { RULE_NAMES, RULES } from '../wire/duplicates.ts'
import { textIn } from '../wire/texts.ts'

/** Kind of the object that tells which rules somebody has switched off, by who they are. */
const KIND = 'superoffice.duplicateRules'

type Off = readonly string[]

/** Every rule, and whether the asker wants to be told by it. @see specs/superoffice.md 2.6; choice 49 */
export async function duplicateRules(asker: Asker, directory: Directory): Promise<readonly DuplicateRule[]> {
  const off = await switchedOff(asker, directory)
  return RULE_NAMES.map((name) => ({
    Name: name,
    DisplayName: textIn(RULES[name].DisplayName, asker.language),
    DisplayTooltip: textIn(RULES[name].DisplayTooltip, asker.language),
    IsActive: !off.includes(name),
    TableRight: null,
    FieldProperties: {},
  }))
}

/** Rules are on until somebody switches theirs off. */
export async function isActive(rule: RuleName, asker: Asker, directory: Directory): Promise<boolean> {
  return !(await switchedOff(asker, directory)).includes(rule)
}

/**
 * Switches the asker's rules; those that `body` does not name stay.
 * @param body rules, as they were read
 * @throws Problem body-missing, body-invalid, refused (rule-unknown)
 */
export async function setDuplicateRules(body: Json, asker: Asker, directory: Directory): Promise<void> {
  if (body === null) throw problem('body-missing', {})
  const id = asker.principal?.id ?? ''
  const asked = readRules(body, ['DuplicateRules'])
  await directory.keep(asker, async ({ object: kept }) => {
    const off = new Set((await kept(KIND, id))?.value as Off | undefined)
    const before = off.size
    for (const { name, isOn } of asked) {
      if (isOn) off.delete(name)
      else off.add(name)
    }
    const value: Off = [...off]
    const isNothing = before === 0 && off.size === 0
    return [undefined, isNothing ? {} : { object: { kind: KIND, id, about: '', value } }]
  })
}

const readRules = list<{ readonly name: RuleName; readonly isOn: boolean }>((value, path) => {
  const rule = object(value, path)
  const named = anyText(memberOf(rule, 'Name') ?? '', [...path, 'Name'])
  const name = RULE_NAMES.find((one) => one.toLowerCase() === named.toLowerCase())
  if (name === undefined) throw refused('rule-unknown', { name: named })
  return { name, isOn: flag(memberOf(rule, 'IsActive') ?? false, [...path, 'IsActive']) }
})

async function switchedOff(asker: Asker, directory: Directory): Promise<Off> {
  const object = await directory.object(asker, KIND, asker.principal?.id ?? '')
  return (object?.value as Off | undefined) ?? []
}
