import type { IndexChange } from '../../core/index-rows.ts'
import { problem } from '../../core/problem.ts'
import type { Change, Transactor } from '../../core/store.ts'
import type { Answer, Connection } from './connections.ts'
import { storedKey } from './index-keys.ts'
import { createReader } from './reader.ts'

/**
 * Reads and writes in the transaction that has the turn to write. What a change writes is sent at once, and its answers are
 * waited for together: a read and a save are two round trips.
 */
export function createTransactor(connection: Connection, noteEvents: () => void): Transactor {
  const { run } = connection

  function saveOrganization({
    after,
    before,
    index,
  }: NonNullable<Change['organization']>): Promise<unknown>[] {
    const { people, ...document } = after
    const text = JSON.stringify(document)
    const { tenant, id, version, state, shownAt } = after
    const rows = index === undefined ? [] : saveRows(tenant, index, id, id)
    if (before > 0) {
      const written = run(
        'update organizations set version = $1, state = $2, shown_at = $3, document = $4 where tenant = $5 and id = $6 and version = $7',
        [version, state, shownAt, text, tenant, id, before],
      )
      return [requireOne(written), ...rows]
    }
    const written = run(
      'insert into organizations (tenant, id, number, version, state, created_at, shown_at, people_count, people_at, people_shown_at, document) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      [
        tenant,
        id,
        after.number,
        version,
        state,
        after.created.at,
        shownAt,
        people.count,
        people.at,
        people.shownAt,
        text,
      ],
    )
    return [written, ...rows]
  }

  function saveRows(
    tenant: string,
    { removed, added }: IndexChange,
    from: string,
    to: string,
  ): Promise<unknown>[] {
    const gone = removed.map(({ kind, key }) => ({ kind, ...storedKey(key) }))
    const come = added.map(({ kind, key, part }) => ({ kind, part, ...storedKey(key) }))
    return [
      ...(gone.length === 0
        ? []
        : [
            run(
              'delete from index_rows i using unnest($3::text[], $4::text[], $5::text[]) as gone (kind, search_key, digest) where i.tenant = $1 and i.organization = $2 and i.kind = gone.kind and i.search_key = gone.search_key and i.digest = gone.digest',
              [
                tenant,
                from,
                gone.map(({ kind }) => kind),
                gone.map(({ head }) => head),
                gone.map(({ digest }) => digest),
              ],
            ),
          ]),
      ...(come.length === 0
        ? []
        : [
            // Until they are all made anew, rows of an earlier release may be there already.
            run(
              'insert into index_rows (tenant, organization, kind, search_key, digest, whole_key, part) select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) on conflict do nothing',
              [
                tenant,
                to,
                come.map(({ kind }) => kind),
                come.map(({ head }) => head),
                come.map(({ digest }) => digest),
                come.map(({ whole }) => whole),
                come.map(({ part }) => part),
              ],
            ),
          ]),
    ]
  }

  function savePerson({ after, before, index }: Change['people'][number]): Promise<unknown>[] {
    const { tenant, id, number, version, state, organization } = after
    const text = JSON.stringify(after)
    const rows = index === undefined ? [] : saveRows(tenant, index, index.from, organization)
    if (before === 0) {
      const written = run(
        'insert into people (tenant, id, number, version, state, organization, document) values ($1, $2, $3, $4, $5, $6, $7)',
        [tenant, id, number, version, state, organization, text],
      )
      return [written, ...rows]
    }
    const written = run(
      'update people set version = $1, state = $2, organization = $3, document = $4 where tenant = $5 and id = $6 and version = $7',
      [version, state, organization, text, tenant, id, before],
    )
    return [requireOne(written), ...rows]
  }

  function savePeopleStamp({ tenant, id, people }: NonNullable<Change['peopleOf']>): Promise<unknown> {
    return run(
      'update organizations set people_count = $1, people_at = $2, people_shown_at = $3 where tenant = $4 and id = $5',
      [people.count, people.at, people.shownAt, tenant, id],
    )
  }

  function saveEvents(events: Change['events']): Promise<unknown> {
    return run(
      'insert into events (tenant, record, version, document) select tenant, record, version, document from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) with ordinality as came (tenant, record, version, document, place) order by place',
      [
        events.map(({ tenant }) => tenant),
        events.map(({ record }) => record),
        events.map(({ version }) => version),
        events.map((event) => JSON.stringify(event)),
      ],
    )
  }

  return {
    ...createReader(connection),
    async nextNumber(tenant, sequence) {
      const { rows } = await run(
        'insert into sequences (tenant, name, last) values ($1, $2, 1) on conflict (tenant, name) do update set last = sequences.last + 1 returning last',
        [tenant, sequence],
      )
      return Number(rows[0]?.['last'])
    },
    async save({ organization, people, peopleOf, events }) {
      if (events.length > 0) noteEvents()
      await Promise.all([
        ...(organization === undefined ? [] : saveOrganization(organization)),
        ...people.flatMap(savePerson),
        ...(peopleOf !== undefined && organization?.before !== 0 ? [savePeopleStamp(peopleOf)] : []),
        ...(events.length === 0 ? [] : [saveEvents(events)]),
      ])
    },
    async saveIndex({ tenant, id }, change) {
      await Promise.all(saveRows(tenant, change, id, id))
    },
    async saveObject(tenant, { kind, id, about, value, expiresAt = null }) {
      await run(
        'insert into objects (tenant, kind, id, about, document, expires_at) values ($1, $2, $3, $4, $5, $6) on conflict (tenant, kind, id) do update set about = excluded.about, document = excluded.document, expires_at = excluded.expires_at',
        [tenant, kind, id, about, JSON.stringify(value), expiresAt],
      )
    },
    async sweep(at, limit) {
      const { count } = await run(
        'delete from objects where (tenant, kind, id) in (select tenant, kind, id from objects where expires_at <= $1 order by expires_at limit $2)',
        [at, limit],
      )
      return count
    },
    async saveSettings(entries) {
      if (entries.length === 0) return
      const { rows } = await run('update settings_version set version = version + 1 returning version')
      const version = Number(rows[0]?.['version'])
      await Promise.all(
        entries.map(({ kind, tenant, id, value }) =>
          run(
            'insert into settings (kind, tenant, id, version, document) values ($1, $2, $3, $4, $5) on conflict (kind, tenant, id) do update set version = excluded.version, document = excluded.document',
            [kind, tenant, id, version, value === undefined ? null : JSON.stringify(value)],
          ),
        ),
      )
    },
  }
}

async function requireOne(written: Promise<Answer>): Promise<void> {
  const { count } = await written
  if (count !== 1) throw problem('precondition-failed', { reason: 'the record has another version' })
}
