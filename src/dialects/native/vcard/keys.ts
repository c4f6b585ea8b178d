import { ID } from '../wire.ts'
import type { Line } from './lines.ts'
import type { MapForm } from './properties.ts'

const IS_ID = new RegExp(ID)

export function isId(text: string): boolean {
  return IS_ID.test(text)
}

/**
 * Gives each property of a map its key: PROP-ID, else the one that other APIs know, else one of its own making. Alternatives
 * of one property, which share their ALTID, share it. @see RFC 9555 §2.1.2
 * @param alternatives property and ALTID → key, of the languages that were read before
 */
export function keysIn(
  lines: readonly Line[],
  alternatives: Map<string, string>,
): (line: Line, form: MapForm) => string {
  const taken = new Set(lines.flatMap(({ params }) => params['PROP-ID']?.[0] ?? []))
  const used = new Set<string>()
  const counts = new Map<string, number>()
  return (line, { property, map, firstKey }) => {
    const isFree = (key: string) => !used.has(`${map}/${key}`)
    const given = line.params['PROP-ID']?.[0]
    let key = given !== undefined && isId(given) && isFree(given) ? given : undefined
    const alternative = `${property} ${line.params['ALTID']?.[0]}`
    const shared = line.params['ALTID'] && alternatives.get(alternative)
    if (key === undefined && shared !== undefined && isFree(shared)) key = shared
    if (key === undefined && firstKey !== undefined && isFree(firstKey) && !taken.has(firstKey))
      key = firstKey
    while (key === undefined) {
      const count = (counts.get(property) ?? 0) + 1
      counts.set(property, count)
      const made = `${property}-${count}`
      if (isFree(made) && !taken.has(made)) key = made
    }
    used.add(`${map}/${key}`)
    if (!alternatives.has(alternative)) alternatives.set(alternative, key)
    return key
  }
}
