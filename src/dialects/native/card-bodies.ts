import { addAll } from '../../core/adding.ts'
import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { isBlank } from '../../core/text.ts'
import { compileSchema } from '../kit/schema.ts'
import { OrganizationCard, PersonCard } from './card-schema.ts'
import { Address } from './card-types.ts'
import { isGeo } from './lens/address-form.ts'
import { readLocalization } from './lens/localizations.ts'
import type { Card } from './wire.ts'

/** @see BCP 47 §2.1; RFC 3339 §5.6, in UTC */
const formats = {
  language: (text: string) => /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i.test(text),
  utc: (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  geo: isGeo,
}

const violationsOfOrganization = compileSchema(OrganizationCard, { formats })
const violationsOfPerson = compileSchema(PersonCard, { formats })
const violationsOfAddress = compileSchema(Address, { formats })

/**
 * The Card of an organization, if it is one.
 * @param language the main one, where the Card names none
 * @param shown the Card that it was made from: what it has of it, the same objects, is right
 * @throws Problem body-invalid
 */
export function organizationCardFrom(value: unknown, language: string, shown: Card = {}): Card {
  const violations = [...violationsOfOrganization(isObject(value) ? changedIn(value, shown) : value)]
  if (violations.length === 0) addAll(violations, mistakesIn(value as Card, language, shown))
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return value as Card
}

/** The Card of a person, if it is one. @throws Problem body-invalid */
export function personCardFrom(value: unknown): Card {
  const violations = violationsOfPerson(value)
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return value as Card
}

/** Whether some members can stand in a Card, be it of an organization or of a person. */
export function isCardPart(members: Card): boolean {
  return violationsOfOrganization(members).length === 0 || violationsOfPerson(members).length === 0
}

/** What decides whether localizations are right. */
const LOCALIZED = ['language', 'addresses', 'localizations']

/** The members that are not the very ones of `shown`. */
function changedIn(card: object, shown: Card): Card {
  return Object.fromEntries(Object.entries(card).filter(([name, member]) => member !== shown[name]))
}

/** What the types of RFC 9553 alone do not say. */
function mistakesIn(card: Card, language: string, shown: Card): readonly Violation[] {
  const violations: Violation[] = []
  if (isBlank(card.name?.full)) violations.push({ path: ['name', 'full'], keyword: 'blank', params: {} })
  const websites = Object.entries(card.links ?? {}).filter(([, link]) => link['polydex:website'] === true)
  for (const [id] of websites.slice(1)) {
    violations.push({ path: ['links', id, 'polydex:website'], keyword: 'second', params: {} })
  }
  const isAsShown = LOCALIZED.every((member) => card[member] === shown[member])
  for (const [tag, patch] of isAsShown ? [] : Object.entries(card.localizations ?? {})) {
    const path = ['localizations', tag]
    if (tag === (card.language ?? language)) violations.push({ path, keyword: 'main-language', params: {} })
    const { addresses, rest } = readLocalization(patch, card.addresses ?? {})
    for (const [key, address] of Object.entries(addresses)) {
      const found = violationsOfAddress(address)
      addAll(
        violations,
        found.map((one) => ({ ...one, path: [...path, `addresses/${key}`, ...one.path] })),
      )
    }
    const texts = ['name/full', 'notes/description/note'].filter((name) => name in rest)
    for (const name of texts) {
      violations.push({
        path: [...path, name],
        keyword: 'type',
        params: { actual: typeof rest[name], expected: ['string'] },
      })
    }
  }
  return violations
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
