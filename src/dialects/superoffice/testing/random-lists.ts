import fc from 'fast-check'
import { dossiers } from '../../../core/testing/random-records.ts'
import { CREATED, catalogue, principal, uuid, viewContext } from '../../../core/testing/records.ts'
import type { Columns } from '../archive/column.ts'
import type { ContactRow } from '../archive/contact-row.ts'
import { functionNames } from '../filter/functions.ts'
import { operatorNames } from '../filter/operators.ts'
import { randomFacets } from './random-inputs.ts'

/** Who is known, of whom one is in the list alone, and one has other initials. */
export const CATALOGUE = catalogue({
  principals: [principal(), principal({ id: '7', number: 2, name: 'Bob De Smet', email: 'bob@example.org' })],
  lists: {
    associate: [
      { Id: 2, Value: 'BDS' },
      { Id: 7, Value: 'KN', FullName: 'Kari Nordmann', Deleted: true },
    ],
  },
})

/** Contacts as rows, numbered from 1, of writers known and unknown. */
export const rowLists: fc.Arbitrary<readonly ContactRow[]> = fc
  .array(
    fc.tuple(
      dossiers({
        people: 'none',
        states: ['active', 'inactive'],
        dialectFacets: { superoffice: { organization: randomFacets } },
      }),
      fc.constantFrom('ann', '7', 'ghost'),
      fc.nat(400),
      fc.nat(9),
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map((all) =>
    all.map(([{ organization }, by, day, seconds], at) => ({
      organization: {
        ...organization,
        id: uuid(at + 1),
        number: at + 1,
        version: 1,
        created: { at: new Date(Date.parse(CREATED.at) + day * 86_400_000).toISOString(), by },
        shownAt: organization.shownAt + seconds * 40_000,
      },
      people: [],
      context: viewContext({ catalogue: CATALOGUE }),
    })),
  )

/** Filters of some columns of these rows, mostly about what they hold. */
export function randomFilters(
  rows: readonly ContactRow[],
  columns: Columns<ContactRow>,
  names: readonly string[],
): fc.Arbitrary<string> {
  const term = fc.constantFrom(...names).chain((name) => termsOf(name, rows, columns))
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      term,
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or', 'AND'), tie('filter'))
        .map((parts) => parts.join(' ')),
      tie('filter').map((inner) => `(${inner})`),
    ),
  }))
  return filter
}

function termsOf(
  name: string,
  rows: readonly ContactRow[],
  columns: Columns<ContactRow>,
): fc.Arbitrary<string> {
  const column = columns.find(name)
  const search = column?.search
  if (column === undefined || search === undefined) throw new Error(`nothing is found by ${name}`)
  const held = rows.flatMap((row) => {
    const { shown, raw = shown } = column.cell(row)
    return [String(search.restriction === 'string' ? shown : raw), ...search.valuesOf(row).map(String)]
  })
  const value = valuesOf(search.restriction, held)
  const list = fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => `(${values.join(', ')})`)
  const pair = fc.tuple(value, value).map((values) => `(${values.join(', ')})`)
  const operation = fc.constantFrom(...operatorNames(search.restriction)).chain(([operator, takes]) => {
    const argument = { nothing: fc.constant(''), one: value, two: pair, many: list }[takes]
    return argument.map((text) => `${name} ${operator} ${text}`)
  })
  const called = fc.constantFrom(...functionNames(search.restriction), undefined).chain((called) => {
    if (called === undefined) return operation
    const [fn, counts] = called
    if (search.restriction === 'string') return value.map((text) => `${fn}(${name}, ${text})`)
    const count =
      counts === 1 ? fc.integer({ min: 1, max: 5 }).map((number) => `${number}, `) : fc.constant('')
    return fc
      .tuple(count, fc.constantFrom('day', 'weeks', 'Month', "'quarters'", 'half', 'years'))
      .map((rest) => `${fn}(${name}, ${rest.join('')})`)
  })
  return fc.oneof({ weight: 5, arbitrary: operation }, { weight: 1, arbitrary: called })
}

function valuesOf(restriction: string, held: readonly string[]): fc.Arbitrary<string> {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`
  if (restriction === 'string') {
    const texts = fc.constantFrom('', 'a', 'é', 'Voorbeeld', '9', ...held)
    const parts = fc
      .tuple(texts, fc.nat(8), fc.nat(8))
      .map(([text, from, length]) => [...text].slice(from, from + length).join(''))
    return fc
      .oneof(
        texts,
        parts,
        texts.map((text) => text.toUpperCase()),
      )
      .map(quoted)
  }
  if (restriction === 'bool') return fc.constantFrom('true', "'False'", '0', '1')
  if (restriction === 'date') {
    const dates = held.filter((text) => /^\d{4}-/.test(text))
    return fc
      .tuple(fc.constantFrom('2024-1-2', '2024-05-06', '0001-01-01', '9999-12-31', ...dates), fc.boolean())
      .map(([date, isDay]) => quoted(isDay ? (date.split('T')[0] ?? date) : date))
  }
  return fc.constantFrom(
    '0',
    '1',
    "'2'",
    '7',
    '77',
    '-1',
    '99',
    '2147483648',
    ...held.filter((text) => /^-?\d+$/.test(text)),
  )
}
