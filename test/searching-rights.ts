import fc from 'fast-check'
import type { Organization } from '../src/core/organization.ts'
import type { Role } from '../src/core/principal.ts'
import type { Condition } from '../src/core/query.ts'
import type { Entry } from '../src/dialects/native/testing/random-directories.ts'
import { directories } from '../src/dialects/native/testing/random-directories.ts'

const some = <T>(values: readonly T[], maxLength = 2) => fc.subarray([...values], { maxLength })

/** Directories with what roles go by: addresses that are whole, labels, contributors, authors. */
export const placed: fc.Arbitrary<readonly Entry[]> = directories.chain((entries) =>
  fc
    .array(
      fc.record({
        city: fc.constantFrom('Leuven', 'Gent', undefined),
        postalCode: fc.constantFrom('3000', '3010', '9000'),
        contributors: some(['Ann@example.org', 'x@y.example', 'ﬁ@y.example']),
        public: fc.constantFrom(true, undefined),
        by: fc.constantFrom('ann', 'bram', 'bram', 'Ann'),
        labelled: fc.constantFrom('ann', 'bram', undefined),
        note: fc.constantFrom('x', undefined),
      }),
      { minLength: entries.length, maxLength: entries.length },
    )
    .map((all) => all.map((value, at) => withPlace(entries[at] as Entry, value))),
)

function withPlace(
  { organization, people }: Entry,
  more: {
    readonly city: string | undefined
    readonly postalCode: string
    readonly contributors: readonly string[]
    readonly public: true | undefined
    readonly by: string
    readonly labelled: string | undefined
    readonly note: string | undefined
  },
): Entry {
  const { city, postalCode, contributors, by, labelled, note } = more
  const street = { nl: { line1: 'Markt 1', city: city ?? '', postalCode, country: 'BE' } }
  const at = organization.created.at
  const after: Organization = {
    ...organization,
    contributors,
    created: { at, by },
    changed: {
      ...organization.changed,
      ...(labelled !== undefined && {
        identifiers: { version: 2, at, by: labelled },
        department: { version: 2, at, by: labelled },
      }),
    },
    ...(city !== undefined && { addresses: { ...organization.addresses, street } }),
    ...(more.public && { public: true as const }),
    ...(note !== undefined && { note }),
  }
  return { organization: after, people }
}

export const WHERES = [
  'address.\\*.postalCode:3000',
  'address.nl.postalCode:30*',
  'address.\\*.addressLocality:(Leuven OR Gent) AND NOT name.fr:*',
  'address.\\*.postalCode:[3005 TO *]',
  'labels:jeugd',
  '-labels:jeugd',
  'creator:bram',
  'creator:ann',
  'contributors:x@y.example',
  'workflowStatus:DELETED',
  'completeness:[45 TO *]',
  'languages:fr',
  'created:[2024-01-02 TO *]',
  'id:00000000-0000-4000-8000-000000000001 OR id:00000000-0000-4000-8000-000000000003',
  '*:*',
  // What rows tell in part, or not at all.
  'name:*brug*',
  '-name:*brug*',
  'description.nl:x OR labels:jeugd',
  '-description.nl:x',
  '(broken',
]

const PARTS: readonly (Role['parts'] | undefined)[] = [
  undefined,
  undefined,
  { emails: 'none' },
  { '*': 'none', links: 'read', addresses: 'read' },
  { people: 'none' },
  { name: 'none', phones: 'none', labels: 'none' },
  { '*': 'none', people: 'read' },
  { 'facets.uitdatabank': 'none', addresses: 'none' },
]

/** Roles that leave somebody without a right to every organization. */
export const roles: fc.Arbitrary<readonly Omit<Role, 'id' | 'tenant'>[]> = fc.array(
  fc
    .record({
      permissions: fc.constantFrom<Role['permissions'][]>(
        ['organizations.read'],
        ['organizations.read', 'people.read'],
        ['organizations.read', 'organizations.edit'],
        ['organizations.edit'],
        ['people.read'],
        ['people.edit', 'organizations.delete'],
      ),
      where: fc.option(fc.constantFrom(...WHERES), { nil: undefined, freq: 8 }),
      parts: fc.constantFrom(...PARTS),
    })
    .filter(({ where, permissions }) => where !== undefined || !permissions.includes('organizations.read'))
    .map(({ permissions, where, parts }) => ({
      permissions,
      ...(where !== undefined && { where }),
      ...(parts !== undefined && { parts }),
    })),
  { maxLength: 3 },
)

const atoms: fc.Arbitrary<Condition> = fc.constantFrom<Condition[]>(
  { kind: 'native.term', test: { startsWith: 'b' } },
  { kind: 'native.person', part: 'people', test: { startsWith: 'j' } },
  { kind: 'native.person', test: { startsWith: '#' } },
  { kind: 'native.term', test: { startsWith: '#' } },
  { kind: 'native.term', test: { startsWith: 'hoofd' } },
  { kind: 'native.term' },
  { kind: 'native.label', test: { is: 'jeugd' } },
  { kind: 'native.label' },
  { kind: 'native.lacks', test: { is: 'email' } },
  { kind: 'native.lacks', test: { in: ['phone', 'label'] } },
  { kind: 'native.postalCode', test: { any: [{ is: '3000' }, { endsWith: '0' }] } },
  { kind: 'native.country', test: { contains: 'e' } },
  { kind: 'native.alike' },
  { kind: 'public' },
  { kind: 'uitdatabank.contributor' },
  { kind: 'uitdatabank.completeness', test: { is: 'x' } },
  { column: 'number', in: ['1', '2', '5'] },
  { column: 'state', in: ['active'] },
)

/** Anything that may be asked, denials too. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    { weight: 3, arbitrary: atoms },
    { weight: 2, arbitrary: tie('condition').map((not): Condition => ({ not })) },
    {
      weight: 1,
      arbitrary: fc.array(tie('condition'), { maxLength: 3 }).map((all): Condition => ({ all })),
    },
    {
      weight: 1,
      arbitrary: fc.array(tie('condition'), { maxLength: 3 }).map((any): Condition => ({ any })),
    },
  ),
})).condition

/** Of whoever asks. */
export const emails = fc.constantFrom('ann@example.org', 'fi@y.example', undefined)
export const visibility = fc.constantFrom('none' as const, 'uitdatabank' as const, 'all' as const)
