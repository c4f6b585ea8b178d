import assert from 'node:assert/strict'
import fc from 'fast-check'
import { differencesBetween } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Store, Transactor } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from './changes.ts'

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

/**
 * What a process remembers of what it has read and written is what the database holds, whoever writes in whichever order,
 * and whatever fails.
 * @param open the stores of two processes on one new database
 */
export async function requireTrueMemory(open: () => Promise<readonly [Store, Store]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const stores = await open()
      try {
        for (let number = 1; number <= ORGANIZATIONS; number += 1)
          await stores[0].transact((tx) => tx.save(saving([numbered(number)])))
        let under: Promise<unknown>[] = []
        for (const [index, step] of taken.entries()) {
          if (step.isAlone) {
            await Promise.all(under.splice(0))
            for (const store of stores) await requireTrueLists(store)
          }
          under.push(done(stores[step.node] as Store, step, index))
        }
        await Promise.all(under)
        for (const store of stores) await requireTrueLists(store)
        under = []
      } finally {
        for (const store of stores) await store.close()
      }
    }),
    { numRuns: 15 },
  )
}

async function done(store: Store, step: Step, index: number): Promise<void> {
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

/** What lists show of organizations, to requests that come after all that was done. */
async function requireTrueLists(store: Store): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  const stock = await store.read((reader) => reader.inventory(undefined, ORGANIZATIONS))
  const stored = stock.map(({ organization }) => organization)
  const along = { by: 'number', descending: false } as const
  const walked = await store.read((reader) => reader.walk({ tenant, along, limit: ORGANIZATIONS }))
  const found = await store.read((reader) =>
    reader.organizations({ tenant, offset: 0, limit: ORGANIZATIONS }),
  )
  assert.deepEqual([walked.items, found.items], [stored, stored])
}

async function act(transactor: Transactor, { organization, deed, choice }: Step, index: number) {
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
  const parts = person === undefined || deed === 'add' ? {} : differencesBetween(person, after)
  return transactor.save({
    people: [{ after, before: after.version - 1 }],
    peopleOf: stampedAt(home.organization),
    events: [eventOf(after, parts)],
  })
}

/** Beside what is known: what the engine itself says, which is asked behind what was written. */
async function requireSame(transactor: Transactor, id: string): Promise<void> {
  const known = await transactor.dossier({ tenant, id }, 'all')
  const stored = (await transactor.inventory(undefined, ORGANIZATIONS)).find(
    ({ organization }) => organization.id === id,
  )
  assert.deepEqual(known?.organization, stored?.organization)
  const people = stored?.people.filter(({ state }) => state !== 'deleted') ?? []
  assert.deepEqual(known?.people, people)
  for (const person of people) {
    const focused = await transactor.dossier({ tenant, id }, 'focus', { number: person.number })
    assert.deepEqual(focused?.people, [person])
  }
}
