import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Address, Addresses } from '../../../core/address.ts'
import { dossier, putContext, viewContext } from '../../../core/testing/records.ts'
import type { ContactInput } from '../wire.ts'
import { WHEN_ABSENT } from '../wire.ts'
import { contact } from './contact.ts'

const show = (street: Address, postal?: Address) => {
  const addresses: Addresses = { street: { nl: street }, ...(postal && { postal: { nl: postal } }) }
  return contact.get(dossier({ addresses }), viewContext())
}

const written = (addresses: Addresses, edits: Partial<ContactInput>): Addresses =>
  contact.put(dossier({ addresses }), { ...WHEN_ABSENT, ...edits }, putContext()).organization.addresses

const namesOf = (country: string) =>
  show({ country }).Address.LocalizedAddress.map((line) => line.map(({ Name }) => Name))

describe('address', () => {
  test('Norway has a street and a box', () => {
    assert.deepEqual(namesOf('NO'), [
      ['StreetAddress1'],
      ['StreetZipcode', 'StreetCity'],
      ['PostalAddress1'],
      ['PostalZipcode', 'PostalCity'],
    ])
  })

  test('France has three lines, the third of two fields', () => {
    assert.deepEqual(namesOf('FR'), [['StreetAddress1'], ['StreetAddress2'], ['StreetZipcode', 'StreetCity']])
  })

  test('a country without a layout of its own has that of Belgium', () => {
    assert.deepEqual(namesOf('JP'), namesOf('BE'))
    assert.deepEqual(namesOf('Belgium'), namesOf('BE'))
  })

  test('blank fields and lines are left out of the formatted text, inner spaces are not', () => {
    const { Street } = show({
      line1: '112  St James Boulevard',
      postalCode: 'SS17 7HL',
      country: 'NO',
    }).Address
    assert.equal(Street.Formatted, '112  St James Boulevard\nSS17 7HL\n')
  })

  test('the formatted text of both addresses repeats what both have', () => {
    const line = { line1: 'B-gaten 45', country: 'NO' }
    const view = show(line, { ...line, postalCode: '0123', city: 'OSLO' })
    assert.equal(view.Address.Formatted, 'B-gaten 45\nB-gaten 45\n0123 OSLO\n')
  })

  test('a form shows the beginning of a long line and no part of a long postcode', () => {
    const { Address } = show({ city: 'c'.repeat(31), postalCode: '1'.repeat(10), country: 'NO' })
    const [, line] = Address.LocalizedAddress
    assert.deepEqual(
      line?.map(({ Value }) => Value),
      ['', 'c'.repeat(30)],
    )
    assert.equal(Address.Street.Zipcode, '1'.repeat(10))
  })

  test('what a form shows so is no edit, in whichever layout it was read', () => {
    const street = { city: 'c'.repeat(31), country: 'BE' }
    const StreetCity = { Value: 'c'.repeat(30), ValueLength: 30 }
    assert.deepEqual(written({ street: { nl: street } }, { Address: { LocalizedAddress: { StreetCity } } }), {
      street: { nl: street },
    })
  })

  test('addresses in other languages stay', () => {
    const fr = { city: 'Louvain', country: 'BE' }
    const after = written({ street: { fr } }, { Address: { Street: { City: 'Leuven' } } })
    assert.deepEqual(after, { street: { fr, nl: { city: 'Leuven' } } })
  })

  test('a first street address takes the country that comes with it', () => {
    const after = written({}, { Country: 56, Address: { Street: { City: 'Leuven' } } })
    assert.deepEqual(after, { street: { nl: { city: 'Leuven', country: 'BE' } } })
  })

  test("the tenant's country is shown, not stored", () => {
    assert.equal(contact.get(dossier(), viewContext()).Country?.CountryId, 56)
    assert.deepEqual(written({}, { Country: 56 }), {})
  })

  test('without a country in the street, that of the postal address shows', () => {
    assert.equal(show({ city: 'Leuven' }, { country: 'NL' }).Country?.CountryId, 528)
  })

  test('a country without a number of its own is shown as none, and kept', () => {
    assert.equal(show({ country: 'Belgium' }).Country, null)
    assert.deepEqual(written({ street: { nl: { country: 'Belgium' } } }, {}), {
      street: { nl: { country: 'Belgium' } },
    })
  })

  test('an address of no lines and no country is none', () => {
    assert.deepEqual(
      written({ street: { nl: { city: 'Leuven' } } }, { Address: { Street: { City: '' } } }),
      {},
    )
  })
})
