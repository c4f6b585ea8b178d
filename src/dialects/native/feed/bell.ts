import type { Directory } from '../../../core/directory.ts'

/** Rings when the log may have grown, and when it is time to stop waiting for that. */
export interface Bell {
  /** Whether nobody waits any more, or the time is up. */
  readonly isOver: () => boolean
  /** Waits until it has rung since the last time, at most `atMostMs`. */
  wait(atMostMs: number): Promise<void>
  ring(): void
  close(): void
}

/** @param lastsMs when the time is up */
export function hangBell({ watch }: Pick<Directory, 'watch'>, leaving: AbortSignal, lastsMs: number): Bell {
  let hasRung = false
  let isTimeUp = false
  let wake = () => {}
  const ring = () => {
    hasRung = true
    wake()
  }
  const unwatch = watch(ring)
  const timer = setTimeout(() => {
    isTimeUp = true
    ring()
  }, lastsMs)
  leaving.addEventListener('abort', ring)
  const isOver = () => isTimeUp || leaving.aborted

  return {
    isOver,
    async wait(atMostMs) {
      if (!hasRung && !isOver()) {
        let patience: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          patience = setTimeout(resolve, atMostMs)
        })
        clearTimeout(patience)
      }
      hasRung = false
    },
    ring,
    close() {
      unwatch()
      clearTimeout(timer)
      leaving.removeEventListener('abort', ring)
    },
  }
}
