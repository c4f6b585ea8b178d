import type { Send } from './apis.ts'
import type { Facts } from './facts.ts'

/** What a client of one API does, and what becomes true by it. */
export interface Update {
  readonly api: string
  readonly does: string
  /** @param choice any natural number: which item, which person */
  readonly run: (send: Send, facts: Facts, choice: number) => Promise<Facts>
}

/** The `n`th made-up value of each kind: no two share a domain, a host or their last six digits. */
export const made = {
  text: (n: number) => `Tekst ${n}`,
  word: (n: number) => `Woord${n}`,
  email: (n: number) => `post@d${n}.example`,
  phone: (n: number) => `02 ${String(100_000 + n * 1_237).slice(-6)} ${String(n).padStart(3, '0')}`,
  uri: (n: number) => `https://h${n}.example/p`,
}

export const pick = <T>(items: readonly T[], choice: number): T => items[choice % items.length] as T

/** One more made-up value was used. */
export const next = (facts: Facts): number => facts.madeUp + 1
