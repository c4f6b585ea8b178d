import type { Dialect } from '../dialect.ts'
import { indexers } from './indexers.ts'
import { archive } from './lens/archive.ts'
import { company } from './lens/company.ts'
import { contact } from './lens/contact.ts'
import { newContacts } from './lens/contacts.ts'
import { presence } from './lens/presence.ts'
import { ALL_MOUNTS, canonicalPath } from './paths.ts'
import { replyTo } from './problems.ts'
import { reference } from './reference.ts'
import { routes } from './routes.ts'

/** The companies and contacts of Kare's register application. */
export const kare: Dialect = {
  name: 'kare',
  mounts: ALL_MOUNTS,
  seesDeleted: false,
  seesPublic: false,
  rewrite: canonicalPath,
  credentialOf: ({ headers }) => {
    const session = headers['x-session-token']?.trim()
    const authorization = headers['authorization']?.trim()
    if (!session || !authorization) return 'absent'
    const access = /^bearer +(\S+)$/i.exec(authorization)?.[1]
    return access === undefined ? 'malformed' : { kind: 'session', access, session }
  },
  routes,
  reference,
  replyTo,
  indexers,
  indexForm: 1,
  // A location of its own holds beside the addresses that it was written for, and an archive is not for others.
  heritable: ['type', 'establishmentIds', 'technicalInstallationIds', 'labelIds'],
  window: {
    lens: company,
    read: ({ number }) => `/companies/v2/rs/${number}`,
    write: { method: 'PATCH', path: ({ number }) => `/companies/v2/rs/${number}` },
  },
  lenses: [contact, newContacts, presence, company, archive],
}
