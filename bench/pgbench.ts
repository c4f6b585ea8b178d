import { spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { PostgresServer } from '../src/store/testing/postgres-server.ts'
import { query } from '../src/store/testing/postgres-server.ts'

/** Characters of a stored organization of the demo, and of what the history keeps of one update: as measured. */
const DOCUMENT_LENGTH = 1_750
const EVENT_LENGTH = 520

/** Index rows that one update of a contact-point replaces: each API searches by phone in its own way. */
const INDEX_ROWS = 4

/** What a client of a plain table would do for one update: read by key, replace if nobody else did, write down what happened. */
const TRANSACTION = {
  begin: 'begin',
  read: 'select version, document from plain where id = $1',
  update: 'update plain set document = $1, version = version + 1 where id = $2 and version = $3',
  history: 'insert into plain_history (id, version, document) values ($1, $2, $3)',
  commit: 'commit',
}

/** The same, as pgbench writes it. */
export const PLAIN = `select version, document from plain where id = :id \\gset
     update plain set document = :text, version = version + 1 where id = :id and version = :version;
     insert into plain_history (id, version, document) values (:id, :version, :event);`

/** What it would do for a record that is listed and searched as ours are: in a table with our indexes, and with as many rows to search by. */
const INDEXED = `select version, document from record where tenant = 'default' and number = :id \\gset
     update record set document = :text, version = version + 1, changed = :key where tenant = 'default' and number = :id and version = :version;
     insert into plain_history (id, version, document) values (:id, :version, :event);
     delete from record_rows where id = :id;
     insert into record_rows (id, kind, search_key) select :id, kind, :key::text from generate_series(1, ${INDEX_ROWS}) as kind;`

/** Of what changes nothing that is searched or listed by (a contact) and what does (a contact-point). */
export const AS_OURS = {
  contact: PLAIN,
  point: INDEXED,
  both: `\\if :half = 1\n${PLAIN}\n\\else\n${INDEXED}\n\\endif`,
} as const

export interface Options {
  readonly seconds: number
  readonly rounds: number
  readonly connections: number
  readonly folder: string
}

/** Makes the tables that pgbench works on, with so many rows. */
export async function makeTables({ url }: PostgresServer, rows: number): Promise<void> {
  await query(
    url,
    `create table plain (id int primary key, version bigint not null, document text not null);
       create table plain_history (seq bigint generated always as identity primary key, id int not null, version bigint not null, document text not null);
       create table record (key bigint generated always as identity primary key, tenant text collate "C" not null, id text collate "C" not null, number bigint not null,
         version bigint not null, created text collate "C" not null, changed bigint not null, document text collate "C" not null) with (fillfactor = 80);
       create unique index on record (tenant, id);
       create unique index on record (tenant, number);
       create index on record (tenant, changed, number);
       create index on record (tenant, created, number);
       create table record_rows (id int not null, kind int not null, search_key text collate "C" not null, primary key (kind, search_key, id));
       create index on record_rows (id, kind);
       insert into record_rows (id, kind, search_key) select id, kind, id::text from generate_series(1, ${rows}) as id, generate_series(1, ${INDEX_ROWS}) as kind;
       insert into record (tenant, id, number, version, created, changed, document)
         select 'default', gen_random_uuid()::text, number, 1, now()::text, number, ${someText(DOCUMENT_LENGTH)} from generate_series(1, ${rows}) as number;
       insert into plain select id, 1, ${someText(DOCUMENT_LENGTH)} from generate_series(1, ${rows}) as id`,
  )
}

/** Transactions a second. @param statements of each */
export async function pgbench(
  database: PostgresServer,
  rows: number,
  statements: string,
  options: Options,
): Promise<number> {
  const program = pgbenchProgram()
  if (program === undefined) return statements === PLAIN ? throughDriver(database, rows, options) : Number.NaN
  const { seconds, connections, folder } = options
  const script = join(folder, 'update.sql')
  writeFileSync(
    script,
    `\\set id random(1, ${rows})
     \\set key random(1, 1000000000)
     \\set half random(1, 2)
     begin;
     ${statements}
     commit;\n`,
  )
  const host = String(new URL(database.url).searchParams.get('host'))
  const told = await outputOf(program, [
    ...['-n', '-h', host, '-U', 'postgres', '-M', 'prepared', '-j', '2', '-f', script],
    ...['-c', String(connections), '-T', String(seconds), '--max-tries=1'],
    ...['-D', `text=${textOf(DOCUMENT_LENGTH)}`, '-D', `event=${textOf(EVENT_LENGTH)}`, 'postgres'],
  ])
  return Number(/tps = ([\d.]+)/.exec(told)?.[1])
}

export function pgbenchProgram(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const places = ['/usr/bin', ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)]
  // What stands in /usr/bin may be a script that starts the program anew each time.
  return places.map((place) => join(place, 'pgbench')).findLast((path) => existsSync(path))
}

function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let told = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        told += String(text)
      })
    child.once('close', (code) => (code === 0 ? resolve(told) : reject(new Error(told))))
  })
}

async function throughDriver(
  { url }: PostgresServer,
  rows: number,
  { seconds, connections }: Options,
): Promise<number> {
  let count = 0
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      while (performance.now() < until) {
        const id = 1 + Math.floor(Math.random() * rows)
        await client.query({ name: 'begin', text: TRANSACTION.begin })
        const read = await client.query<{ version: string }>({
          name: 'read',
          text: TRANSACTION.read,
          values: [id],
        })
        const version = read.rows[0]?.version
        await client.query({
          name: 'update',
          text: TRANSACTION.update,
          values: [textOf(DOCUMENT_LENGTH), id, version],
        })
        await client.query({
          name: 'history',
          text: TRANSACTION.history,
          values: [id, version, textOf(EVENT_LENGTH)],
        })
        await client.query({ name: 'commit', text: TRANSACTION.commit })
        count += 1
      }
      await client.end()
    }),
  )
  return count / seconds
}

/** Neither empty nor easily compressed. */
function textOf(length: number): string {
  let [text, state] = ['', 1]
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647
    text += `"part${state % 97}":"${state.toString(36)}",`
  }
  return text.slice(0, length)
}

const someText = (length: number) => `'${textOf(length)}'`
