/** A page of what a list has, in the words of Hydra. @see specs/uitdatabank.md 2.4 */
export interface PagedCollection<Member> {
  readonly '@context': 'http://www.w3.org/ns/hydra/context.jsonld'
  readonly '@type': 'PagedCollection'
  readonly itemsPerPage: number
  readonly totalItems: number
  readonly member: readonly Member[]
}

export function pagedCollection<Member>(
  member: readonly Member[],
  { itemsPerPage, totalItems }: { readonly itemsPerPage: number; readonly totalItems: number },
): PagedCollection<Member> {
  return {
    '@context': 'http://www.w3.org/ns/hydra/context.jsonld',
    '@type': 'PagedCollection',
    itemsPerPage,
    totalItems,
    member,
  }
}
