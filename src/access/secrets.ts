import { hash as digest, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { StoredCredential } from '../core/settings.ts'

type StoredPassword = Extract<StoredCredential, { kind: 'password' }>

/** scrypt parameters: about 60 ms and 32 MiB each, so that a stolen database does not give up its passwords. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const HASH_BYTES = 32
const VERIFIED_LIMIT = 1_000

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
 * Checks passwords in constant time. Remembers those that were right, as keyed hashes that die with the process,
 * because HTTP Basic sends them with every request.
 */
export function createPasswordCheck(): (
  password: string,
  stored: StoredPassword | undefined,
) => Promise<boolean> {
  const processKey = randomBytes(32).toString('hex')
  const verified = new Set<string>()
  const nobody: StoredPassword = {
    kind: 'password',
    principal: '',
    salt: randomBytes(16).toString('hex'),
    hash: '',
  }
  return async (password, stored = nobody) => {
    const trace = digest('sha256', `${processKey}\n${stored.salt}\n${stored.hash}\n${password}`)
    if (verified.has(trace)) return true
    const { hash } = await hashPassword(password, stored.salt)
    if (stored === nobody || !isEqual(hash, stored.hash)) return false
    if (verified.size >= VERIFIED_LIMIT) verified.delete(verified.values().next().value ?? '')
    verified.add(trace)
    return true
  }
}

function isEqual(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}
