/** Puts all at the end of a list, however many there are: as arguments of one call they have to fit on the stack. */
export function addAll<T>(list: T[], more: readonly T[]): void {
  for (const one of more) list.push(one)
}
