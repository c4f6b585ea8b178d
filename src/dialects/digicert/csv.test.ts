import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { organization, viewContext } from '../../core/testing/records.ts'
import { CSV_COLUMNS, csvOf } from './csv.ts'
import { rowOf } from './lens/organization.ts'

test('a line of names, then a line of each organization', () => {
  const addresses = { street: { nl: { line1: 'Markt 1, bus 2', city: 'Leuven', country: 'BE' } } }
  const name = { nl: 'De "Zaak"' }
  const row = rowOf(
    organization({ name, addresses, facets: { digicert: { assumedName: '=1+1' } } }),
    viewContext(),
  )
  equal(
    csvOf([row]),
    'id,status,name,assumed_name,display_name,is_active,address,address2,city,state,zip,country,telephone,container.id,container.name\r\n' +
      '1,active,"De ""Zaak""",=1+1,"De ""Zaak"" (=1+1)",true,"Markt 1, bus 2",,Leuven,,,be,,1,Example directory\r\n',
  )
})

test('whatever is in a name, it is read back as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), (text) => {
      const row = { ...rowOf(organization(), viewContext()), name: text, telephone: text }
      const [, values] = readCsv(csvOf([row]))
      deepEqual([values?.[2], values?.[12], values?.length], [text, text, CSV_COLUMNS.length])
    }),
  )
})

/** @see RFC 4180 §2 */
function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') lines.push([])
  }
  return lines.slice(0, -1)
}
