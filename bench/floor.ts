import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

/**
 * The floor: `node:http` and `node:sqlite` with nothing between them, as durable as the server that is measured
 * (write-ahead log, every commit flushed, one history row a write). It reads the body, reads the document, replaces one
 * member and writes it back: each write in a transaction of its own, or with `--grouped` with the same group commit as
 * the server that is measured. Its first argument is the path of its file.
 */
const [file = '', ...flags] = process.argv.slice(2)
const isGrouped = flags.includes('--grouped')
const database = new DatabaseSync(file)
database.exec(`
  pragma journal_mode = wal; pragma synchronous = full;
  create table documents (id integer primary key, document text not null);
  create table history (seq integer primary key autoincrement, id integer not null, before text, after text);
`)

/** About as much as one of our records holds. */
const document = JSON.stringify({
  name: { nl: 'Voorbeeld vzw', fr: 'Exemple asbl' },
  parts: Array.from({ length: 12 }, (_, at) => ({ id: `1-${at}`, value: `value ${at}`, label: 'a label' })),
  changed: Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [
      `part${at}`,
      { version: 1, at: '2026-01-01T00:00:00.000Z', by: 'demo' },
    ]),
  ),
  contact: {},
})
const insert = database.prepare('insert into documents (document) values (?)')
for (let at = 0; at < 1_000; at += 1) insert.run(document)

const read = database.prepare('select document from documents where id = ?')
const update = database.prepare('update documents set document = ? where id = ?')
const record = database.prepare('insert into history (id, before, after) values (?, ?, ?)')

let waiting: (() => () => void)[] = []

function commit(): void {
  const batch = waiting
  waiting = []
  database.exec('begin immediate')
  const answers = batch.map((work) => work())
  database.exec('commit')
  for (const answer of answers) answer()
}

const server = createServer((request, response) => {
  const id = 1 + (Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0) % 1_000)
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json')
    response.end(String(read.get(id)?.['document']))
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    if (isGrouped && waiting.length === 0) setImmediate(commit)
    waiting.push(() => {
      const before = String(read.get(id)?.['document'])
      const after = JSON.stringify({ ...JSON.parse(before), contact: body })
      update.run(after, id)
      record.run(id, before, after)
      return () => response.writeHead(204).end()
    })
    if (!isGrouped) commit()
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(
    `floor ready on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`,
  )
})
