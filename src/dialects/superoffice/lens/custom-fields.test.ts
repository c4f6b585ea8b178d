import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dossier, putContext, viewContext } from '../../../core/testing/records.ts'
import type { ContactInput } from '../wire.ts'
import { CUSTOM_FIELDS_LIMIT, INTERESTS_LIMIT, WHEN_ABSENT } from '../wire.ts'
import { contact } from './contact.ts'
import { type FieldDictionaries, type KeptFields, putFields, shownFields } from './custom-fields.ts'

const put = (fields: KeptFields | undefined, sent: Partial<FieldDictionaries>) =>
  putFields(fields, { UserDefinedFields: {}, ExtraFields: {}, CustomFields: {}, ...sent }, CONTEXT, false)

const CONTEXT = viewContext()

const shownFieldsOf = (fields: KeptFields | undefined) => shownFields(fields, CONTEXT)

const CHECKBOX: KeptFields = { a: { in: 'udef', value: 'True' } }

describe('custom fields', () => {
  test('a key of a database column is an extra field, any other a user-defined one', () => {
    const fields = put(undefined, { CustomFields: { x_a: '1', 'SuperOffice:2': '2', progid: '3' } })
    const { UserDefinedFields, ExtraFields } = shownFieldsOf(fields)
    assert.deepEqual([UserDefinedFields, ExtraFields], [{ 'SuperOffice:2': '2', progid: '3' }, { x_a: '1' }])
  })

  test('a checkbox that is cleared in the new dictionary is cleared in the old one', () => {
    const { UserDefinedFields } = shownFieldsOf(put(CHECKBOX, { CustomFields: { a: '[I:0]' } }))
    assert.deepEqual(UserDefinedFields, { a: 'False' })
  })

  test('an entity that was read elsewhere keeps both encodings', () => {
    const sent = { UserDefinedFields: { a: 'True' }, CustomFields: { a: '[I:1]', 'a:org': '[I:1]' } }
    assert.deepEqual(put(undefined, sent), CHECKBOX)
  })

  test('a value that was read long ago and not edited does not undo what others wrote', () => {
    const sent = { UserDefinedFields: { a: 'False' }, CustomFields: { a: '[I:0]', 'a:org': '[I:0]' } }
    assert.equal(put(CHECKBOX, sent), CHECKBOX)
  })

  test('without the loaded value, the new dictionary says what to be', () => {
    const sent = { UserDefinedFields: { a: 'False' }, CustomFields: { a: '[I:1]' } }
    assert.equal(put(CHECKBOX, sent), CHECKBOX)
  })

  test('companion keys are no fields', () => {
    const keys = { 'a:DisplayText': 'x', 'a:DisplayTooltip': 'y', 'b:org': 'z' }
    assert.equal(put(CHECKBOX, { UserDefinedFields: keys, CustomFields: keys }), CHECKBOX)
  })

  test('keys that every object has are keys like others', () => {
    const fields = put(undefined, { ExtraFields: { constructor: 'a', toString: 'b' } })
    assert.deepEqual(shownFieldsOf(fields).ExtraFields, { constructor: 'a', toString: 'b' })
  })
})

describe('what a contact can hold', () => {
  const write = (edits: Partial<ContactInput>) =>
    contact.put(dossier(), { ...WHEN_ABSENT, ...edits }, putContext()).organization
  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`x_${at}`, '1']))
  const ids = (count: number) => new Map(Array.from({ length: count }, (_, at) => [at + 1, true] as const))

  test('ends at so many custom fields', () => {
    write({ ExtraFields: keys(CUSTOM_FIELDS_LIMIT) })
    assert.throws(() => write({ ExtraFields: keys(CUSTOM_FIELDS_LIMIT + 1) }), /too-many/)
  })

  test('ends at so many interests', () => {
    write({ Interests: ids(INTERESTS_LIMIT) })
    assert.throws(() => write({ Interests: ids(INTERESTS_LIMIT + 1) }), /too-many/)
  })
})
