import type { Store } from '../../core/store.ts'
import { commandContract } from './command-contract.ts'
import { erasureContract } from './erasure-contract.ts'
import { indexContract } from './index-contract.ts'
import { recordContract } from './record-contract.ts'
import { reindexContract } from './reindex-contract.ts'
import { rowsContract } from './rows-contract.ts'
import { searchContract } from './search-contract.ts'
import { settingsContract } from './settings-contract.ts'
import { walkContract } from './walk-contract.ts'

/** Registers what every engine promises: one suite, run by each of them. `open` gives an empty store of its own. */
export function storeContract(engine: string, open: () => Promise<Store>): void {
  recordContract(engine, open)
  indexContract(engine, open)
  commandContract(engine, open)
  reindexContract(engine, open)
  searchContract(engine, open)
  walkContract(engine, open)
  rowsContract(engine, open)
  settingsContract(engine, open)
  erasureContract(engine, open)
}
