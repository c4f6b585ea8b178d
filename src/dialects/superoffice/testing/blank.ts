import type { Dossier } from '../../../core/dossier.ts'
import type { PutContext } from '../../../core/lens.ts'
import { blankOrganization } from '../../../core/organization.ts'
import { uuid } from '../../../core/testing/records.ts'

/** What a create in `context` starts from. */
export function blankDossier({ catalogue, at, by }: PutContext): Dossier {
  const { id: tenant, language } = catalogue.tenant
  return { organization: blankOrganization(uuid(1), { tenant, language, at, by }), people: [] }
}
