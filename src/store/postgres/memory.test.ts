import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Store, Transactor } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from '../testing/changes.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

const tenant = TENANT.id
const ORGANIZATIONS = 3

/** What a command does to one organization. */
interface Step {
  readonly node: number
  readonly organization: number
  readonly deed: 'edit' | 'add' | 'edit person' | 'delete person' | 'move person'
  readonly choice: number
  readonly isForeseen: boolean
  readonly fails: boolean
  /** Whether it waits for all before it, rather than joining them. */
  readonly isAlone: boolean
}

const steps = fc.array(
  fc.record<Step>({
    node: fc.nat(1),
    organization: fc.integer({ min: 1, max: ORGANIZATIONS }),
    deed: fc.constantFrom('edit', 'add', 'edit person', 'delete person', 'move person'),
    choice: fc.nat(9),
    isForeseen: fc.boolean(),
    fails: fc.boolean(),
    isAlone: fc.boolean(),
  }),
  { minLength: 5, maxLength: 40 },
)

describe('what a node on PostgreSQL remembers', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  test('is what the database holds, whoever writes in whichever order, and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const url = await newSchema(server.url)
        const stores = [await openPostgres(url, true), await openPostgres(url, true)] as const
        try {
          for (let number = 1; number <= ORGANIZATIONS; number += 1)
            await stores[0].transact((tx) => tx.save(saving([numbered(number)])))
          let under: Promise<unknown>[] = []
          for (const [index, step] of taken.entries()) {
            if (step.isAlone) await Promise.all(under.splice(0))
            under.push(done(stores[step.node] as Store, step, index))
          }
          await Promise.all(under)
          under = []
        } finally {
          for (const store of stores) await store.close()
        }
      }),
      { numRuns: 15 },
    )
  })

  const done = async (store: Store, step: Step, index: number) => {
    const id = uuid(step.organization)
    const failure = new Error('no')
    const work = store.transact(
      async (transactor) => {
        await act(transactor, step, index)
        await requireSame(transactor, id)
        if (step.fails) throw failure
      },
      step.isForeseen ? [{ tenant, id }] : [],
    )
    await work.catch((error: unknown) => {
      if (error !== failure) throw error
    })
  }

  const act = async (transactor: Transactor, { organization, deed, choice }: Step, index: number) => {
    const found = await transactor.dossier({ tenant, id: uuid(organization) }, 'all')
    assert.ok(found !== undefined)
    const { version } = found.organization
    const stampedAt = (other: Organization) => ({
      ...other,
      people: { count: other.people.count + 1, at: 'x', shownAt: index },
    })
    const person = found.people[choice % Math.max(found.people.length, 1)]
    if (deed === 'edit' || (deed !== 'add' && person === undefined)) {
      const after = { ...found.organization, version: version + 1, note: `note ${index}` }
      const change = saving([after])
      return transactor.save(change)
    }
    const goes = organization + 1 > ORGANIZATIONS ? 1 : organization + 1
    const after: Person =
      deed === 'add' || person === undefined
        ? personNumbered(await transactor.nextNumber(tenant, 'person'), { organization: uuid(organization) })
        : {
            ...person,
            version: person.version + 1,
            title: `title ${index}`,
            ...(deed === 'delete person' && { state: 'deleted' }),
            ...(deed === 'move person' && { organization: uuid(goes) }),
          }
    // As whoever moves people does: where they leave, and where they come.
    const home = await transactor.dossier({ tenant, id: after.organization }, 'none')
    assert.ok(home !== undefined)
    if (home.organization.id !== uuid(organization))
      await transactor.save({ people: [], peopleOf: stampedAt(found.organization), events: [] })
    return transactor.save({
      people: [{ after, before: after.version - 1 }],
      peopleOf: stampedAt(home.organization),
      events: [eventOf(after)],
    })
  }

  /** Beside what is known: what the engine itself says, which is asked behind what was written. */
  const requireSame = async (transactor: Transactor, id: string) => {
    const known = await transactor.dossier({ tenant, id }, 'all')
    const stored = (await transactor.inventory(undefined, ORGANIZATIONS)).find(
      ({ organization }) => organization.id === id,
    )
    assert.deepEqual(known?.organization, stored?.organization)
    assert.deepEqual(
      known?.people,
      stored?.people.filter(({ state }) => state !== 'deleted'),
    )
  }
})
