import type { Dialect } from './dialect.ts'
import { uitdatabank } from './uitdatabank/index.ts'

export { matches } from './uitdatabank/where.ts'

/** Every API that the server speaks. */
export const dialects: readonly Dialect[] = [uitdatabank]
