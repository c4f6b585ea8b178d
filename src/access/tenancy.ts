import type { Known } from '../core/known.ts'

/** The tenant of an anonymous request: the one whose hosts have its Host header, else the first. */
export function tenantOfHost(known: Known, host: string | undefined): string {
  const tenants = known.tenants()
  const name = host?.replace(/:\d+$/, '').toLowerCase()
  const named = tenants.find(({ hosts }) => name !== undefined && hosts.includes(name))
  const [first] = tenants.toSorted((left, right) => left.number - right.number)
  return (named ?? first)?.id ?? 'default'
}
