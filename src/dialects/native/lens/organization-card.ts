import type { Dossier } from '../../../core/dossier.ts'
import { isSame } from '../../../core/dossier.ts'
import type { Item } from '../../../core/items.ts'
import type { Lens, PutContext, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import type { Bag, Card, IdMap, Localization } from '../wire.ts'
import { KEYS, OWN, OWN_MEMBERS } from '../wire.ts'
import { languagesOf } from './address-form.ts'
import { addressesFrom, addressMapOf, untouchedAddresses } from './addresses.ts'
import type { ItemForm } from './item-maps.ts'
import { EMAILS, itemsFrom, LINKS, mapOf, mediaForm, PHONES, untouched } from './item-maps.ts'
import type { NativeFacet } from './kept.ts'
import { filledMap, keptOf, present, tables, withKept } from './kept.ts'
import { keywordsOf, labelsFrom } from './keywords.ts'
import { localizationOf, readLocalization } from './localizations.ts'
import { mergedRelations, relationsOf, rolesFrom } from './relations.ts'
import { requireFixed, sentMembers, urnOf } from './sent.ts'
import { lastShownChange, SHOWN_PARTS } from './shown-parts.ts'
import { singleFrom, singleOf } from './singles.ts'

/** An organization as a Card of kind `org`, whole: what RFC 9553 has and the record has not is kept in the facet. */
export const organizationCard: Lens<Card> = {
  name: 'organization',
  get: cardOf,
  put: withCard,
  echo: (view) => view,
  reads: { organization: SHOWN_PARTS, person: [] },
  writes: {
    organization: SHOWN_PARTS.filter((part) => part !== 'facets'),
    person: [],
  },
  // Whoever is given a role must be one of them.
  people: 'all',
}

/** A write looks at the Card that it edits more than once, with nothing in between: it is made once. */
function cardOf({ organization }: Dossier, context: ViewContext): Card {
  if (last?.organization === organization && last.context === context) return last.card
  last = { organization, context, card: freshCardOf(organization, context) }
  return last.card
}

let last:
  | { readonly organization: Organization; readonly context: ViewContext; readonly card: Card }
  | undefined

/** Members of maps and of the Card that the record has no place for stand beside the others. */
function freshCardOf(organization: Organization, { baseUrl, grant }: ViewContext): Card {
  const { id, number, created, language, state, description, note, identifiers, contributors } = organization
  const kept = keptOf(organization.facets)
  const { card = {}, forms = {} } = kept
  const { version, at } = lastShownChange(organization, grant)
  const others = (map: string) => card[map] as IdMap | undefined
  const main = description[language]
  const notes = {
    ...(main !== undefined && { [KEYS.description]: singleOf({ note: main }, forms['notes/description']) }),
    ...others('notes'),
  }
  const addresses = { ...addressMapOf(organization, language, kept), ...others('addresses') }
  const units = { units: [{ name: organization.department }] }
  return present({
    '@type': 'Card',
    version: '1.0',
    uid: urnOf(id),
    kind: 'org',
    created: created.at,
    updated: at,
    language,
    name: singleOf({ full: mainName(organization) }, forms['name']),
    ...card,
    organizations: filledMap({
      ...(organization.department !== undefined && {
        [KEYS.department]: singleOf(units, forms['organizations/department']),
      }),
      ...others('organizations'),
    }),
    emails: filledMap(mapOf(organization.emails, EMAILS, kept)),
    phones: filledMap(mapOf(organization.phones, PHONES, kept)),
    links: filledMap(mapOf(organization.links, LINKS, kept)),
    addresses: filledMap(addresses),
    media: filledMap({ ...mapOf(organization.images, mediaForm(baseUrl), kept), ...others('media') }),
    keywords: filledMap(keywordsOf(organization.labels)),
    notes: filledMap(notes),
    relatedTo: filledMap(mergedRelations(relationsOf(organization.roles), others('relatedTo'))),
    localizations: filledMap(
      localizationsOf(organization, kept, {
        notes: main !== undefined || others('notes') !== undefined,
        addresses: Object.keys(addresses).length > 0,
      }),
    ),
    [OWN_MEMBERS.number]: number === 0 ? undefined : number,
    [OWN_MEMBERS.version]: number === 0 ? undefined : version,
    [OWN_MEMBERS.state]: state === 'deleted' ? undefined : state,
    [OWN_MEMBERS.public]: organization.public,
    [OWN_MEMBERS.note]: note,
    [OWN_MEMBERS.identifiers]: identifiers.length === 0 ? undefined : identifiers,
    [OWN_MEMBERS.contributors]: contributors.length === 0 ? undefined : contributors,
  }) as Card
}

function localizationsOf(
  organization: Organization,
  kept: NativeFacet,
  has: { readonly notes: boolean; readonly addresses: boolean },
): Record<string, Localization> {
  const { language: main, name, description, addresses } = organization
  const languages = new Set([
    ...Object.keys(name),
    ...Object.keys(description),
    ...languagesOf(addresses),
    ...Object.keys(kept.localizations ?? {}),
  ])
  languages.delete(main)
  return Object.fromEntries(
    [...languages].flatMap((language) => {
      const translation = {
        ...(name[language] !== undefined && { name: name[language] }),
        ...(description[language] !== undefined && { description: description[language] }),
        addresses: addressMapOf(organization, language, kept),
      }
      const patch = localizationOf(translation, has, kept.localizations?.[language])
      return Object.keys(patch).length === 0 ? [] : [[language, patch]]
    }),
  )
}

/** The maps of which the record has something, and the single members that it has whole. */
const MODELLED = [
  'language',
  'name',
  'organizations',
  'emails',
  'phones',
  'links',
  'addresses',
  'media',
  'keywords',
  'notes',
  'relatedTo',
  'localizations',
]

/** What decides on addresses. */
const PLACED = ['language', 'addresses', 'localizations']

function withCard(dossier: Dossier, input: Card, context: PutContext): Dossier {
  const before = dossier.organization
  const view = cardOf(dossier, context)
  requireFixed(input, view)
  const sent = sentMembers(input)
  if (isSame(sent, sentMembers(view))) return dossier

  const kept = keptOf(before.facets)
  const language = input.language ?? before.language
  const name = singleFrom(input.name ?? {}, 'full')
  const department = singleFrom(input.organizations?.[KEYS.department] ?? {}, 'units')
  const description = singleFrom(input.notes?.[KEYS.description] ?? {}, 'note')
  const items = <I extends Item, Sent extends Bag>(list: readonly I[], form: ItemForm<I, Sent>) => {
    const map = input[form.map] as IdMap<Sent> | undefined
    if (map === view[form.map]) return untouched(list, form, kept)
    const isAll = kept.card?.[form.map] === undefined
    const shown = isAll ? ((view[form.map] ?? {}) as IdMap<Sent>) : mapOf(list, form, kept)
    return itemsFrom(list, map ?? {}, form, shown, kept)
  }
  const emails = items(before.emails, EMAILS)
  const phones = items(before.phones, PHONES)
  const links = items(before.links, LINKS)
  const media = items(before.images, mediaForm(context.baseUrl))
  const isPlacedAsShown = PLACED.every((member) => input[member] === view[member])
  const isSaidAsShown =
    isPlacedAsShown &&
    kept.localizations === undefined &&
    (name.value ?? '') === before.name[language] &&
    description.value === before.description[language]
  const translations = isSaidAsShown
    ? []
    : Object.entries(input.localizations ?? {}).map(
        ([of, patch]) => [of, readLocalization(patch, input.addresses ?? {})] as const,
      )
  const addresses = isPlacedAsShown
    ? untouchedAddresses(before, kept)
    : addressesFrom(before, kept, language, {
        [language]: input.addresses ?? {},
        ...Object.fromEntries(translations.map(([of, { addresses: map }]) => [of, map])),
      })
  const isRelatedAsShown = input.relatedTo === view.relatedTo && kept.card?.['relatedTo'] === undefined
  const { roles, others: relations } = isRelatedAsShown
    ? { roles: before.roles, others: {} }
    : rolesFrom(
        input.relatedTo ?? {},
        before.roles,
        dossier.people,
        kept.card?.['relatedTo'] as IdMap | undefined,
      )

  const texts = (main: string | undefined, of: 'name' | 'description', stored: Organization['name']) => {
    if (isSaidAsShown) return stored
    const all = {
      ...(main !== undefined && { [language]: main }),
      ...Object.fromEntries(
        translations.flatMap(([tag, read]) => (read[of] === undefined ? [] : [[tag, read[of]]])),
      ),
    } as Organization['name']
    return isSame(all, stored) ? stored : all
  }
  const rest = (map: IdMap | undefined, key: string, isTaken: boolean): IdMap =>
    Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => name !== key || !isTaken))
  const facet: NativeFacet = {
    extras: tables({
      emails: emails.extras,
      phones: phones.extras,
      links: links.extras,
      media: media.extras,
    }),
    forms: {
      ...(name.form && { name: name.form }),
      ...(department.form && { 'organizations/department': department.form }),
      ...(description.form && { 'notes/description': description.form }),
      ...addresses.forms,
    },
    keys: addresses.keys,
    card: tables({
      ...Object.fromEntries(
        Object.entries(sent).filter(([member]) => !MODELLED.includes(member) && !member.startsWith(OWN)),
      ),
      organizations: rest(input.organizations, KEYS.department, department.value !== undefined),
      notes: rest(input.notes, KEYS.description, description.value !== undefined),
      addresses: addresses.others,
      media: media.others,
      relatedTo: relations,
    }),
    localizations: tables(Object.fromEntries(translations.map(([of, read]) => [of, read.rest]))),
  }
  const own = (member: keyof typeof OWN_MEMBERS) => input[OWN_MEMBERS[member]]
  const { department: _, note: __, public: ___, ...others } = before
  const organization = {
    ...others,
    language,
    name: texts(name.value ?? '', 'name', before.name),
    ...(department.value !== undefined && { department: department.value }),
    emails: emails.items,
    phones: phones.items,
    links: links.items,
    images: media.items,
    addresses: addresses.addresses,
    description: texts(description.value, 'description', before.description),
    ...(own('note') !== undefined && { note: own('note') }),
    labels: labelsFrom(before.labels, Object.keys(input.keywords ?? {}), context),
    identifiers: own('identifiers') ?? [],
    contributors: own('contributors') ?? [],
    roles,
    ...(own('public') !== undefined && { public: own('public') }),
    state: own('state') ?? (before.state === 'deleted' ? 'deleted' : 'active'),
    facets: withKept(before.facets, facet),
  } as Organization
  return { ...dossier, organization }
}
