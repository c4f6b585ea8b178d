import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogue, NOW, organization, viewContext } from '../../../core/testing/records.ts'
import type { Request } from '../../dialect.ts'
import { mdoItems } from '../lens/mdo.ts'
import { translatedInterests } from '../lens/translations.ts'
import { listReply } from './answer.ts'
import type { ContactRow } from './contact-row.ts'
import { LIMITS, readOptions } from './options.ts'
import { comparison } from './order.ts'
import { rowJson } from './rows.ts'
import { CONTACT_COLUMNS, simpleContact } from './simple-contact.ts'

const LISTS = catalogue({
  lists: {
    category: [
      { Id: 1, Value: 'NO:"Ansatt";US:"Worker"' },
      { Id: 2, Value: 'NO:"Øvrige";US:"Others"' },
    ],
    contint: [
      { Id: 9, Value: 'NO:"Overskrift";US:"Heading"', ChildItems: [{ Id: 1, Value: 'NO:"Et";US:"One"' }] },
    ],
    extraFields: [
      { name: 'x_size', label: 'Size', type: 'MdoList', entries: [{ Id: 3, Value: 'NO:"Stor";US:"Large"' }] },
      { name: 'x_known', label: 'Known', type: 'Checkbox' },
    ],
  },
})

const row = (number: number, facet: object, language?: string): ContactRow => ({
  organization: organization({ number, name: { nl: 'A & <B>' }, facets: { superoffice: { ...facet } } }),
  people: [],
  context: viewContext({ catalogue: LISTS, ...(language !== undefined && { language }) }),
})

const optionsOf = (query: string) =>
  readOptions(query, CONTACT_COLUMNS, 'contact', { now: Date.parse(NOW), me: 1 })

const shown = (query: string, of: ContactRow) => rowJson(of, simpleContact, optionsOf(query))

describe('trap 14: languages of a list', () => {
  test('texts are as they are kept without a language, and translated with one', () => {
    const texts = ['no', 'en', 'xx', undefined].map((language) => {
      return (shown('$select=category', row(1, { category: 1 }, language)) as { category: string }).category
    })
    assert.deepEqual(texts, ['Ansatt', 'Worker', 'Worker', 'NO:"Ansatt";US:"Worker"'])
  })

  test('rows are in the order of the texts that their reader sees', () => {
    const compare = (language: string) => {
      const [left, right] = [row(1, { category: 1 }, language), row(2, { category: 2 }, language)]
      return Math.sign(comparison(optionsOf('$orderBy=category').orders)(left, right))
    }
    assert.deepEqual([compare('no'), compare('en')], [-1, 1])
  })

  test('an MDO list is translated with what stands under its headings', () => {
    const [heading] = translatedInterests(mdoItems(LISTS, 'contint'), 'no', undefined)
    assert.deepEqual([heading?.Name, heading?.ChildItems.map(({ Name }) => Name)], ['Overskrift', ['Et']])
  })
})

describe('custom fields in a list', () => {
  const fields = {
    x_size: { in: 'extra', value: '[I:3]' },
    x_known: { in: 'extra', value: '[I:1]' },
    x_since: { in: 'extra', value: '[DT:05/06/1999 07:08:09.0000000]' },
    'SuperOffice:1': { in: 'udef', value: '[I:42]' },
  }

  test('are shown as plain values, entries of lists as texts', () => {
    const query =
      '$select=contactExtra/x_size,contactextra/X_known,contactExtra/x_since,contactUdef/SuperOffice:1,contactUdef/x'
    assert.deepEqual(shown(query, row(1, { fields }, 'en')), {
      PrimaryKey: '1',
      EntityName: 'contact',
      'contactExtra/x_size': 'Large',
      'contactextra/X_known': true,
      'contactExtra/x_since': '1999-05-06T07:08:09',
      'contactUdef/SuperOffice:1': 42,
      'contactUdef/x': '',
    })
  })
})

describe('an Atom feed', () => {
  const request = {
    path: '/api/v1/Contact',
    query: '$select=name,contactId,stop,updatedDate,contactAssociate/fullName&$format=xml',
    headers: {},
    asker: { baseUrl: 'https://directory.example' },
  } as unknown as Request

  test('has an entry for each row, with safe names, types and escaped texts', () => {
    const { body = '' } = listReply(request, simpleContact, optionsOf(request.query), {
      rows: [row(7, {})],
      hasMore: true,
    })
    const entry = /<entry>.*<\/entry>/s.exec(body)?.[0]
    assert.equal(
      entry,
      '<entry><id>https://directory.example/api/v1/contact/7</id><title /><content type="application/xml"><m:properties>' +
        '<d:PrimaryKey>7</d:PrimaryKey><d:EntityName>contact</d:EntityName><d:name>A &amp; &lt;B&gt;</d:name>' +
        '<d:contactId m:type="Edm.Int32">7</d:contactId><d:stop m:type="Edm.Boolean">false</d:stop>' +
        '<d:updatedDate m:type="Edm.DateTime">2024-01-02T03:04:05</d:updatedDate>' +
        '<d:contactAssociate_fullName>Ann Editor</d:contactAssociate_fullName></m:properties></content></entry>',
    )
    const next = `${request.asker.baseUrl}${request.path}?${request.query}&$skip=1000`.replaceAll(
      '&',
      '&amp;',
    )
    assert.equal(body.includes(`<link rel="next" href="${next}" />`), true)
  })

  const types: Readonly<Record<string, string>> = {
    'application/atom+xml;q=0.2, application/json': 'application/json; charset=utf-8',
    'text/xml, application/json;q=0.5': 'text/xml; charset=utf-8',
    '*/*': 'application/json; charset=utf-8',
    'text/html': 'application/json; charset=utf-8',
  }
  for (const [accept, type] of Object.entries(types)) {
    test(`is ${type} for ${accept}`, () => {
      const asked = { ...request, query: '', headers: { accept } }
      const { headers } = listReply(asked, simpleContact, optionsOf(''), { rows: [], hasMore: false })
      assert.equal(headers?.['content-type'], type)
    })
  }
})

describe('pages', () => {
  test('are as large as asked for, up to a limit', () => {
    const sizes = ['', '$top=5000', '$top=5001', '$top=0'].map((query) => optionsOf(query).top)
    assert.deepEqual(sizes, [LIMITS.standardPage, LIMITS.largestPage, LIMITS.largestPage, 0])
  })

  test('take as many columns and orders as there may be, and no more', () => {
    const many = (count: number, name: string) => Array.from({ length: count }, () => name).join(',')
    assert.equal(optionsOf(`$select=${many(LIMITS.columns, 'name')}`).columns.length, 1)
    assert.throws(() => optionsOf(`$select=${many(LIMITS.columns + 1, 'name')}`), /option-invalid/)
    assert.equal(optionsOf(`$orderBy=${many(LIMITS.orders, 'name')}`).orders.length, LIMITS.orders)
    assert.throws(() => optionsOf(`$orderBy=${many(LIMITS.orders + 1, 'name')}`), /option-invalid/)
  })
})
