import { readJson } from '../kit/json.ts'
import { assembled } from './vcard/assembled.ts'
import type { Line } from './vcard/lines.ts'
import { escaped, linesOf, textOf } from './vcard/lines.ts'
import type { Draft } from './vcard/localized.ts'
import { localizationFrom, withTranslations } from './vcard/localized.ts'
import { labelsIn, saidBy } from './vcard/reading.ts'
import { patch, remainderOf } from './vcard/remainder.ts'
import { propertiesOf } from './vcard/writing.ts'
import type { Card } from './wire.ts'

/**
 * The Card as a vCard 4. What vCard has no property for stands in JSPROP, so that the vCard reads back as the same Card;
 * `updated` in whole seconds. @see RFC 6350, RFC 9554, RFC 9555
 */
export function vcardOf(card: Card): string {
  const properties = withTranslations(card, propertiesOf(card))
  const taken = new Set(properties.flatMap(({ line }) => line.group?.toLowerCase() ?? []))
  let groups = 0
  const freeGroup = (): string => {
    do groups += 1
    while (taken.has(`g${groups}`))
    return `g${groups}`
  }
  const lines = properties.flatMap(({ line, label }): readonly Line[] => {
    if (label === undefined) return [line]
    const group = line.group ?? freeGroup()
    return [
      { ...line, group },
      { group, name: 'X-ABLabel', params: {}, value: escaped(label) },
    ]
  })
  const rest = remainderOf(card, readLines(linesOf(textOf(lines))))
  return textOf([...lines, ...rest])
}

/**
 * The Card that a vCard 4 means. Properties and parameters that mean nothing here are kept in `vCardProps` and `vCardParams`.
 * @throws Problem body-missing, body-syntax
 */
export function cardFromVcard(text: string): Card {
  // What JSON may not say, no Card says: the same rules for both forms of a body.
  return readJson(JSON.stringify(readLines(linesOf(text)))) as Card
}

function readLines(lines: readonly Line[]): Draft {
  const named = lines.find(({ name }) => name === 'LANGUAGE')?.value.trim()
  const told = lines.filter(({ value, name }) => value.trim() !== '' || MAY_BE_EMPTY.includes(name))
  const language = named ?? told.find(({ name }) => name === 'FN')?.params['LANGUAGE']?.[0]
  const isMain = (tag: string | undefined) =>
    tag === undefined || language === undefined || tag.toLowerCase() === language.toLowerCase()
  const byLanguage = Map.groupBy(told, ({ params }) => {
    const tag = params['LANGUAGE']?.[0]
    return isMain(tag) ? '' : tag
  })
  const labels = labelsIn(lines)
  const alternatives = new Map<string, string>()
  const card = assembled(saidBy(byLanguage.get('') ?? [], labels, alternatives), language)
  byLanguage.delete('')
  const translations = [...byLanguage].flatMap(([tag, translated]) => {
    const localization = localizationFrom(saidBy(translated, labels, alternatives), card)
    return Object.keys(localization).length === 0 ? [] : [[tag, localization] as const]
  })
  if (translations.length > 0) card['localizations'] = Object.fromEntries(translations)
  patch(
    card,
    lines.filter(({ name }) => name === 'JSPROP'),
  )
  return card
}

/** A name, an address or a note of nothing says something with its parameters; all others say nothing. */
const MAY_BE_EMPTY = ['FN', 'ADR']
