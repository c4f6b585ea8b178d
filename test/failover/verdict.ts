import type { SeenEvent, Written } from './load.ts'

/** What is wrong with what two nodes acknowledged and what the feed then shows; empty when nothing is. */
export function faultsIn(
  written: readonly (readonly Written[])[],
  seen: readonly (readonly SeenEvent[])[],
): readonly string[] {
  const [first = [], ...others] = seen
  return [
    ...seen.flatMap(disorderIn),
    ...others.flatMap((other, at) =>
      isSameFeed(first, other) ? [] : [`readers 1 and ${at + 2} saw different events`],
    ),
    ...lossesIn(written.flat(), first),
  ]
}

function disorderIn(events: readonly SeenEvent[], reader: number): readonly string[] {
  const wrong = events.filter(({ sequence }, at) => at > 0 && sequence <= (events[at - 1]?.sequence ?? ''))
  const doubled = events.length - new Set(events.map(({ id }) => id)).size
  return [
    ...wrong.map(({ sequence }) => `reader ${reader + 1}: ${sequence} came after one that is not smaller`),
    ...(doubled === 0 ? [] : [`reader ${reader + 1}: ${doubled} events came twice`]),
  ]
}

function isSameFeed(one: readonly SeenEvent[], other: readonly SeenEvent[]): boolean {
  return one.length === other.length && one.every(({ id }, at) => id === other[at]?.id)
}

/** Values that were acknowledged and are in no event, and values that are in more than one. */
function lossesIn(written: readonly Written[], events: readonly SeenEvent[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { after } of events) {
    for (const value of new Set(after.match(VALUE))) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return written.flatMap(({ value, isAcknowledged }) => {
    const count = counts.get(`"${value}"`) ?? 0
    if (isAcknowledged && count === 0) return [`${value} was acknowledged, and is lost`]
    return count > 1 ? [`${value} is in ${count} events`] : []
  })
}

/** As the load writes them. */
const VALUE = /"\d{2} \d+"/g

/** The longest time around a moment in which no write was acknowledged, in milliseconds. */
export function silenceAround(at: number, written: readonly Written[]): number {
  const times = written.filter(({ isAcknowledged }) => isAcknowledged).map((write) => write.at)
  const before = times.filter((time) => time <= at)
  const after = times.filter((time) => time > at)
  // What was on its way when the server fell is told a moment later.
  const all = [Math.max(...before), ...after].toSorted((one, other) => one - other)
  return Math.max(...all.slice(1).map((time, place) => time - (all[place] ?? time)))
}
