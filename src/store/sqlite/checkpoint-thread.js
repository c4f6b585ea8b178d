import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

// The thread of createCheckpoints: it is started with the file, and answers each message when it is done. In JavaScript,
// because what takes types away would need 12 MB in every thread.
const database = new DatabaseSync(String(workerData))
const checkpoint = database.prepare('pragma wal_checkpoint(passive)')

parentPort?.on('message', (message) => {
  if (message === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  try {
    checkpoint.get()
  } catch {
    // A full disk, say: the log keeps what it has until the next one.
  }
  parentPort?.postMessage('done')
})
