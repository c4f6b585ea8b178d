import type { Lens } from '../../../core/lens.ts'
import { formats } from '../formats.ts'
import { CONTRIBUTOR_LIMIT } from '../wire.ts'

/** Addresses of those who may edit, in the order in which they were sent. Not part of the document, nor of what makes it public. */
export const contributors: Lens<readonly string[]> = {
  name: 'contributors',
  get: ({ organization }) => organization.contributors.filter(isShown),
  put: (dossier, sent) => {
    const { organization } = dossier
    const after = withContributors(organization.contributors, sent)
    return { ...dossier, organization: { ...organization, contributors: after } }
  },
  echo: (view) => view,
  reads: { organization: ['contributors'], person: [] },
  writes: { organization: ['contributors'], person: [] },
  people: 'none',
}

/** What cannot be shown keeps its place. */
function withContributors(before: readonly string[], sent: readonly string[]): readonly string[] {
  const next = sent.values()
  const kept = before.flatMap((address) => {
    if (!isShown(address)) return [address]
    const { value, done } = next.next()
    return done ? [] : [value]
  })
  return [...kept, ...next]
}

function isShown(address: string): boolean {
  return address.length <= CONTRIBUTOR_LIMIT && formats['email'](address)
}
