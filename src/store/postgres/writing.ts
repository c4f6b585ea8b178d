import { numberArray, textArray } from './arrays.ts'
import type { Deed, Rows } from './deeds.ts'
import { rowsOf } from './deeds.ts'
import { storedKey } from './index-keys.ts'

/** A statement that is ready to be sent. */
export interface Writing {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * What the deeds of some commands write: a few statements, however many they are.
 * @param isBold whether the engine may refuse them all for an index row that is there already, so that they are written again
 */
export function writingsOf(deeds: readonly Deed[], isBold = false): readonly Writing[] {
  const rows = rowsOf(deeds)
  // Whatever makes rows anew meets those of an earlier release.
  const isSure = isBold && !deeds.some(({ kind }) => kind === 'index')
  return STATEMENTS.flatMap(({ text, ending = '', valuesOf }) => {
    const values = valuesOf(rows)
    return values === undefined ? [] : [{ text: isSure ? text : text + ending, values }]
  })
}

interface Statement {
  readonly text: string
  /** What lets it pass over what is there already. */
  readonly ending?: string
  /** Undefined where there is nothing to be written. */
  readonly valuesOf: (rows: Rows) => readonly unknown[] | undefined
}

/**
 * In this order, so that what goes makes room for what comes. A record that has another version than was read divides by
 * zero, which nothing else does: the commit is sent behind these statements, and nothing but an error keeps it from happening.
 */
const STATEMENTS: readonly Statement[] = [
  {
    text: `insert into organizations (tenant, id, number, version, state, created_at, shown_at, people_count, people_at, people_shown_at, document)
      select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::text[])`,
    valuesOf({ organizations }) {
      const fresh = organizations.filter(({ before }) => before === 0)
      const created = fresh.map(({ after }) => after)
      return some(created, () => [
        textArray(created.map(({ tenant }) => tenant)),
        textArray(created.map(({ id }) => id)),
        numberArray(created.map(({ number }) => number)),
        numberArray(created.map(({ version }) => version)),
        textArray(created.map(({ state }) => state)),
        textArray(created.map(({ created: { at } }) => at)),
        numberArray(created.map(({ shownAt }) => shownAt)),
        numberArray(created.map(({ people }) => people.count)),
        textArray(created.map(({ people }) => people.at)),
        numberArray(created.map(({ people }) => people.shownAt)),
        textArray(fresh.map(({ text }) => text)),
      ])
    },
  },
  {
    text: `with written as (
        update organizations o set version = c.version, state = c.state, shown_at = c.shown_at, document = c.document
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::text[])
          as c (tenant, id, before, version, state, shown_at, document)
        where o.tenant = c.tenant and o.id = c.id and o.version = c.before returning 1)
      select 1 / (count(*) = cardinality($2::text[]))::int from written`,
    valuesOf({ organizations }) {
      const changed = organizations.filter(({ before }) => before > 0)
      return some(changed, () => [
        textArray(changed.map(({ after }) => after.tenant)),
        textArray(changed.map(({ after }) => after.id)),
        numberArray(changed.map(({ before }) => before)),
        numberArray(changed.map(({ after }) => after.version)),
        textArray(changed.map(({ after }) => after.state)),
        numberArray(changed.map(({ after }) => after.shownAt)),
        textArray(changed.map(({ text }) => text)),
      ])
    },
  },
  {
    text: `update organizations o set people_count = c.people_count, people_at = c.people_at, people_shown_at = c.people_shown_at
      from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[]) as c (tenant, id, people_count, people_at, people_shown_at)
      where o.tenant = c.tenant and o.id = c.id`,
    valuesOf: ({ stamped }) =>
      some(stamped, () => [
        textArray(stamped.map(({ tenant }) => tenant)),
        textArray(stamped.map(({ id }) => id)),
        numberArray(stamped.map(({ people }) => people.count)),
        textArray(stamped.map(({ people }) => people.at)),
        numberArray(stamped.map(({ people }) => people.shownAt)),
      ]),
  },
  {
    text: `insert into people (tenant, id, number, version, state, organization, document)
      select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[])`,
    valuesOf({ people }) {
      const fresh = people.filter(({ before }) => before === 0)
      const created = fresh.map(({ after }) => after)
      return some(created, () => [
        textArray(created.map(({ tenant }) => tenant)),
        textArray(created.map(({ id }) => id)),
        numberArray(created.map(({ number }) => number)),
        numberArray(created.map(({ version }) => version)),
        textArray(created.map(({ state }) => state)),
        textArray(created.map(({ organization }) => organization)),
        textArray(fresh.map(({ text }) => text)),
      ])
    },
  },
  {
    text: `with written as (
        update people p set version = c.version, state = c.state, organization = c.organization, document = c.document
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[])
          as c (tenant, id, before, version, state, organization, document)
        where p.tenant = c.tenant and p.id = c.id and p.version = c.before returning 1)
      select 1 / (count(*) = cardinality($2::text[]))::int from written`,
    valuesOf({ people }) {
      const changed = people.filter(({ before }) => before > 0)
      return some(changed, () => [
        textArray(changed.map(({ after }) => after.tenant)),
        textArray(changed.map(({ after }) => after.id)),
        numberArray(changed.map(({ before }) => before)),
        numberArray(changed.map(({ after }) => after.version)),
        textArray(changed.map(({ after }) => after.state)),
        textArray(changed.map(({ after }) => after.organization)),
        textArray(changed.map(({ text }) => text)),
      ])
    },
  },
  {
    text: `delete from index_rows i using unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        as gone (tenant, organization, kind, search_key, digest)
      where i.tenant = gone.tenant and i.organization = gone.organization and i.kind = gone.kind
        and i.search_key = gone.search_key and i.digest = gone.digest`,
    valuesOf({ rows }) {
      const gone = rows.filter(({ isRemoved }) => isRemoved)
      const keys = gone.map(({ key }) => storedKey(key))
      return some(gone, () => [
        textArray(gone.map(({ tenant }) => tenant)),
        textArray(gone.map(({ organization }) => organization)),
        textArray(gone.map(({ kind }) => kind)),
        textArray(keys.map(({ head }) => head)),
        textArray(keys.map(({ digest }) => digest)),
      ])
    },
  },
  {
    text: `insert into index_rows (tenant, organization, kind, search_key, digest, whole_key, part)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    // Until they are all made anew, rows of an earlier release may be there already. To be ready for that costs a third of the statement.
    ending: ' on conflict do nothing',
    valuesOf({ rows }) {
      const come = rows.filter(({ part }) => part !== undefined)
      const keys = come.map(({ key }) => storedKey(key))
      return some(come, () => [
        textArray(come.map(({ tenant }) => tenant)),
        textArray(come.map(({ organization }) => organization)),
        textArray(come.map(({ kind }) => kind)),
        textArray(keys.map(({ head }) => head)),
        textArray(keys.map(({ digest }) => digest)),
        textArray(keys.map(({ whole }) => whole)),
        textArray(come.map(({ part = '' }) => part)),
      ])
    },
  },
  {
    text: `with written as (
        insert into events (tenant, record, version, document)
        select tenant, record, version, document
        from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) with ordinality as came (tenant, record, version, document, place)
        order by place returning seq)
      select max(seq) as last_seq from written`,
    valuesOf: ({ events, eventTexts }) =>
      some(events, () => [
        textArray(events.map(({ tenant }) => tenant)),
        textArray(events.map(({ record }) => record)),
        numberArray(events.map(({ version }) => version)),
        textArray(eventTexts),
      ]),
  },
  {
    text: `with written as (
        update events e set document = c.document from unnest($1::bigint[], $2::text[]) as c (seq, document)
        where e.seq = c.seq returning 1)
      select 1 / (count(*) = cardinality($1::bigint[]))::int from written`,
    valuesOf: ({ blanked }) =>
      some(blanked, () => [
        numberArray(blanked.map(({ seq }) => seq)),
        textArray(blanked.map(({ text }) => text)),
      ]),
  },
  {
    text: 'delete from objects o using unnest($1::text[], $2::text[], $3::text[]) as gone (tenant, kind, id) where o.tenant = gone.tenant and o.kind = gone.kind and o.id = gone.id',
    valuesOf: ({ swept }) =>
      some(swept, () => [
        textArray(swept.map(({ tenant }) => tenant)),
        textArray(swept.map(({ kind }) => kind)),
        textArray(swept.map(({ id }) => id)),
      ]),
  },
  {
    text: `insert into objects (tenant, kind, id, about, document, expires_at)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      on conflict (tenant, kind, id) do update set about = excluded.about, document = excluded.document, expires_at = excluded.expires_at`,
    valuesOf: ({ objects }) =>
      some(objects, () => [
        textArray(objects.map(({ tenant }) => tenant)),
        textArray(objects.map(({ kind }) => kind)),
        textArray(objects.map(({ id }) => id)),
        textArray(objects.map(({ about }) => about)),
        textArray(objects.map(({ text }) => text)),
        textArray(objects.map(({ expiresAt = null }) => expiresAt)),
      ]),
  },
  {
    text: `with raised as (update settings_version set version = (select max(asked) from unnest($4::bigint[]) as asked))
      insert into settings (kind, tenant, id, version, document)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
      on conflict (kind, tenant, id) do update set version = excluded.version, document = excluded.document`,
    valuesOf: ({ settings }) =>
      some(settings, () => [
        textArray(settings.map(({ kind }) => kind)),
        textArray(settings.map(({ tenant }) => tenant)),
        textArray(settings.map(({ id }) => id)),
        numberArray(settings.map(({ version }) => version)),
        textArray(settings.map(({ value }) => (value === undefined ? null : JSON.stringify(value)))),
      ]),
  },
  {
    text: `insert into sequences (tenant, name, last) select * from unnest($1::text[], $2::text[], $3::bigint[])
      on conflict (tenant, name) do update set last = excluded.last`,
    valuesOf: ({ numbers }) =>
      some(numbers, () => [
        textArray(numbers.map(({ tenant }) => tenant)),
        textArray(numbers.map(({ sequence }) => sequence)),
        numberArray(numbers.map(({ last }) => last)),
      ]),
  },
]

function some(list: readonly unknown[], valuesOf: () => readonly unknown[]): readonly unknown[] | undefined {
  return list.length === 0 ? undefined : valuesOf()
}
