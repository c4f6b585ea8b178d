import fc from 'fast-check'
import type { Dossier } from '../../core/dossier.ts'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { contacts } from './lens/contacts.ts'
import { organization } from './lens/organization.ts'
import {
  contactEdits,
  digicertDossiers,
  isValidContact,
  newContacts,
  organizationEdits,
} from './testing/random-bodies.ts'
import type { ContactFields, ContactsInput, ContactsView, ContactType, OrganizationInput } from './wire.ts'
import { CONTACT_TYPES } from './wire.ts'

/** What takes the place of the id of somebody new. */
const NEW = 'new'

type Ided = Readonly<Partial<Record<ContactType, ContactFields & { readonly id: number | typeof NEW }>>>

lensLaws<ContactsView, ContactsInput, Ided>('contacts', contacts, {
  inputs: (dossier) => contactInputs(contacts.get(dossier, {} as never), dossier),
  canon: contactsAfter,
  compare: withNewIds,
  isValid: (input) => CONTACT_TYPES.every((type) => isValidContact(input[type])),
  dossiers: digicertDossiers(),
})

type OrganizationAfter = Omit<OrganizationInput, ContactType> & Ided

lensLaws<ReturnType<typeof organization.get>, OrganizationInput, OrganizationAfter>(
  'organization',
  organization,
  {
    inputs: (dossier, context) => {
      const echo = organization.echo(organization.get(dossier, context))
      return fc
        .tuple(organizationEdits(echo), contactInputs(contacts.get(dossier, context), dossier))
        .map(([{ organization_contact: _, technical_contact: __, ...fields }, sent]) => ({
          ...fields,
          ...(typeof sent.organization_contact === 'object' && {
            organization_contact: sent.organization_contact,
          }),
          ...(typeof sent.technical_contact === 'object' && { technical_contact: sent.technical_contact }),
        }))
    },
    canon: (
      { organization_contact, technical_contact },
      { organization_contact: first, technical_contact: second, ...fields },
    ) => ({
      ...fields,
      ...contactsAfter(
        {
          ...(organization_contact && { organization_contact }),
          ...(technical_contact && { technical_contact }),
        },
        { ...(first && { organization_contact: first }), ...(second && { technical_contact: second }) },
      ),
    }),
    compare: (view) => {
      const { organization_contact: _, technical_contact: __, ...fields } = organization.echo(view)
      const { organization_contact, technical_contact } = view
      return {
        ...fields,
        ...withNewIds({
          ...(organization_contact && { organization_contact }),
          ...(technical_contact && { technical_contact }),
        }),
      }
    },
    isValid: (input) => CONTACT_TYPES.every((type) => isValidContact(input[type])),
    canonOfCreate: ({ organization_contact: first, technical_contact: second, ...fields }) => ({
      ...fields,
      ...(first && { organization_contact: { ...first, id: NEW } }),
      ...(second && { technical_contact: { ...second, id: NEW } }),
    }),
    dossiers: digicertDossiers(),
  },
)

/** What the vendor promises of each type, in its own terms. @see specs/digicert.md 3.3 and design §10.3.15 */
function contactsAfter(view: ContactsView, sent: ContactsInput): Ided {
  const after: { [Type in ContactType]?: Ided[Type] | undefined } = { ...view }
  const { organization_contact: first, technical_contact: second } = view
  const isShared = first !== undefined && first.id === second?.id
  for (const type of CONTACT_TYPES) {
    const contact = sent[type]
    const current = view[type]
    if (contact === undefined) continue
    if (contact === 'removed') {
      after[type] = undefined
      continue
    }
    const isSame =
      current !== undefined &&
      (['first_name', 'last_name', 'email'] as const).every((member) => current[member] === contact[member])
    after[type] = { ...contact, id: isSame ? current.id : NEW }
    if (!isShared || !isSame) continue
    const other = type === 'organization_contact' ? 'technical_contact' : 'organization_contact'
    const isOtherInPlace = sent[other] !== undefined && after[other]?.id === current.id
    if (sent[other] === undefined) after[other] = after[type]
    else if (type === 'technical_contact' && isOtherInPlace && !isEqual(sent[other], contact)) {
      after[type] = { ...contact, id: NEW }
    }
  }
  return Object.fromEntries(Object.entries(after).filter(([, contact]) => contact !== undefined))
}

function isEqual(left: unknown, right: unknown): boolean {
  const sorted = (value: unknown) => JSON.stringify(Object.entries(value as object).sort())
  return sorted(left) === sorted(right)
}

function withNewIds(view: ContactsView): Ided {
  return Object.fromEntries(
    Object.entries(view).map(([type, contact]) => [
      type,
      { ...contact, id: contact.id >= 1_000 ? NEW : contact.id },
    ]),
  )
}

function contactInputs(view: ContactsView, { people }: Dossier): fc.Arbitrary<ContactsInput> {
  const numbers = people.flatMap(({ phones }) => phones.map(({ number }) => number))
  const sent = (type: ContactType): fc.Arbitrary<ContactFields> => {
    const current = view[type]
    if (current === undefined || !isValidContact(current)) return newContacts(numbers)
    const { id: _, ...fields } = current
    return fc.oneof({ weight: 3, arbitrary: contactEdits(fields, numbers) }, newContacts(numbers))
  }
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
  return fc
    .record({
      organization_contact: optional(sent('organization_contact')),
      technical_contact: optional(
        fc.oneof({ weight: 4, arbitrary: sent('technical_contact') }, fc.constant('removed' as const)),
      ),
    })
    .map(({ organization_contact, technical_contact }) => ({
      ...(organization_contact !== undefined && { organization_contact }),
      ...(technical_contact !== undefined && { technical_contact }),
    }))
}
