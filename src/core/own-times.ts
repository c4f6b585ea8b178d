import type { RowStamps, StampsFrom, Store } from './store.ts'

/** When parts of organizations changed, as an engine has them, beside their rows. */
export interface OwnTimes {
  /**
   * As of now; undefined while they are still being gathered, which goes on afterwards. Of very many organizations they
   * are never kept.
   */
  current(): Promise<Stamped | undefined>
}

export interface Stamped {
  /** What stands for several parts together. */
  maskOf(parts: Iterable<string>): number
  /** The number of the organization; undefined for a row that is not known. */
  numberOf(row: number): number | undefined
  /** When any of the parts last changed, or else when the organization was created; milliseconds since 1970. */
  lastOf(row: number, mask: number): number
}

/** Rows that are kept, of all tenants: some 35 bytes each, and 12 for each version that changed what no later one did. */
const MOST_ROWS = 500_000

/** Organizations, or events, that are read at once: some 10 ms. */
const AT_ONCE = 1_000

/** How often one request does so before it goes without. */
const TRIES = 3

/** Parts that have a bit. */
const MOST_PARTS = 30

/** The bit of each creation, whatever is asked for. */
const ALWAYS = 1 << 31

/** Gathers them when first asked for, and keeps them current by the log. */
export function createOwnTimes(store: Pick<Store, 'read'>): OwnTimes {
  const kept = createStamps()
  let from: StampsFrom | undefined
  let since = 0
  let isGathering = false
  let turn: Promise<unknown> = Promise.resolve()

  /** One stretch. @returns whether it was the last */
  async function advance(): Promise<boolean> {
    if (from === undefined) {
      // What happens from now on is looked at once more.
      since = await store.read((reader) => reader.lastSeq())
      from = { row: 0 }
    }
    const asked = from
    const { items, end, isEnd } = await store.read((reader) => reader.stamps(asked, AT_ONCE))
    for (const item of items) kept.put(item)
    if ('seq' in asked) from = { seq: end }
    else from = isEnd ? { seq: since } : { row: end }
    return isEnd && 'seq' in asked
  }

  /** One after the other: whoever asks is told of all that was there before. */
  function inTurn(): Promise<boolean> {
    const mine = turn.then(advance)
    turn = mine.catch(() => {})
    return mine
  }

  async function goOn(): Promise<void> {
    if (isGathering) return
    isGathering = true
    try {
      while (!kept.isTooMany() && !(await inTurn())) await new Promise((resolve) => setImmediate(resolve))
    } catch {
      // Whoever asks next tries again.
    } finally {
      isGathering = false
    }
  }

  return {
    async current() {
      for (let tried = 0; tried < TRIES && !kept.isTooMany(); tried += 1)
        if (await inTurn()) return kept.isTooMany() ? undefined : kept
      void goOn()
      return undefined
    },
  }
}

/**
 * The times of each row from the last to the creation, with the parts that changed then. What is replaced is dropped
 * when it is half of all.
 */
function createStamps() {
  const bits = new Map<string, number>()
  let numbers = new Uint32Array(1024)
  let starts = new Uint32Array(1024)
  let times = new Float64Array(2048)
  let masks = new Int32Array(2048)
  let used = 0
  let live = 0
  let isTooMany = false

  function bitOf(part: string): number {
    let bit = bits.get(part)
    if (bit === undefined) {
      if (bits.size >= MOST_PARTS) isTooMany = true
      bit = 1 << (bits.size % MOST_PARTS)
      bits.set(part, bit)
    }
    return bit
  }

  function levelsOf({ created, changed }: RowStamps): readonly (readonly [time: number, mask: number])[] {
    const levels = new Map<number, [number, number]>()
    for (const [part, { version, at }] of Object.entries(changed)) {
      // What a creation wrote has its time.
      if (version <= 1) continue
      const level = levels.get(version)
      if (level === undefined) levels.set(version, [Date.parse(at), bitOf(part)])
      else level[1] |= bitOf(part)
    }
    const sorted = [...levels].sort(([left], [right]) => right - left).map(([, level]) => level)
    return [...sorted, [Date.parse(created), ALWAYS]]
  }

  function endOf(start: number): number {
    let at = start
    while (masks[at] !== ALWAYS) at += 1
    return at + 1
  }

  function makeRoom(row: number, more: number): void {
    if (row >= numbers.length) {
      const length = Math.max(row + 1, numbers.length * 2)
      numbers = longer(numbers, new Uint32Array(length))
      starts = longer(starts, new Uint32Array(length))
    }
    if (used + more <= times.length) return
    const [oldTimes, oldMasks] = [times, masks]
    const length = Math.max(2048, live + more) * 2
    times = new Float64Array(length)
    masks = new Int32Array(length)
    used = 0
    for (let known = 0; known < numbers.length; known += 1) {
      if (numbers[known] === 0) continue
      let at = starts[known] as number
      starts[known] = used
      do {
        times[used] = oldTimes[at] as number
        masks[used] = oldMasks[at] as number
        used += 1
        at += 1
      } while (oldMasks[at - 1] !== ALWAYS)
    }
  }

  return {
    isTooMany: () => isTooMany,
    put(stamps: RowStamps): void {
      const { row, number } = stamps
      isTooMany ||= row >= MOST_ROWS
      if (isTooMany) {
        numbers = starts = new Uint32Array(0)
        times = new Float64Array(0)
        masks = new Int32Array(0)
        return
      }
      const levels = levelsOf(stamps)
      makeRoom(row, levels.length)
      if (numbers[row] !== 0) live -= endOf(starts[row] as number) - (starts[row] as number)
      numbers[row] = number
      starts[row] = used
      for (const [time, mask] of levels) {
        times[used] = time
        masks[used] = mask
        used += 1
      }
      live += levels.length
    },
    maskOf(parts: Iterable<string>): number {
      let mask = ALWAYS
      for (const part of parts) mask |= bits.get(part) ?? 0
      return mask
    },
    numberOf: (row: number) => numbers[row] || undefined,
    lastOf(row: number, mask: number): number {
      let at = starts[row] as number
      while (((masks[at] as number) & mask) === 0) at += 1
      return times[at] as number
    },
  }
}

function longer<A extends Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
