import { compareKeys } from '../filter/keys.ts'
import type { Ordered } from './options.ts'

/** The order of rows in memory; 0 for those that are alike in all of it. */
export function comparison<Row>(orders: readonly Ordered<Row>[]): (left: Row, right: Row) => number {
  return (left, right) => {
    for (const { order, descending } of orders) {
      const others = order.keysOf(right)
      for (const [at, key] of order.keysOf(left).entries()) {
        const difference = compareKeys(key, others[at] ?? '')
        if (difference !== 0) return descending ? -difference : difference
      }
    }
    return 0
  }
}
