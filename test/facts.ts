/** What is true of the first organization of the demo, in no API's terms. */
export interface Facts {
  readonly name: string
  readonly frenchName: string
  readonly description: string
  readonly department: string
  readonly note: string
  readonly website: string
  readonly emails: readonly Labelled[]
  readonly phones: readonly (Labelled & { readonly isVoice: boolean })[]
  readonly faxes: readonly Labelled[]
  readonly links: readonly Labelled[]
  readonly street: Street
  readonly frenchStreet: Street
  /** What Kare calls the place, until somebody changes an address; empty when it says nothing of its own. */
  readonly place: string
  /** By number. */
  readonly people: readonly PersonFacts[]
  /** Number of the person. */
  readonly officer: number
  readonly technician: number
  readonly primary: number
  /** Everything that was ever made up: no value comes twice, and none resembles another. */
  readonly madeUp: number
}

/** An empty label is none. */
export interface Labelled {
  readonly value: string
  readonly label: string
}

export interface Street {
  readonly line: string
  readonly city: string
  readonly postalCode: string
}

export interface PersonFacts {
  readonly number: number
  readonly first: string
  readonly last: string
  readonly email: string
  readonly phones: readonly { readonly value: string; readonly extension: string }[]
  readonly title: string
  readonly comment: string
  /** 0 = nobody said. */
  readonly languageId: number
}

const person = (number: number, first: string, last: string, parts: Partial<PersonFacts>): PersonFacts => ({
  number,
  first,
  last,
  email: '',
  phones: [],
  title: '',
  comment: '',
  languageId: 0,
  ...parts,
})

const labelled = (value: string, label = ''): Labelled => ({ value, label })
const phone = (value: string, extension = '') => ({ value, extension })

/** @see src/demo.ts */
export const DEMO_FACTS: Facts = {
  name: 'Voorbeeld vzw',
  frenchName: 'Exemple asbl',
  description: 'Een vereniging die niet bestaat, met gegevens die wel kloppen.',
  department: 'Hoofdzetel',
  note: 'Interne nota',
  website: 'https://www.voorbeeld.example',
  emails: [labelled('info@voorbeeld.example', 'Onthaal'), labelled('pers@voorbeeld.example')],
  phones: [
    { ...labelled('016 00 00 00', 'Onthaal'), isVoice: true },
    { ...labelled('+32 470 12 34 56'), isVoice: false },
  ],
  faxes: [labelled('016 00 00 01')],
  links: [labelled('https://www.voorbeeld.example/contact', 'Contact')],
  street: { line: 'Markt 1', city: 'Leuven', postalCode: '3000' },
  frenchStreet: { line: 'Grand-Place 1', city: 'Louvain', postalCode: '3000' },
  place: '',
  people: [
    person(1, 'Ann', 'Peeters', {
      email: 'ann@voorbeeld.example',
      phones: [phone('016 00 00 10', '10')],
      title: 'Directeur',
      languageId: 1,
    }),
    person(2, 'Bram', 'De Smet', { email: 'bram@voorbeeld.example', phones: [phone('016 00 00 11')] }),
    person(3, 'Chloé', 'Dubois', {
      email: 'chloe@voorbeeld.example',
      phones: [phone('+32 471 00 00 03'), phone('016 00 00 12')],
      comment: 'Belt liever niet op maandag',
    }),
    person(4, 'Dirk', 'Janssens', { phones: [phone('0472 00 00 04')] }),
  ],
  officer: 1,
  technician: 2,
  primary: 3,
  madeUp: 0,
}

export function personWith(facts: Facts, number: number): PersonFacts {
  const found = facts.people.find((candidate) => candidate.number === number)
  if (found === undefined) throw new Error(`no person ${number}`)
  return found
}

export function withPerson(facts: Facts, person: PersonFacts): Facts {
  const others = facts.people.filter(({ number }) => number !== person.number)
  return { ...facts, people: [...others, person].sort((left, right) => left.number - right.number) }
}
