import type { Catalogue, Principal } from '../../../core/principal.ts'
import type { Associate, AssociateType } from '../wire/carriers.ts'
import { GROUP_ID } from '../wire.ts'
import { listsOf } from './lists.ts'

const TYPES: Readonly<Record<Principal['kind'], AssociateType>> = {
  user: 'InternalAssociate',
  client: 'SystemAssociate',
  system: 'SystemAssociate',
}

/** The card of a principal; null when the directory does not know them. */
export function associateWithId(catalogue: Catalogue, id: string): Associate | null {
  const principal = catalogue.principal(id)
  if (principal === undefined || principal.number === 0) return null
  const { number, name, email = null } = principal
  return card({
    AssociateId: number,
    Name: principal.id,
    Tooltip: name,
    Type: TYPES[principal.kind],
    GroupIdx: GROUP_ID,
    FullName: name,
    FormalName: name,
    UserName: email,
  })
}

/** The card of the principal with a number: `creator` if it is theirs, else what the tenant's list knows. Choice 7 */
export function associateWithNumber(
  catalogue: Catalogue,
  number: number | undefined,
  creator: Associate | null,
): Associate | null {
  if (number === undefined || number === 0) return null
  if (creator?.AssociateId === number) return creator
  const name = listsOf(catalogue).entry('associate', number)?.Value ?? ''
  const Type = name === '' ? 'Unknown' : 'InternalAssociate'
  return card({
    AssociateId: number,
    Name: name,
    Tooltip: name,
    Type,
    GroupIdx: 0,
    FullName: name,
    FormalName: name,
    UserName: null,
  })
}

type Known = 'AssociateId' | 'Name' | 'Tooltip' | 'Type' | 'GroupIdx' | 'FullName' | 'FormalName' | 'UserName'

const NO_EXTRAS = {}
const READ_ONLY = { Mask: 'Select', Reason: '' }

function card(known: Pick<Associate, Known>): Associate {
  return {
    AssociateId: known.AssociateId,
    Name: known.Name,
    PersonId: 0,
    Rank: 0,
    Tooltip: known.Tooltip,
    Type: known.Type,
    GroupIdx: known.GroupIdx,
    FullName: known.FullName,
    FormalName: known.FormalName,
    Deleted: false,
    EjUserId: 0,
    UserName: known.UserName,
    ExtraFields: NO_EXTRAS,
    CustomFields: NO_EXTRAS,
    TableRight: READ_ONLY,
    FieldProperties: NO_EXTRAS,
  }
}
