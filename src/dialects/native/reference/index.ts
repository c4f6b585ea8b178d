import type { ApiReference } from '../../dialect.ts'
import { text } from '../../kit/shapes.ts'
import { PROBLEM_TYPE } from '../wire.ts'
import { accessReference, KeyEntry, PrincipalEntry, RoleEntry } from './access.ts'
import { findingReference } from './finding.ts'
import { CloudEvent, HistoryItem, historyReference } from './history.ts'
import { batch, otherReference } from './others.ts'
import { pageReference } from './pages.ts'
import { recordReference } from './records.ts'
import { jsonPatch, MergePatch, organizationCard, Problem, personCard } from './shared.ts'

export const reference: ApiReference = {
  title: 'Polydex',
  description:
    `One directory of organizations and the people who answer for them. Records are Cards of JSContact (RFC 9553)
with strict ETags, patches, problems (RFC 9457), the whole history, and a feed of what happens.`.replaceAll(
      '\n',
      ' ',
    ),
  tags: {
    Organizations: 'Organizations as Cards.',
    People: 'The people who answer for them.',
    History: 'What records were, and giving it back to them.',
    Feed: 'What happens, as it happens.',
    Batches: 'Many writes in one request.',
    Views: 'What other APIs show of a record.',
    Access: 'Who may do what. Nobody gives what they do not have.',
    Reference: 'What can be asked of each API.',
  },
  security: {
    bearer: { type: 'http', scheme: 'bearer', description: 'A token, or an API key.' },
    basic: { type: 'http', scheme: 'basic', description: 'Id or e-mail address, and password.' },
  },
  required: [['bearer'], ['basic']],
  schemas: {
    OrganizationCard: organizationCard,
    PersonCard: personCard,
    JsonPatch: jsonPatch,
    Batch: batch,
    MergePatch,
    HistoryItem,
    CloudEvent,
    Principal: PrincipalEntry,
    Key: KeyEntry,
    Role: RoleEntry,
    Problem,
  },
  pathParameters: {
    id: { schema: text, description: 'A UUID or a number; of principals and roles, their id.' },
    version: { schema: { type: 'integer', minimum: 1 }, description: 'A version of the record.' },
    key: { schema: text, description: 'The id of a key.' },
    name: { schema: text, description: 'The name of an API.' },
    dialect: { schema: text, description: 'The name of an API.' },
    left: { schema: text, description: 'A UUID or a number.' },
    right: { schema: text, description: 'A UUID or a number.' },
    page: { schema: text, description: 'The name of a page.' },
  },
  problems: {
    content: { [PROBLEM_TYPE]: Problem },
    ofAll: [500, 503],
    ofCredentials: [401, 403, 429],
    ofBodies: [400, 413, 415],
  },
  operations: Object.fromEntries([
    ...findingReference,
    ...recordReference,
    ...historyReference,
    ...otherReference,
    ...accessReference,
    ...pageReference,
  ]),
}
