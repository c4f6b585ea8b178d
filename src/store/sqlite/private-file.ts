import { closeSync, openSync } from 'node:fs'

/** Its owner's alone: it holds hashes of secrets, and the key that signs tokens. */
const OWNERS_ALONE = 0o600

/**
 * Makes an empty file that nobody but its owner can read, unless one is there, whose mode is the operator's to choose. What
 * else keeps it from being made, opening it tells. SQLite gives the mode of a database to its log, too.
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', OWNERS_ALONE))
  } catch {}
}
