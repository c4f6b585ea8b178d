import type { Logger } from 'pino'
import type { Step, Walking } from './core/reindexing.ts'
import { reindexNext } from './core/reindexing.ts'

/** Of the time that a step took, how much more is left to others before the next. */
const REST = 3

/** The least rest, and how long to wait for a store that cannot be written. */
const LEAST_REST_MS = 5
const LONG_REST_MS = 30_000

/** How often it is looked whether another process is done, or a load beside it has left rows for later. */
const IDLE_MS = 5_000

/** How many organizations are told of at once. */
const TOLD_EVERY = 100_000

export interface Reindexing {
  /** Whether every record is found by all that it is found by in this release. */
  isComplete(): boolean
  /** Ends after the step at hand. */
  close(): Promise<void>
}

/**
 * Gives the records that an earlier release wrote, or a load that was cut off, the index rows that are due, in small steps
 * beside the traffic; goes on where an earlier run was stopped.
 * @param clock milliseconds
 */
export function startReindexing(walking: Walking, log: Logger, clock: () => number): Reindexing {
  let isComplete = false
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let looked = 0
  let changed = 0

  /** Once all is as it should be, only a load beside it can leave something for later. */
  async function look(): Promise<Step> {
    const madeUp = await walking.store.makeUp()
    return { ...madeUp, changed: madeUp.looked }
  }

  async function step(): Promise<number> {
    const begun = clock()
    try {
      const { state, ...walked } = await (isComplete ? look() : reindexNext(walking))
      isComplete = state === 'done'
      if (state === 'elsewhere') return IDLE_MS
      looked += walked.looked
      changed += walked.changed
      if (state === 'done') {
        if (looked > 0) log.info({ organizations: looked, changed }, 'the index is complete')
        looked = 0
        changed = 0
        return IDLE_MS
      }
      if (looked === walked.looked) log.info({ form: walking.form }, 'the index is being made anew')
      if (looked % TOLD_EVERY < walked.looked)
        log.info({ organizations: looked, changed }, 'the index is being made anew')
      return Math.max(LEAST_REST_MS, (clock() - begun) * REST)
    } catch (error) {
      if (!isClosed && !isComplete) log.error({ err: error }, 'the index cannot be made anew')
      return LONG_REST_MS
    }
  }

  function next(): void {
    running = step().then((rest) => {
      if (isClosed) return
      timer = setTimeout(next, rest)
      timer.unref()
    })
  }

  let running = Promise.resolve()
  next()
  return {
    isComplete: () => isComplete,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
