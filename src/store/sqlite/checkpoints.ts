import { Worker } from 'node:worker_threads'

/** Commands after which what they wrote is copied from the log into the file: some hundred to two thousand pages. */
const EVERY = 256

/**
 * Pages of the log beyond which the connection that writes copies by itself (32 MB): where the thread cannot be had, or
 * never finds the log at rest, so that the next write would begin it anew.
 */
export const LOG_PAGES = 8_000

/** Copies what is in the log into the file, beside the thread that writes. */
export interface Checkpoints {
  /** To be called after each commit. @param commands that it was of */
  committed(commands: number): void
  /** Settles when the file is closed there. */
  close(): Promise<void>
}

/**
 * Writers wait neither for the pages nor for the flush of a checkpoint: a thread of its own makes it, which starts with
 * the first one. Where that fails nothing is lost but its help.
 * @see https://www.sqlite.org/wal.html#checkpointing
 */
export function createCheckpoints(file: string): Checkpoints {
  let commands = 0
  let thread: Worker | undefined
  let isBusy = false
  /** Whether the thread could not go on, or must not any more. */
  let isLost = false

  function begin(): Worker {
    const worker = new Worker(new URL('./checkpoint-thread.js', import.meta.url), {
      workerData: file,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    })
    worker.unref()
    worker.on('message', () => {
      isBusy = false
    })
    worker.on('error', () => {
      isLost = true
    })
    return worker
  }

  return {
    committed(count) {
      commands += count
      if (commands < EVERY || isBusy || isLost) return
      commands = 0
      isBusy = true
      thread ??= begin()
      thread.postMessage('checkpoint')
    },
    async close() {
      const open = thread
      thread = undefined
      isLost = true
      if (open === undefined || open.threadId < 0) return
      open.ref()
      await new Promise((resolve) => {
        open.once('exit', resolve)
        open.postMessage('close')
      })
    },
  }
}
