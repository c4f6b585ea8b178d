import type { Dialect } from './dialect.ts'
import { digicert } from './digicert/index.ts'
import { kare } from './kare/index.ts'
import { superoffice } from './superoffice/index.ts'
import { uitdatabank } from './uitdatabank/index.ts'

export { matches } from './uitdatabank/where.ts'

/** Every API that the server speaks. */
export const dialects: readonly Dialect[] = [uitdatabank, superoffice, digicert, kare]
