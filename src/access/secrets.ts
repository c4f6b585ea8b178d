import { hash as digest, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { problem } from '../core/problem.ts'
import type { StoredCredential } from '../core/settings.ts'

type StoredPassword = Extract<StoredCredential, { kind: 'password' }>

/** scrypt parameters: about 60 ms and 32 MiB each, so that a stolen database does not give up its passwords. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const HASH_BYTES = 32
const VERIFIED_LIMIT = 1_000

/**
 * Passwords that are hashed at once, of the four threads that Node has for such work: whoever guesses passwords does not
 * keep tokens, files and name look-ups waiting.
 */
const HASHED_AT_ONCE = 2

/** Passwords that wait to be hashed: about five seconds' work. */
const WAITING_LIMIT = 200

/** SHA-256, hex. For keys that are long and random; passwords need `hashPassword`. */
export function hashKey(key: string): string {
  return digest('sha256', key)
}

export async function hashPassword(
  password: string,
  salt = randomBytes(16).toString('hex'),
): Promise<{ salt: string; hash: string }> {
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
  return { salt, hash: hash.toString('hex') }
}

/**
 * Checks passwords in constant time, a few at a time. Remembers those that were right, as keyed hashes that die with the process,
 * because HTTP Basic sends them with every request.
 */
export function createPasswordCheck(): (
  password: string,
  stored: StoredPassword | undefined,
) => Promise<boolean> {
  const processKey = randomBytes(32).toString('hex')
  const verified = new Set<string>()
  const inTurn = createTurns(HASHED_AT_ONCE, WAITING_LIMIT)
  const nobody: StoredPassword = {
    kind: 'password',
    principal: '',
    salt: randomBytes(16).toString('hex'),
    hash: '',
  }
  return async (password, stored = nobody) => {
    const trace = digest('sha256', `${processKey}\n${stored.salt}\n${stored.hash}\n${password}`)
    if (verified.has(trace)) return true
    const { hash } = await inTurn(() => hashPassword(password, stored.salt))
    if (stored === nobody || !isEqual(hash, stored.hash)) return false
    if (verified.size >= VERIFIED_LIMIT) verified.delete(verified.values().next().value ?? '')
    verified.add(trace)
    return true
  }
}

/**
 * Runs at most `atOnce` pieces of work at a time, in the order in which they come.
 * @throws Problem store-unavailable when `waitingLimit` are waiting already
 */
export function createTurns(atOnce: number, waitingLimit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < atOnce) running += 1
    else if (waiting.length >= waitingLimit)
      throw problem('store-unavailable', { reason: 'too many log-ins' })
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // Whoever waits longest takes over the turn.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}

function isEqual(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}
