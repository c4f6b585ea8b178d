import type { DatabaseSync } from 'node:sqlite'
import { OCCUPIED, OTHER_RELEASE, UNFINISHED, UNFINISHED_SCHEMA } from '../copy/port.ts'
import { COUNT } from './counts.ts'

/** Each runs once, in order, and is never edited; `user_version` counts those that ran. */
export const MIGRATIONS: readonly string[] = [
  `
  create table organizations (
    key integer primary key,
    tenant text not null,
    id text not null,
    number integer not null,
    version integer not null,
    state text not null,
    created_at text not null,
    shown_at integer not null,
    people_count integer not null,
    people_at text not null,
    people_shown_at integer not null,
    document text not null
  ) strict;
  create unique index organizations_by_id on organizations (tenant, id);
  create unique index organizations_by_number on organizations (tenant, number);

  create index organizations_by_shown_at on organizations (tenant, shown_at);

  create table people (
    key integer primary key,
    tenant text not null,
    id text not null,
    number integer not null,
    version integer not null,
    state text not null,
    organization text not null,
    document text not null
  ) strict;
  create unique index people_by_id on people (tenant, id);
  create unique index people_by_number on people (tenant, number);
  create index people_by_organization on people (tenant, organization, number);

  create table index_rows (
    tenant text not null,
    kind text not null,
    search_key text not null,
    organization text not null,
    part text not null,
    primary key (tenant, kind, search_key, organization)
  ) strict, without rowid;
  create index index_rows_by_organization on index_rows (tenant, organization);

  create table objects (
    tenant text not null,
    kind text not null,
    id text not null,
    about text not null,
    document text not null,
    primary key (tenant, kind, id)
  ) strict;
  create index objects_by_organization on objects (tenant, kind, about, id);

  create table events (
    seq integer primary key autoincrement,
    tenant text not null,
    record text not null,
    version integer not null,
    document text not null
  ) strict;
  create unique index events_by_record on events (tenant, record, version);

  create table sequences (
    tenant text not null,
    name text not null,
    last integer not null,
    primary key (tenant, name)
  ) strict, without rowid;

  create table settings (
    kind text not null,
    tenant text not null,
    id text not null,
    version integer not null,
    document text,
    primary key (kind, tenant, id)
  ) strict, without rowid;
  create index settings_by_version on settings (version);

  create table settings_version (only integer primary key check (only = 1), version integer not null) strict;
  insert into settings_version values (1, 0);
  `,
  `
  alter table objects add column expires_at text;
  create index objects_by_expiry on objects (expires_at) where expires_at is not null;
  `,
  // Pages go on behind a place in an order: numbers tell equal ones apart. What a search looks at in vain is told by the
  // indexes alone: documents lie far apart.
  `
  drop index organizations_by_shown_at;
  create index organizations_by_shown_at on organizations (tenant, shown_at, number);
  create index organizations_by_created_at on organizations (tenant, created_at, number);
  create index organizations_looked_at on organizations (tenant, id, state, number);
  drop index index_rows_by_organization;
  create index index_rows_by_organization on index_rows (tenant, organization, kind, search_key, part);
  `,
  // Index rows are most of a database: numbers in place of tenant, kind and id make it half as large, and keep what is
  // written together close together.
  `
  create table index_kinds (id integer primary key, tenant text not null, name text not null) strict;
  create unique index index_kinds_by_name on index_kinds (tenant, name);
  insert into index_kinds (tenant, name) select distinct tenant, kind from index_rows;

  drop index index_rows_by_organization;
  alter table index_rows rename to index_rows_with_text;
  create table index_rows (
    kind integer not null,
    search_key text not null,
    organization integer not null,
    part text not null,
    primary key (kind, search_key, organization)
  ) strict, without rowid;
  insert into index_rows (kind, search_key, organization, part)
    select index_kinds.id, search_key, organizations.key, part
    from index_rows_with_text rows
    join index_kinds on index_kinds.tenant = rows.tenant and index_kinds.name = rows.kind
    join organizations on organizations.tenant = rows.tenant and organizations.id = rows.organization;
  drop table index_rows_with_text;
  create index index_rows_by_organization on index_rows (organization, kind, search_key, part);

  drop index organizations_looked_at;
  create index organizations_looked_at on organizations (key, tenant, state, number);
  `,
  // Lists tell how many there are of some states.
  `
  create index organizations_by_state on organizations (tenant, state);
  `,
  // The rows of one organization stand together in a table of their own, which a load of many records appends to. The rows
  // by key, which lie far apart, can then be made up afterwards, in their order: for the organizations behind `after`.
  `
  create table organization_rows (
    organization integer not null,
    kind integer not null,
    search_key text not null,
    part text not null,
    primary key (organization, kind, search_key)
  ) strict, without rowid;
  insert into organization_rows (organization, kind, search_key, part)
    select organization, kind, search_key, part
    from index_rows indexed by index_rows_by_organization
    order by organization, kind, search_key;
  drop index index_rows_by_organization;

  create table index_owed (
    only integer primary key check (only = 1),
    after integer not null,
    holder text not null,
    is_bulk integer not null,
    until integer not null
  ) strict;
  create table index_rows_removed (
    kind integer not null,
    search_key text not null,
    organization integer not null,
    primary key (kind, search_key, organization)
  ) strict, without rowid;
  `,
  // Counting a million along an index takes longer than a page of them.
  `
  create table organization_counts (
    tenant text not null,
    state text not null,
    count integer not null,
    primary key (tenant, state)
  ) strict, without rowid;
  insert into organization_counts (tenant, state, count)
    select tenant, state, count(*) from organizations group by tenant, state;
  `,
]

