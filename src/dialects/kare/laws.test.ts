import fc from 'fast-check'
import type { Dossier } from '../../core/dossier.ts'
import type { PutContext } from '../../core/lens.ts'
import { lensLaws } from '../../core/testing/lens-laws.ts'
import { contact, inputOf } from './lens/contact.ts'
import { newContacts } from './lens/contacts.ts'
import { contactInputs, kareDossiers } from './testing/random-bodies.ts'
import type { ContactInput, ContactView, NewContact } from './wire/contact.ts'

/** `updatedAt` moves with what is saved; its own tests tell when. The id and the times of somebody new are the server's. */
type Compared = Omit<ContactView, 'id' | 'updatedAt' | 'createdAt'>

lensLaws<ContactView | undefined, ContactInput | undefined, ContactView | undefined>('contact', contact, {
  inputs: (dossier, context) => {
    const view = contact.get(dossier, context)
    return view === undefined ? fc.constant(undefined) : contactInputs(inputOf(view), numbersOf(dossier))
  },
  canon: (view, input, { at }) =>
    view && input && { ...view, ...shownFrom(input, view.notifyAt ?? at), updatedAt: '' },
  compare: (view) => view && { ...view, updatedAt: '' },
  dossiers: kareDossiers(),
})

// With all people loaded, so that what becomes of those that are there is seen.
lensLaws<readonly ContactView[], readonly NewContact[], readonly Compared[]>(
  'new contacts',
  { ...newContacts, people: 'all' },
  {
    inputs: (dossier) =>
      fc.array(
        contactInputs(
          { notify: false, name: '', email: null, phones: [], comment: null },
          numbersOf(dossier),
        ),
        { maxLength: 3 },
      ),
    canon: (views, sent, { at }: PutContext) => [
      ...views.map(compared),
      ...sent.map((input) => ({
        ...shownFrom({ email: null, phones: [], comment: null, ...input }, at),
        companyId: 1,
      })),
    ],
    compare: (views) => views.map(compared),
    isState: false,
    dossiers: kareDossiers(),
  },
)

/** What is shown of what was sent: the same, and a date in place of the instruction. */
function shownFrom({ notify, name, email, phones, comment }: ContactInput, dueAt: string) {
  return { name, email, phones, comment, notifyAt: notify ? dueAt : null }
}

function compared({ id: _, updatedAt: __, createdAt: ___, ...view }: ContactView): Compared {
  return view
}

function numbersOf({ people }: Dossier): readonly string[] {
  return people.flatMap(({ phones }) => phones.map(({ number }) => number))
}
