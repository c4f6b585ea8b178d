import fc from 'fast-check'

/** Preloaded (`node --import ./test/deep.ts --test …`), it gives every law this many random cases, others each time. */
const DEEP_RUNS = 3_000

fc.configureGlobal({ numRuns: DEEP_RUNS })
