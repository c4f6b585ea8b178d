import { join } from 'node:path'
import { test } from 'node:test'
import { requireTrueMemory } from '../testing/memory-contract.ts'
import { openSqlite } from './index.ts'
import { makePrivateFolder, removePrivateFolder } from './private-folder.ts'

test('what a process remembers is what the file holds, whoever writes in whichever order, and whatever fails', async () => {
  const folder = makePrivateFolder()
  let files = 0
  try {
    await requireTrueMemory(async () => {
      files += 1
      const file = join(folder, `${files}.db`)
      return [openSqlite(file, true), openSqlite(file, true)]
    })
  } finally {
    removePrivateFolder(folder)
  }
})
