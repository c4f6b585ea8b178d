import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FULL_GRANT } from '../src/core/policy.ts'
import { dossiers, loaded } from '../src/core/testing/random-records.ts'
import { catalogue, dossier as recordOf } from '../src/core/testing/records.ts'
import { dialects } from '../src/dialects/index.ts'
import { explanationOf } from '../src/dialects/native/looking/explaining.ts'

const context = { baseUrl: 'https://x.example', grant: FULL_GRANT, catalogue: catalogue() }
const alive = dossiers({ states: ['active', 'inactive'] })

for (const { name, window } of dialects) {
  const { lens } = window

  test(`what ${name} leaves out can be told of every record`, () => {
    fc.assert(
      fc.property(alive, (all) => {
        const dossier = loaded(all, lens.people)
        const { hidden, clipped, unseen } = explanationOf(lens, { dossier, context }, all)
        const paths = [...hidden, ...clipped].map(({ path }) => path)
        equal(new Set(paths).size, paths.length)
        for (const part of unseen.organization) {
          ok(!paths.some((path) => path.startsWith(`/${part}/`)), part)
          ok(!lens.reads.organization.includes(part), part)
        }
        const shown = JSON.stringify(lens.get(dossier, context))
        const said = JSON.stringify(all)
        for (const { path, value } of clipped) {
          const text = JSON.stringify(value)
          // Another place may say the same, and be shown.
          if (said.split(text).length === 2) ok(!shown.includes(text), `${path} is shown whole`)
        }
      }),
      { numRuns: 60 },
    )
  })
}

test('the native API leaves out nothing of an organization', () => {
  const lens = dialects.find(({ name }) => name === 'native')?.window.lens
  if (lens === undefined) throw new Error('there is no native API')
  fc.assert(
    fc.property(alive, (all) => {
      const { hidden, clipped } = explanationOf(lens, { dossier: all, context }, all)
      deepEqual([hidden, clipped], [[], []])
    }),
  )
})

test('of a large record less is tried, and that is told', () => {
  const lens = dialects.find(({ name }) => name === 'native')?.window.lens
  if (lens === undefined) throw new Error('there is no native API')
  const emails = Array.from({ length: 5_000 }, (_, at) => ({ id: `1-${at}`, address: `a${at}@b.example` }))
  const partial = (note: string) => {
    const all = recordOf({ emails: emails.slice(0, 100), note })
    return explanationOf(lens, { dossier: all, context }, all).isPartial
  }
  deepEqual([partial('short'), partial('x'.repeat(1_000_000))], [false, true])
  const all = recordOf({ emails })
  const from = performance.now()
  equal(explanationOf(lens, { dossier: all, context }, all).isPartial, true)
  ok(performance.now() - from < 10_000)
})
