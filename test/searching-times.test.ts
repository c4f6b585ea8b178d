import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Found } from '../src/core/command.ts'
import { mayReadPart } from '../src/core/policy.ts'
import type { Role } from '../src/core/principal.ts'
import type { Condition } from '../src/core/query.ts'
import { lastChange } from '../src/core/record.ts'
import type { Store } from '../src/core/store.ts'
import type { Entry } from '../src/dialects/native/testing/random-directories.ts'
import { openTestStore } from '../src/store/testing/open-store.ts'
import type { RightsHouse } from './rights-house.ts'
import { askerFor, assertPages, openRightsHouse } from './rights-house.ts'
import { conditions, emails, placed, roles, visibility } from './searching-rights.ts'

let store: Store
let house: RightsHouse
before(async () => {
  store = await openTestStore()
  house = openRightsHouse(store)
})
after(() => store.close())

/** What the order of a reader's own times goes by. */
const SHOWN = ['state', 'name', 'emails', 'department', 'identifiers', 'links', 'note', 'facets.native']

test('whoever has rights to some finds it in the order of their own times, and what changed since', async () => {
  const days = [1, 2].map((day) => Date.UTC(2024, 0, day))
  const asked = fc.array(
    fc.tuple(conditions, fc.boolean(), fc.constantFrom(1, 2, 9), fc.constantFrom(undefined, ...days)),
    { minLength: 8, maxLength: 8 },
  )
  let [pages, looked] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      placed,
      roles,
      emails,
      visibility,
      fc.boolean(),
      asked,
      async (entries, given, email, seen, isWide, queries) => {
        const wide: Omit<Role, 'id' | 'tenant'> = {
          permissions: ['organizations.read'],
          parts: { '*': 'none', links: 'read' },
        }
        // Whoever may see every part of all has no times of their own.
        const all = isWide ? [...given.filter((role) => role.where !== undefined), wide] : given
        const tenant = await house.tenantWith(entries, all, seen)
        const asker = askerFor(tenant, all.length, email)
        const timeOf = (entry: Entry): number => {
          const grant = house.grantOf(asker, entry)
          const seen = SHOWN.filter((part) => mayReadPart(grant, part))
          return Date.parse(lastChange(entry.organization, seen).at)
        }
        const entryOf = ({ dossier }: Found) =>
          entries.find(({ organization }) => organization.id === dossier.organization.id) as Entry
        for (const [anything, descending, limit, after] of queries) {
          // Whoever may read all finds it by what they may read of all.
          const where: Condition = isWide ? { column: 'state', in: ['active', 'deleted'] } : anything
          const isLater = (entry: Entry) => after === undefined || timeOf(entry) > after
          const sign = descending ? -1 : 1
          const expected = entries
            .filter(house.isFoundBy(asker, where))
            .filter(isLater)
            .toSorted(
              (left, right) =>
                sign * (timeOf(left) - timeOf(right) || left.organization.number - right.organization.number),
            )
          await assertPages(expected, where, async (from) => {
            let isLooked = false
            const page = await house.told.seek(asker, {
              where,
              along: { by: 'shownAt', descending },
              limit,
              isCounted: true,
              times: { parts: SHOWN, ...(after !== undefined && { after }) },
              keyOf: (found) => {
                isLooked = true
                return String(timeOf(entryOf(found)) / 1000)
              },
              ...(after !== undefined && { also: (found: Found) => isLater(entryOf(found)) }),
              ...from,
            })
            pages += 1
            if (isLooked) looked += 1
            return page
          })
        }
      },
    ),
    { numRuns: 100 },
  )
  assert.ok(looked < pages / 2, `${looked} of ${pages} pages have been looked for among all`)
})
