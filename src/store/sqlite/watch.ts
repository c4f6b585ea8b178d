/** How often it is looked whether another process has committed, while somebody listens. */
const LOOK_EVERY_MS = 500

export interface Watch {
  /** Gives what ends it. */
  listen(listener: () => void): () => void
  /** To be called after each commit of this process. */
  tell(): void
  close(): void
}

/** @param stateOf a number that changes when another process commits */
export function createWatch(stateOf: () => number): Watch {
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let state = 0

  function tell(): void {
    for (const listener of listeners) listener()
  }

  function look(): void {
    const now = stateOf()
    if (now !== state) tell()
    state = now
  }

  function close(): void {
    clearInterval(timer)
    timer = undefined
    listeners.clear()
  }

  return {
    listen(listener) {
      listeners.add(listener)
      if (timer === undefined) {
        state = stateOf()
        timer = setInterval(look, LOOK_EVERY_MS).unref()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) close()
      }
    },
    tell,
    close,
  }
}
