/** What is true of one person, in no API's terms. */
export interface Known {
  readonly id: number
  readonly name: string
  /** Components exist only when DigiCert's client sent them. */
  readonly given?: string
  readonly family?: string
  /** In order; at most one that Kare can show. */
  readonly emails: readonly string[]
  /** In order, each once. */
  readonly phones: readonly string[]
  /** Those that DigiCert does not see because its client cleared what stood before them. */
  readonly unseen: readonly string[]
  readonly title: string
  /** An empty one is one, for Kare. */
  readonly comment: string | null
}

/** First name, last name and e-mail as DigiCert shows them: what makes two contacts the same one. */
export interface Triple {
  readonly first_name: string
  readonly last_name: string
  readonly email: string
}

export type ContactType = 'organization_contact' | 'technical_contact'

/** The people of an organization, by id, and who of them answers for what. */
export interface Register {
  readonly people: readonly Known[]
  readonly roles: Readonly<Partial<Record<ContactType | 'primary', number>>>
  /** The greatest id that anybody ever had. */
  readonly lastId: number
}

/** @see src/demo.ts */
export const DEMO_REGISTER: Register = {
  people: [
    known(1, 'Ann Peeters', {
      given: 'Ann',
      family: 'Peeters',
      emails: ['ann@voorbeeld.example'],
      phones: ['016 00 00 10'],
      title: 'Directeur',
    }),
    known(2, 'Bram De Smet', {
      given: 'Bram',
      family: 'De Smet',
      emails: ['bram@voorbeeld.example'],
      phones: ['016 00 00 11'],
    }),
    known(3, 'Chloé Dubois', {
      emails: ['chloe@voorbeeld.example'],
      phones: ['+32 471 00 00 03', '016 00 00 12'],
      comment: 'Belt liever niet op maandag',
    }),
    known(4, 'Dirk Janssens', { phones: ['0472 00 00 04'] }),
  ],
  roles: { organization_contact: 1, technical_contact: 2, primary: 3 },
  lastId: 4,
}

export function known(id: number, name: string, parts: Partial<Known> = {}): Known {
  return { id, name, emails: [], phones: [], unseen: [], title: '', comment: null, ...parts }
}

export function holderOf({ people, roles }: Register, role: ContactType | 'primary'): Known | undefined {
  return people.find(({ id }) => id === roles[role])
}

/** The register with the person in place of the one with that id, or added. */
export function withKnown(register: Register, person: Known): Register {
  const others = register.people.filter(({ id }) => id !== person.id)
  return {
    ...register,
    people: [...others, person].sort((left, right) => left.id - right.id),
    lastId: Math.max(register.lastId, person.id),
  }
}

/** The register without the person, and the person without their roles. */
export function without(register: Register, id: number): Register {
  const roles = Object.entries(register.roles).filter(([, holder]) => holder !== id)
  return {
    ...register,
    people: register.people.filter((person) => person.id !== id),
    roles: Object.fromEntries(roles),
  }
}

export function tripleOf({ name, given, family, emails }: Known): Triple {
  const [email = ''] = emails
  if (given !== undefined && family !== undefined) return { first_name: given, last_name: family, email }
  const space = name.lastIndexOf(' ')
  if (space < 0) return { first_name: '-', last_name: name === '' ? '-' : name, email }
  return { first_name: name.slice(0, space), last_name: name.slice(space + 1), email }
}

/** Called otherwise, a person keeps the components that the new name still has, in their order. */
export function renamed({ given, family, ...person }: Known, name: string): Known {
  const words = ` ${name} `
  const first = given === undefined ? -1 : words.indexOf(` ${given} `)
  const from = given === undefined || first < 0 ? 0 : first + given.length + 1
  const last = family === undefined ? -1 : words.indexOf(` ${family} `, from)
  return {
    ...person,
    name,
    ...(given !== undefined && first >= 0 && { given }),
    ...(family !== undefined && last >= 0 && { family }),
  }
}

/** Kare's form: DigiCert and SuperOffice know e-mails that it hides. */
export const isForKare = (email: string): boolean => !email.includes('!')

/** The e-mail that Kare shows becomes another one, or goes; those that it hides stay. */
export function withEmail(person: Known, email: string | null): Known {
  const sent = email === null ? [] : [email]
  const at = person.emails.findIndex(isForKare)
  const emails = at < 0 ? [...person.emails, ...sent] : person.emails.toSpliced(at, 1, ...sent)
  return { ...person, emails }
}

export function withPhones(person: Known, phones: readonly string[]): Known {
  return { ...person, phones, unseen: person.unseen.filter((phone) => phones.includes(phone)) }
}

/** DigiCert's form has no place for longer ones, nor for none. */
const isForDigicert = (phone: string): boolean => phone !== '' && phone.length <= 32

export function telephoneOf({ phones, unseen }: Known): string | undefined {
  return phones.find((phone) => isForDigicert(phone) && !unseen.includes(phone))
}

/** The telephone that DigiCert shows becomes another one, or goes, and no other takes its place. */
export function withTelephone(person: Known, sent: string | undefined): Known {
  const shown = telephoneOf(person)
  if (sent === shown) return person
  const others = person.phones.filter((phone) => phone !== shown && phone !== sent)
  if (sent === undefined) return { ...person, phones: others, unseen: others.filter(isForDigicert) }
  const place = person.phones.findIndex((phone) => phone === shown || phone === sent)
  const phones = place < 0 ? [...others, sent] : others.toSpliced(place, 0, sent)
  return { ...person, phones, unseen: person.unseen.filter((phone) => phone !== sent) }
}
