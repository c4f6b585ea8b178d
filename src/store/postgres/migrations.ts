import type { PoolClient } from 'pg'
import { OCCUPIED, OTHER_RELEASE, UNFINISHED, UNFINISHED_SCHEMA } from '../copy/port.ts'

/** Each runs once, in order, and is never edited. A node of the release before goes on while it runs: it only adds. */
const MIGRATIONS: readonly string[] = [
  `
  create table organizations (
    key bigint generated always as identity primary key,
    tenant text collate "C" not null,
    id text collate "C" not null,
    number bigint not null,
    version bigint not null,
    state text collate "C" not null,
    created_at text collate "C" not null,
    shown_at bigint not null,
    people_count bigint not null,
    people_at text collate "C" not null,
    people_shown_at bigint not null,
    document text collate "C" not null
  );
  create unique index organizations_by_id on organizations (tenant, id);
  create unique index organizations_by_number on organizations (tenant, number);
  create index organizations_by_shown_at on organizations (tenant, shown_at, number);
  create index organizations_by_created_at on organizations (tenant, created_at, number);

  create table people (
    key bigint generated always as identity primary key,
    tenant text collate "C" not null,
    id text collate "C" not null,
    number bigint not null,
    version bigint not null,
    state text collate "C" not null,
    organization text collate "C" not null,
    document text collate "C" not null
  );
  create unique index people_by_id on people (tenant, id);
  create unique index people_by_number on people (tenant, number);
  create index people_by_organization on people (tenant, organization, number);

  create table index_rows (
    tenant text collate "C" not null,
    kind text collate "C" not null,
    search_key text collate "C" not null,
    digest text collate "C" not null,
    organization text collate "C" not null,
    part text collate "C" not null,
    whole_key text collate "C",
    primary key (tenant, kind, search_key, digest, organization)
  );
  create index index_rows_by_organization on index_rows (tenant, organization, kind);

  create table objects (
    tenant text collate "C" not null,
    kind text collate "C" not null,
    id text collate "C" not null,
    about text collate "C" not null,
    document text collate "C" not null,
    expires_at text collate "C",
    primary key (tenant, kind, id)
  );
  create index objects_by_organization on objects (tenant, kind, about, id);
  create index objects_by_expiry on objects (expires_at) where expires_at is not null;

  create table events (
    seq bigint generated always as identity primary key,
    tenant text collate "C" not null,
    record text collate "C" not null,
    version bigint not null,
    document text collate "C" not null
  );
  create unique index events_by_record on events (tenant, record, version);

  create table sequences (
    tenant text collate "C" not null,
    name text collate "C" not null,
    last bigint not null,
    primary key (tenant, name)
  );

  create table settings (
    kind text collate "C" not null,
    tenant text collate "C" not null,
    id text collate "C" not null,
    version bigint not null,
    document text collate "C",
    primary key (kind, tenant, id)
  );
  create index settings_by_version on settings (version);

  create table settings_version (version bigint not null);
  insert into settings_version values (0);

  create table files (
    id text collate "C" primary key,
    bytes bytea not null
  );
  `,
  // Room beside each record: its next version stands there, and the indexes stay as they are where no column of theirs changed.
  // Pages that are full already get it as their records move. Nobody waits for this who reads or writes.
  `
  alter table organizations set (fillfactor = 80);
  alter table people set (fillfactor = 80);
  `,
]

/** One lock for each schema of a database, held by who migrates it or has the turn to write to it. */
export const TURN_LOCK_NUMBERS = "1886351353, hashtext('polydex ' || current_schema())"
export const TURN_LOCK = `pg_advisory_xact_lock(${TURN_LOCK_NUMBERS})`

/** Another one, which each transaction that writes has with others, and whoever takes the turn has once alone. */
export const WRITES_LOCK_NUMBERS = "1886351354, hashtext('polydex ' || current_schema())"

/**
 * Brings the schema to the newest version. Of two nodes that start at once, one migrates.
 * @param mayCreate whether a database without our tables gets them
 * @throws Error when a newer release has migrated it, or texts are not kept as UTF-8
 */
export async function migrate(client: PoolClient, mayCreate: boolean): Promise<void> {
  if ((await versionOf(client)) === MIGRATIONS.length) return
  await client.query(`begin isolation level read committed; select ${TURN_LOCK}`)
  try {
    const done = await versionOf(client)
    if (done === UNFINISHED_SCHEMA + MIGRATIONS.length) throw new Error(UNFINISHED)
    if (done > MIGRATIONS.length)
      throw new Error(`the database has schema ${done}, this release knows ${MIGRATIONS.length}`)
    if (done === 0) await prepare(client, mayCreate)
    for (const migration of MIGRATIONS.slice(done)) await client.query(migration)
    await client.query('update schema_version set version = $1', [MIGRATIONS.length])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/**
 * Makes the tables in a schema that has none of them, for a copy into it: no release opens it before `FINISH_COPY`.
 * @throws Error when there is a directory in it, or texts are not kept as UTF-8
 */
export async function migrateForCopy(client: PoolClient, mark: string): Promise<void> {
  await client.query(`begin isolation level read committed; select ${TURN_LOCK}`)
  try {
    if ((await versionOf(client)) !== 0) throw new Error(OCCUPIED)
    await prepare(client, true)
    for (const migration of MIGRATIONS) await client.query(migration)
    await client.query('delete from settings_version; create table copying (mark text not null)')
    await client.query('insert into copying (mark) values ($1)', [mark])
    await client.query('update schema_version set version = $1', [UNFINISHED_SCHEMA + MIGRATIONS.length])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** What makes a copied database one that servers open, to be run in the last transaction of the copy. */
export const FINISH_COPY = `drop table copying; update schema_version set version = ${MIGRATIONS.length}`

/** Whether a copy into it is not finished. @throws Error when another release began it */
export async function isBeingCopiedTo(client: PoolClient): Promise<boolean> {
  const version = await versionOf(client)
  if (version < UNFINISHED_SCHEMA) return false
  if (version !== UNFINISHED_SCHEMA + MIGRATIONS.length) throw new Error(OTHER_RELEASE)
  return true
}

async function prepare(client: PoolClient, mayCreate: boolean): Promise<void> {
  if (!mayCreate) throw new Error('there is no directory in it yet: serve it once')
  const { rows } = await client.query<{ server_encoding: string }>('show server_encoding')
  const encoding = rows[0]?.server_encoding
  if (encoding !== 'UTF8') throw new Error(`its encoding must be UTF8, found ${encoding}`)
  await client.query(
    'create table schema_version (version bigint not null); insert into schema_version values (0)',
  )
}

/** 0 where there are none of our tables. */
async function versionOf(client: PoolClient): Promise<number> {
  // Asked of the catalogue itself: what a connection remembers of names may be older than its turn.
  const { rows } = await client.query(
    "select 1 from pg_tables where schemaname = current_schema() and tablename = 'schema_version'",
  )
  if (rows.length === 0) return 0
  const { rows: versions } = await client.query<{ version: string }>('select version from schema_version')
  return Number(versions[0]?.version ?? 0)
}
