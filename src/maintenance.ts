import { randomUUID } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { DatabaseUrl } from './config.ts'
import type { Dossier } from './core/dossier.ts'
import type { FileStore } from './core/files.ts'
import type { Known } from './core/known.ts'
import { createKnown } from './core/known.ts'
import type { Lens } from './core/lens.ts'
import { FULL_GRANT } from './core/policy.ts'
import type { Walked } from './core/reindexing.ts'
import { beginReindexing, reindexNext } from './core/reindexing.ts'
import type { Stock } from './core/store.ts'
import type { Verified } from './core/verify.ts'
import { verify } from './core/verify.ts'
import { dialects, INDEX_FORM, indexers } from './dialects/index.ts'
import type { StoredImage } from './dialects/kit/images.ts'
import { imagesOf, imageTypeOf } from './dialects/kit/images.ts'
import { openFiles } from './files/index.ts'
import { backupStore, integrityOf, openStore, openStoredFiles } from './store/index.ts'

/**
 * Copies a database, as it is at one moment, and the files that belong to it. A copied file that is more than the database
 * knows does no harm: files never change, and the database was copied first.
 */
export async function backup(database: DatabaseUrl, file: string): Promise<void> {
  if (database.engine === 'postgres')
    throw new Error(
      'a database of PostgreSQL is backed up with its own tools: pg_dump copies this database, with the images in it, at one moment; pg_basebackup copies the whole server',
    )
  if (database.path === ':memory:') throw new Error('a private database cannot be backed up')
  backupStore(database.path, file)
  const [from, to] = [database.path, file].map((path) => join(dirname(resolve(path)), 'files'))
  if (from === to) return
  await cp(from as string, to as string, {
    recursive: true,
    force: false,
    filter: (path) => !path.endsWith('.unfinished'),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** Looks at everything in a database: its pages, its log, its index, every record through every API, and the files of its images. */
export async function verifyDatabase(database: DatabaseUrl): Promise<Verified> {
  const store = await openStore(database, { mayCreate: false })
  const { files, close } =
    database.engine === 'postgres' ? openStoredFiles(database.url) : openFiles(database)
  try {
    const damage = integrityOf(database)
    const known = createKnown()
    const [verified, images] = await store.read(async (reader) => {
      await known.follow(reader)
      const records = await verify(reader, indexers, (stock) => unshowable(stock, known))
      const kept = await Promise.all(known.tenants().map(({ id }) => imagesOf(reader, id)))
      return [records, kept.flat()]
    })
    return {
      ...verified,
      contradictions: [...damage, ...verified.contradictions, ...(await lost(images, files))],
    }
  } finally {
    close()
    await store.close()
  }
}

/** The images whose files are not there, or begin as none of their type does. */
async function lost(images: readonly StoredImage[], files: FileStore): Promise<readonly string[]> {
  const contradictions: string[] = []
  for (const { id, mediaType } of images) {
    const bytes = await files.get(id)
    if (bytes === undefined) contradictions.push(`image ${id}: its file is not there`)
    else if (imageTypeOf(Buffer.from(bytes)) !== mediaType)
      contradictions.push(`image ${id}: its file is no ${mediaType}`)
  }
  return contradictions
}

/** Indexes everything anew, at once. Servers may go on. */
export async function reindexDatabase(database: DatabaseUrl, now: () => string): Promise<Walked> {
  const store = await openStore(database, { mayCreate: false, bulk: { kindsAtOnce: [] } })
  try {
    await store.oweAll()
    await store.makeUp()
    const walking = { store, indexers, form: INDEX_FORM, walker: randomUUID(), now }
    await beginReindexing(walking)
    const all = { looked: 0, changed: 0 }
    for (;;) {
      const step = await reindexNext(walking)
      all.looked += step.looked
      all.changed += step.changed
      if (step.state !== 'walking') return all
    }
  } finally {
    await store.close()
  }
}

/** The views that cannot be made: every API must be able to show whatever another one wrote. */
function unshowable({ organization, people }: Stock, known: Known): readonly string[] {
  const present = people.filter(({ state }) => state !== 'deleted')
  const context = { baseUrl: '', grant: FULL_GRANT, catalogue: known.catalogue(organization.tenant) }
  return dialects.flatMap((dialect) =>
    dialect.lenses.flatMap((lens) =>
      loadedFor(lens, { organization, people: present }).flatMap((dossier) => {
        try {
          lens.get(dossier, context)
          return []
        } catch (error) {
          return [
            `organization ${organization.number}: ${dialect.name} cannot show it (${lens.name}): ${error}`,
          ]
        }
      }),
    ),
  )
}

function loadedFor({ people: asked }: Pick<Lens<unknown>, 'people'>, dossier: Dossier): readonly Dossier[] {
  const { organization, people } = dossier
  const holders = Object.values(organization.roles)
  switch (asked) {
    case 'none':
      return [{ organization, people: [] }]
    case 'all':
      return [dossier]
    case 'role-holders':
      return [{ organization, people: people.filter(({ id }) => holders.includes(id)) }]
    case 'focus':
      return people.map((person) => ({ organization, people: [person] }))
  }
}
