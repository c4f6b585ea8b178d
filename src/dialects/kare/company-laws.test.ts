import fc from 'fast-check'
import type { Dossier } from '../../core/dossier.ts'
import type { PutContext } from '../../core/lens.ts'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { isBlank } from '../../core/text.ts'
import { archive } from './lens/archive.ts'
import { company, inputOfCompany } from './lens/company.ts'
import { presence } from './lens/presence.ts'
import { companyInputs, kareDossiers } from './testing/random-bodies.ts'
import type { CompanyInput, CompanyView, LabelView } from './wire/company.ts'

const DOSSIERS = kareDossiers()

/** `updatedAt` has tests of its own; ids and times of what is new are the server's. */
type Compared = Omit<CompanyView, 'id' | 'primaryContactId' | 'createdAt' | 'updatedAt'>

lensLaws<CompanyView, CompanyInput, CompanyView>('company', company, {
  dossiers: DOSSIERS,
  inputs: (dossier, context) =>
    companyInputs(inputOfCompany(company.get(dossier, context)), numbersOf(dossier)),
  canon: (view, input, context) => ({ ...view, ...shownFrom(input, view, context), updatedAt: '' }),
  compare: (view) => ({ ...view, updatedAt: '' }),
})

lensLaws<CompanyView, CompanyInput, Compared>('new company', company, {
  dossiers: DOSSIERS,
  inputs: (dossier, context) =>
    companyInputs(
      { ...inputOfCompany(company.get(dossier, context)), name: 'Nieuw' },
      numbersOf(dossier),
    ).map((input) => ({ ...input, name: isBlank(input.name) ? 'Nieuw' : input.name })),
  canon: (view, input, context) => compared({ ...view, ...shownFrom(input, view, context) }),
  compare: compared,
  canonOfCreate: (input, context) => ({
    ...shownFrom(input, { name: '', labels: [] }, context),
    organizationId: 1,
    archivedAt: null,
  }),
  runs: 100,
})

lensLaws<boolean, boolean>('presence', presence, {
  dossiers: DOSSIERS,
  inputs: () => fc.boolean(),
  canon: (view, sent) => view && sent,
})

lensLaws<string | undefined, boolean>('archive', archive, {
  dossiers: DOSSIERS,
  inputs: () => fc.boolean(),
  canon: (view, sent, { at }) => view ?? (sent ? at : undefined),
})

/** What is shown of what was sent: each id once, known labels by their names, and a name whatever happens. */
function shownFrom(
  { labelIds, ...input }: CompanyInput,
  before: Pick<CompanyView, 'name' | 'labels'>,
  context: PutContext,
) {
  return {
    ...input,
    name: isBlank(input.name) ? before.name : input.name,
    establishmentIds: [...new Set(input.establishmentIds)],
    technicalInstallationIds: [...new Set(input.technicalInstallationIds)],
    labels: labelsFrom(labelIds, before.labels, context),
  }
}

/** Those that stay and then those that come, the register's before Kare's own. */
function labelsFrom(
  sent: readonly number[],
  before: readonly LabelView[],
  { catalogue }: PutContext,
): readonly LabelView[] {
  const names = new Map(catalogue.labels().map(({ number, name }) => [number, name]))
  const stay = before.filter(({ id }) => sent.includes(id))
  const come = [...new Set(sent)]
    .filter((id) => before.every((label) => label.id !== id))
    .map((id) => ({ id, name: names.get(id) ?? '', color: '#808080' }))
  const isNamed = ({ name }: LabelView) => name !== ''
  const all = [...stay, ...come]
  return [...all.filter(isNamed), ...all.filter((label) => !isNamed(label))]
}

function compared(view: CompanyView): Compared {
  const { id: _, primaryContactId: __, createdAt: ___, updatedAt: ____, ...rest } = view
  return rest
}

function numbersOf({ organization, people }: Dossier): readonly string[] {
  return [organization, ...people].flatMap(({ phones }) => phones.map(({ number }) => number))
}
