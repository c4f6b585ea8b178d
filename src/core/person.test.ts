import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonName } from './person.ts'
import { firstAndLast, renamed } from './person.ts'

/** Each row: a name, and the first and last name that a view shows. */
const splits: readonly (readonly [name: PersonName, first: string, last: string])[] = [
  [{ full: 'Ann Peeters' }, 'Ann', 'Peeters'],
  [{ full: 'Ann De Smet' }, 'Ann De', 'Smet'],
  [{ full: 'Madonna' }, '-', 'Madonna'],
  [{ full: '' }, '-', '-'],
  [{ full: '  ' }, '-', '-'],
  [{ full: ' Ann  Peeters ' }, 'Ann', 'Peeters'],
  [{ full: 'Ann De Smet', given: 'Ann', family: 'De Smet' }, 'Ann', 'De Smet'],
  [{ full: 'Ann Peeters', given: 'Ann' }, 'Ann', 'Peeters'],
  [{ full: 'Ann Peeters', given: 'An', family: 'P.' }, 'An', 'P.'],
]

for (const [name, first, last] of splits) {
  test(`${JSON.stringify(name)} is shown as ${first} and ${last}`, () => {
    assert.deepEqual(firstAndLast(name), { first, last })
  })
}

const ANN: PersonName = {
  full: 'Dr. Ann M. De Smet',
  prefix: 'Dr.',
  given: 'Ann',
  middle: 'M.',
  family: 'De Smet',
}

/** Each row: what `full` becomes, and the components that are kept with the prefix. */
const renamings: readonly (readonly [full: string, kept: Partial<PersonName>])[] = [
  ['Ann De Smet', { given: 'Ann', family: 'De Smet' }],
  ['Ann M. Peeters', { given: 'Ann', middle: 'M.' }],
  ['De Smet Ann', { given: 'Ann' }],
  ['Annie De Smet', { family: 'De Smet' }],
  ['Ann De Smets', { given: 'Ann' }],
  ['Ann-Marie De Smet', { given: 'Ann', family: 'De Smet' }],
  ['ann de smet', {}],
  ['', {}],
]

for (const [full, kept] of renamings) {
  test(`renamed to ${JSON.stringify(full)}, a name keeps ${JSON.stringify(kept)}`, () => {
    assert.deepEqual(renamed(ANN, full), { full, prefix: 'Dr.', ...kept })
  })
}

test('renamed to what it was, a name is the same object', () => {
  assert.equal(renamed(ANN, ANN.full), ANN)
})

test('components do not appear where nobody sent them', () => {
  assert.deepEqual(renamed({ full: 'Ann' }, 'Bram De Smet'), { full: 'Bram De Smet' })
})
