import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Dossier } from '../../../core/dossier.ts'
import type { Organization } from '../../../core/organization.ts'
import { dossier, person, putContext, viewContext } from '../../../core/testing/records.ts'
import type { ContactInput } from '../wire.ts'
import { contact, echoOf } from './contact.ts'

const PUT = putContext()
const show = (state: Dossier) => contact.get(state, viewContext())

/** The organization after a client wrote back what it had read, with `edits`. */
function written(parts: Partial<Organization>, edits: Partial<ContactInput>): Organization {
  const before = dossier(parts, [person()])
  return contact.put(before, { ...echoOf(show(before)), ...edits }, PUT).organization
}

describe('contact', () => {
  test('keeps the kind and the id of a phone that is written back', () => {
    const phones = [{ id: '1-1', number: '+32 470 12 34 56', kind: 'mobile' }] as const
    const after = written({ phones }, { Phones: [{ Value: '0470 12 34 56', Description: '' }] })
    assert.deepEqual(after.phones, [{ id: '1-1', number: '0470 12 34 56', kind: 'mobile' }])
  })

  test('keeps the fax when phones are replaced', () => {
    const fax = { id: '1-1', number: '016 00 00 01', kind: 'fax' } as const
    assert.deepEqual(written({ phones: [fax] }, { Phones: [] }).phones, [fax])
  })

  test('keeps a website a website, and makes contact links of new ones', () => {
    const links = [{ id: '1-1', uri: 'https://www.voorbeeld.example', kind: 'website' }] as const
    const Urls = ['https://elders.example', 'http://voorbeeld.example'].map((Value) => ({
      Value,
      Description: '',
    }))
    const kinds = written({ links }, { Urls }).links.map(({ uri, kind }) => [uri, kind])
    assert.deepEqual(kinds, [
      ['https://elders.example', 'contact'],
      ['http://voorbeeld.example', 'website'],
    ])
  })

  test('clips prose and hides identifiers that are too long, and loses neither', () => {
    const long = 'x'.repeat(300)
    const parts = { name: { nl: long }, identifiers: [{ scheme: 'vat', value: long }] }
    const view = show(dossier(parts))
    assert.equal(view.Name.length, 219)
    assert.equal(view.OrgNr, '')
    const after = written(parts, { Department: 'Dienst' })
    assert.deepEqual([after.name, after.identifiers], [parts.name, parts.identifiers])
  })

  test('keeps the name in other languages', () => {
    const after = written({ name: { nl: 'Voorbeeld', fr: 'Exemple' } }, { Name: 'Ander' })
    assert.deepEqual(after.name, { nl: 'Ander', fr: 'Exemple' })
  })

  test('shows a VAT number before other identifiers', () => {
    const identifiers = ['kbo', 'vat'].map((scheme) => ({ scheme, value: scheme }))
    assert.equal(show(dossier({ identifiers })).OrgNr, 'vat')
  })

  test('removing the number removes only it, and nothing takes its place', () => {
    const identifiers = ['kbo', 'vat'].map((scheme) => ({ scheme, value: scheme }))
    const after = written({ identifiers }, { OrgNr: '' })
    assert.deepEqual(after.identifiers, [{ scheme: 'kbo', value: 'kbo' }])
    assert.equal(show(dossier(after)).OrgNr, '')
  })

  test('what was hidden shows again once it has another value', () => {
    const identifiers = ['kbo', 'vat'].map((scheme) => ({ scheme, value: scheme }))
    const after = written({ identifiers }, { OrgNr: '' })
    const changed = { ...after, identifiers: [{ scheme: 'kbo', value: 'other' }] }
    assert.equal(show(dossier(changed)).OrgNr, 'other')
  })

  test('leaves no facet when nothing of its own was written', () => {
    assert.deepEqual(written({}, { Name: 'Ander' }).facets, {})
  })

  test('keeps a facet member of a later version', () => {
    const after = written({ facets: { superoffice: { later: 1 } } }, { Kananame: 'dicta' })
    assert.deepEqual(after.facets, { superoffice: { later: 1, kananame: 'dicta' } })
  })

  test('gives the support role to a person of the organization, and no other role away', () => {
    const roles = { 'primary-contact': person().id }
    const after = written({ roles }, { SupportPerson: 1 })
    assert.deepEqual(after.roles, { ...roles, support: person().id })
  })

  test('keeps a supporter whom the reader may not see', () => {
    const before = dossier({ roles: { support: person().id } })
    const after = contact.put(before, echoOf(show(before)), PUT)
    assert.equal(after, before)
  })
})
