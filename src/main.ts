import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What Node makes of the sources is kept beside the packages, which halves the time to start: where nobody else writes, and
// where nothing can be written, it is made each time. npm scripts name the place in the environment, so that this file is kept, too,
// and nothing need be stripped of its types; whoever starts it without them has it here.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/polydex'))
await import('./commands.ts')
