import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { cutKey } from '../../../core/index-rows.ts'
import { domainKey } from '../../../core/keys.ts'
import { nameKey } from '../../../core/name-key.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import type { Condition } from '../../../core/query.ts'
import type { SearchQuery } from '../../../core/sight.ts'
import { KIND } from '../archive/kinds.ts'
import { compareText, textKey } from '../filter/keys.ts'
import { indexers } from '../indexers.ts'
import { shownDepartment, shownName } from '../lens/contact-view.ts'
import { fullName } from '../lens/people.ts'
import type { DuplicateEntry, RuleName } from '../wire/duplicates.ts'
import { RULES } from '../wire/duplicates.ts'
import { textIn } from '../wire/texts.ts'
import { isActive } from './duplicate-rules.ts'

/** Most that one question is answered with. */
const ENTRIES_LIMIT = 100

/** Letters of a name that others may begin with. */
const BEGINNING_LENGTH = 3

/**
 * The contacts that the asker may read and whose names are the same but for case, accents, signs and legal form, or begin
 * so; the same ones first.
 * @param department of which they must be; blank for any
 * @see specs/superoffice.md 2.6; choice 49
 */
export async function duplicatesByName(
  asker: Asker,
  directory: Directory,
  name: string,
  department: string,
): Promise<readonly DuplicateEntry[]> {
  const key = cutKey(nameKey(name))
  if (key === '') return []
  const test = key.length < BEGINNING_LENGTH ? { is: key } : { startsWith: key }
  const ofDepartment = department.trim() === '' ? undefined : textKey(department.trim())
  const keyIn = ({ dossier }: Found) => cutKey(nameKey(mainName(dossier.organization)))
  return entriesOf('NameDepartment', asker, directory, {
    where: {
      all: [
        { kind: KIND.nameKey, test },
        ...(ofDepartment === undefined ? [] : [{ kind: KIND.department, test: { is: ofDepartment } }]),
      ],
    },
    sort: [{ by: KIND.nameKey, descending: false }],
    exact: {
      holds(found) {
        const theirs = keyIn(found)
        const isNamedSo = key.length < BEGINNING_LENGTH ? theirs === key : theirs.startsWith(key)
        const { department: own = '' } = found.dossier.organization
        return isNamedSo && (ofDepartment === undefined || textKey(own) === ofDepartment)
      },
      compare: (left, right) => compareText(keyIn(left), keyIn(right)),
    },
  })
}

const DOMAIN_KINDS: readonly string[] = [KIND.domain, KIND.emailDomain, KIND.urlDomain]

/** The contacts that the asker may read and that have the domain, or a mail address or link of it. */
export async function duplicatesByDomain(
  asker: Asker,
  directory: Directory,
  domain: string,
): Promise<readonly DuplicateEntry[]> {
  const key = cutKey(domainKey(domain))
  if (key === '') return []
  const where: Condition = { any: DOMAIN_KINDS.map((kind) => ({ kind, test: { is: key } })) }
  return entriesOf('Domain', asker, directory, {
    where,
    exact: {
      holds: ({ dossier }) => domainsOf(dossier.organization).has(key),
      compare: () => 0,
    },
  })
}

function domainsOf(organization: Organization): ReadonlySet<string> {
  const rows = indexers.flatMap((indexer) => indexer.rows(organization))
  return new Set(rows.flatMap(({ kind, key }) => (DOMAIN_KINDS.includes(kind) ? [cutKey(key)] : [])))
}

async function entriesOf(
  rule: RuleName,
  asker: Asker,
  directory: Directory,
  query: Pick<SearchQuery, 'where' | 'sort' | 'exact'>,
): Promise<readonly DuplicateEntry[]> {
  if (!(await isActive(rule, asker, directory))) return []
  const { items } = await directory.search(asker, {
    ...query,
    states: ['active', 'inactive'],
    offset: 0,
    limit: ENTRIES_LIMIT,
    isUncounted: true,
  })
  return items.map((found) => entryOf(found, rule))
}

function entryOf(
  { dossier: { organization }, context: { language } }: Found,
  rule: RuleName,
): DuplicateEntry {
  return {
    RuleName: rule,
    SoPrimaryKey: organization.number,
    EntryName: fullName({ Name: shownName(organization), Department: shownDepartment(organization) }),
    EntryIdentifier: '',
    RuleDisplayName: textIn(RULES[rule].DisplayName, language),
    TableRight: null,
    FieldProperties: {},
  }
}
