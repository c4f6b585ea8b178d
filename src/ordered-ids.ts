/** Ids for which one look at the clock will do. */
const LOOKED_EVERY = 64

/** Most ids of one millisecond. */
const COUNTER_LIMIT = 0xfff

/**
 * Makes ids that sort as they were made: UUIDs of version 7, which begin with the time. What is made together then stands
 * together in every index by id, however large that is.
 * @param now UTC, milliseconds
 * @param random a UUID of version 4
 * @see RFC 9562 §5.7, §6.2 method 1: a counter in place of the first random bits
 */
export function createOrderedIds(now: () => string, random: () => string): () => string {
  let time = 0
  let counter = COUNTER_LIMIT
  let count = 0
  return () => {
    const looked = count % LOOKED_EVERY === 0 ? Date.parse(now()) : time
    count += 1
    counter += 1
    if (looked > time || counter > COUNTER_LIMIT) {
      // More than a millisecond holds: the next one begins early.
      time = Math.max(looked, time + 1)
      counter = 0
    }
    const hex = time.toString(16).padStart(12, '0')
    const place = counter.toString(16).padStart(3, '0')
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7${place}-${random().slice(19)}`
  }
}
