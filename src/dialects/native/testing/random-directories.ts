import fc from 'fast-check'
import type { Organization, OrganizationState, RoleName } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import { organization, person, uuid } from '../../../core/testing/records.ts'

/** An organization with its people, of values so few that searches find some of them. */
export interface Entry {
  readonly organization: Organization
  readonly people: readonly Person[]
}

export const NAMES = ['De Brug', "d'Or vzw", 'v.z.w. Écho', 'Straße 7', 'Janssens & Co', '😀', 'IJSLAND']
export const FULL_NAMES = ['Jan Brug', "Ann O'Neil", 'Chloé Dubois', 'Ŝan']
export const EMAILS = ['Info@brug.example', 'jan@ECHO.example', 'a@x.y.example']
export const PHONES = ['016 12 34 56', '+32 16 12 34 56', '0470/11.22.33', '112']
export const LINKS = ['https://www.brug.example/a', 'echo.example', 'http://localhost/']
export const VALUES = ['BE 0123.456.749', '12-345']
export const LABELS = ['Jeugd', 'jong & oud']
const COUNTRIES = ['BE', 'NL']
const POSTAL_CODES = ['3000', '1012 AB', 'x']
const ROLES: readonly RoleName[] = ['support', 'primary-contact']
const STATES: readonly OrganizationState[] = ['active', 'active', 'inactive', 'deleted']
const DAYS = [1, 2, 3].map((day) => `2024-01-0${day}T00:00:00.000Z`)

const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 })
const items = <T extends object>(values: readonly string[], item: (value: string) => T) =>
  some(values).map((found) => found.map((value, at) => ({ id: `1-${at + 1}`, ...item(value) })))
const emails = items(EMAILS, (address) => ({ address }))
const phones = items(PHONES, (number) => ({ number, kind: 'voice' as const }))

const addresses = fc
  .record({
    street: fc.option(fc.tuple(fc.constantFrom(...COUNTRIES), fc.constantFrom(...POSTAL_CODES))),
    postal: fc.option(fc.constantFrom(...POSTAL_CODES)),
  })
  .map(({ street, postal }) => ({
    ...(street && { street: { nl: { country: street[0], postalCode: street[1] } } }),
    ...(postal && { postal: { fr: { postalCode: postal } } }),
  }))

const people = fc.array(
  fc.record({
    name: fc.constantFrom(...FULL_NAMES).map((full) => ({ full })),
    emails,
    phones,
    state: fc.constantFrom('active' as const, 'active' as const, 'deleted' as const),
    by: fc.constantFrom('ann', 'bram'),
  }),
  { maxLength: 2 },
)

const parts = fc.record({
  state: fc.constantFrom(...STATES),
  name: fc
    .tuple(fc.constantFrom(...NAMES), fc.option(fc.constantFrom(...NAMES)))
    .map(([nl, fr]) => ({ nl, ...(fr !== null && { fr }) })),
  department: fc.option(fc.constantFrom('Hoofdzetel', 'Écho'), { nil: undefined }),
  emails,
  phones,
  links: items(LINKS, (uri) => ({ uri, kind: 'contact' as const })),
  identifiers: some(VALUES).map((values) => values.map((value) => ({ scheme: 'vat', value }))),
  labels: some(LABELS).map((names) => names.map((name) => ({ name, imported: false }))),
  addresses,
  description: fc.constantFrom({}, { nl: 'x' }),
  held: some(ROLES),
  created: fc.constantFrom(...DAYS),
  updated: fc.constantFrom(...DAYS),
  noted: fc.option(fc.constantFrom(...DAYS)),
  by: fc.constantFrom('ann', 'bram'),
})

/** By number. */
export const directories: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.tuple(parts, people), { minLength: 1, maxLength: 8 })
  .map((all) => all.map(([value, own], at) => entryOf(value, own, at + 1)))

type Value<A> = A extends fc.Arbitrary<infer T> ? T : never

function entryOf(value: Value<typeof parts>, own: Value<typeof people>, number: number): Entry {
  const { held, created, updated, noted, by, department, ...rest } = value
  const id = uuid(number)
  const stamps = {
    name: { version: 2, at: updated, by },
    ...(noted !== null && { note: { version: 3, at: noted, by } }),
  }
  // As versions that were made one after the other would have it.
  const last = Math.max(...Object.values(stamps).map(({ at }) => Math.floor(Date.parse(at) / 1000)))
  return {
    organization: organization({
      ...rest,
      ...(department !== undefined && { department }),
      id,
      number,
      version: 3,
      created: { at: created, by },
      changed: stamps,
      shownAt: last + (number % 2),
      roles: Object.fromEntries(held.map((role) => [role, uuid(99)])),
    }),
    people: own.map(({ by: author, ...of }, at) =>
      person({
        ...of,
        id: uuid(100 + number * 10 + at),
        number: number * 10 + at,
        organization: id,
        created: { at: created, by: author },
      }),
    ),
  }
}
