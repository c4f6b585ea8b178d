import type { People } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { PersonKey } from '../../core/store.ts'

/** Those of an organization's people that are asked for. */
export function askedOf<P extends { readonly id: string; readonly number: number }>(
  all: readonly P[],
  { roles }: Organization,
  people: People,
  focus: PersonKey | undefined,
): readonly P[] {
  switch (people) {
    case 'none':
      return []
    case 'all':
      return all
    case 'role-holders': {
      const holders = Object.values(roles)
      return all.filter(({ id }) => holders.includes(id))
    }
    case 'focus':
      if (focus === undefined) return []
      return all.filter(({ id, number }) => ('id' in focus ? focus.id === id : focus.number === number))
  }
}