/** Brings the schema to the newest version. Of two processes that open a file at once, one migrates. @throws when the file was written by a newer release */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === MIGRATIONS.length) return
  // Large databases are sorted beside the memory.
  database.exec('pragma temp_store = file; begin immediate')
  try {
    const done = versionOf(database)
    if (done === UNFINISHED_SCHEMA + MIGRATIONS.length) throw new Error(UNFINISHED)
    if (done > MIGRATIONS.length) {
      throw new Error(`the database has schema ${done}, this release knows ${MIGRATIONS.length}`)
    }
    for (const migration of MIGRATIONS.slice(done)) database.exec(migration)
    database.exec(`pragma user_version = ${MIGRATIONS.length}; commit; pragma temp_store = memory`)
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

/**
 * Refuses what is not ours to write in, before anything is written.
 * @param mayCreate whether a database with nothing in it becomes a directory
 * @throws Error
 */
export function requireOurs(database: DatabaseSync, mayCreate: boolean): void {
  // At one moment: another process may make the directory meanwhile.
  const { version, tables } = database
    .prepare(
      'select user_version as version, (select count(*) from sqlite_schema) as tables from pragma_user_version',
    )
    .get() as { readonly version: number; readonly tables: number }
  if (version > 0) return
  if (tables > 0) throw new Error('it holds something else than a directory')
  if (!mayCreate) throw new Error('there is no directory in it yet: serve it once')
}

/**
 * Makes the tables in a database that has none, for a copy into it: no release opens it before `migrateAfterCopy`.
 * @throws Error when there is anything in it
 */
export function migrateForCopy(database: DatabaseSync, mark: string): void {
  database.exec('begin immediate')
  try {
    const { count } = database.prepare('select count(*) as count from sqlite_schema').get() as {
      count: number
    }
    if (count > 0 || versionOf(database) !== 0) throw new Error(OCCUPIED)
    for (const migration of MIGRATIONS) database.exec(migration)
    database.exec('delete from settings_version; create table copying (mark text not null) strict')
    database.prepare('insert into copying (mark) values (?)').run(mark)
    database.exec(`pragma user_version = ${UNFINISHED_SCHEMA + MIGRATIONS.length}; commit`)
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

/** What makes a copied database one that servers open, to be run in the last transaction of the copy. */
export const FINISH_COPY = `
  insert into organization_rows (organization, kind, search_key, part)
    select organization, kind, search_key, part from index_rows order by organization, kind, search_key;
  ${COUNT}
  drop table copying;
  pragma user_version = ${MIGRATIONS.length}`

/** Whether a copy into it is not finished. @throws Error when another release began it */
export function isBeingCopiedTo(database: DatabaseSync): boolean {
  const version = versionOf(database)
  if (version < UNFINISHED_SCHEMA) return false
  if (version !== UNFINISHED_SCHEMA + MIGRATIONS.length) throw new Error(OTHER_RELEASE)
  return true
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('pragma user_version').get()?.['user_version'])
}
