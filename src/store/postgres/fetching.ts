import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { OrganizationKey } from '../../core/store.ts'
import { numberArray, textArray } from './arrays.ts'
import type { Connection, Row } from './connections.ts'
import type { Entry, Memory } from './memory.ts'
import { lazily } from './memory.ts'
import { isRecordNumber } from './reader.ts'

/** Most people that come with an organization, whoever of them is needed. */
const PEOPLE_LIMIT = 20

/** The organization, and its people where they are few. One more is asked for, to see that. */
const COLUMNS = `o.tenant, o.id, o.number, o.version, o.people_count, o.people_at, o.people_shown_at, o.document, p.count as people, p.documents`
const PEOPLE = `cross join lateral (
    select count(*) as count, '[' || string_agg(document, ',' order by number) || ']' as documents from (
      select document, number from people where tenant = o.tenant and organization = o.id and state <> 'deleted'
      order by number limit ${PEOPLE_LIMIT + 1}) few) p`

/** What is known is only given where it may not hold any more, and does not. */
const BY_ID = `select ${COLUMNS}
  from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) as known (tenant, id, version, people_count, sure)
  join organizations o on o.tenant = known.tenant and o.id = known.id ${PEOPLE}
  where (known.version is null or known.sure = 0 or pg_snapshot_xmax(pg_current_snapshot())::text <> $6)
    and (known.version is null or o.version <> known.version or o.people_count <> known.people_count)`

const BY_NUMBER = `select ${COLUMNS} from unnest($1::text[], $2::bigint[]) as asked (tenant, number)
  join organizations o on o.tenant = asked.tenant and o.number = asked.number ${PEOPLE}`

/**
 * Asks for organizations, as far as what is known of them may not hold: one round trip, whatever their number. Gives what
 * takes the answer in, which is to be called once it is known whether anybody else has written since.
 * @param horizon as it was when the last turn ended
 * @param isApart whether it is asked beside what is being written, and knows nothing of that
 */
export async function fetched(
  { run }: Pick<Connection, 'run'>,
  memory: Memory,
  keys: readonly OrganizationKey[],
  horizon: string,
  isApart = false,
): Promise<() => void> {
  const named = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]
  const asked = named.map((key) => ({ key, guess: memory.guess(key) }))
  const byId = asked.flatMap(({ key, guess }) => {
    const id = guess?.entry.id ?? key.id
    return id === undefined ? [] : [{ tenant: key.tenant, id, guess }]
  })
  const byNumber = asked.flatMap(({ key: { tenant, id, number }, guess }) =>
    id === undefined && guess === undefined && isRecordNumber(number) ? [{ tenant, number }] : [],
  )
  const answers = await Promise.all([
    ...(byId.length === 0
      ? []
      : [
          run(BY_ID, [
            textArray(byId.map(({ tenant }) => tenant)),
            textArray(byId.map(({ id }) => id)),
            numberArray(byId.map(({ guess }) => guess?.entry.version ?? null)),
            numberArray(byId.map(({ guess }) => guess?.entry.stamp.count ?? null)),
            numberArray(byId.map(({ guess }) => (guess?.isSure ? 1 : 0))),
            horizon,
          ]),
        ]),
    ...(byNumber.length === 0
      ? []
      : [
          run(BY_NUMBER, [
            textArray(byNumber.map(({ tenant }) => tenant)),
            numberArray(byNumber.map(({ number }) => number)),
          ]),
        ]),
  ])
  const found = answers.flatMap(({ rows }) => rows.map(entryOf))
  const isNews = (key: OrganizationKey) =>
    memory.find(key) === undefined && !(isApart && memory.isTouched(key))
  return () => {
    for (const entry of found) if (isNews({ tenant: entry.tenant, id: entry.id })) memory.learn(entry)
    for (const { key, guess } of asked) {
      if (!isNews(key)) continue
      if (guess === undefined) memory.putAbsent(key)
      // Unless it was what a turn knew that was rolled back meanwhile.
      else if (memory.guess(key)?.entry === guess.entry) memory.confirm(guess.entry)
    }
  }
}

function entryOf(row: Row): Entry {
  const document = String(row['document'])
  const stamp = {
    count: Number(row['people_count']),
    at: String(row['people_at']),
    shownAt: Number(row['people_shown_at']),
  }
  const isWhole = Number(row['people']) <= PEOPLE_LIMIT
  const documents = isWhole ? String(row['documents'] ?? '[]') : ''
  const people = isWhole ? (JSON.parse(documents) as Person[]) : undefined
  return {
    tenant: String(row['tenant']),
    id: String(row['id']),
    number: Number(row['number']),
    version: Number(row['version']),
    stamp,
    organization: lazily(() => ({ ...(JSON.parse(document) as Organization), people: stamp })),
    people: people?.map((person) => {
      const { id, number, version } = person
      return { id, number, version, length: documents.length / people.length, person: () => person }
    }),
    length: document.length + documents.length,
  }
}
