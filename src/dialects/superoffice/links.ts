/** What stands for the contact's id while the texts are made. */
const ID = '@contact@'

/** Lists of the entity's references. @see specs/superoffice.md 1.12 */
const LISTS = [
  ['Interests', 'contint'],
  ['Associate', 'associate'],
  ['Business', 'business'],
  ['Category', 'category'],
  ['Country', 'country'],
  ['SupportAssociate', 'associate'],
  ['TicketPriority', 'ticketpriority'],
  ['CustomerLanguage', 'customerlanguage'],
] as const

const ARCHIVES = [
  'Activities',
  'Appointments',
  'Documents',
  'Projects',
  'Sales',
  'Persons',
  'Relations',
  'Tickets',
] as const

let lastBase = ''
let lastPieces: readonly string[] = []

/** The JSON of a contact's links. @param baseUrl without a slash at its end */
export function linksJson(baseUrl: string, contactId: number): string {
  if (baseUrl !== lastBase) {
    lastPieces = JSON.stringify(linksOf(baseUrl, ID)).split(ID)
    lastBase = baseUrl
  }
  return lastPieces.join(String(contactId))
}

function linksOf(baseUrl: string, contactId: string): Readonly<Record<string, string>> {
  const api = `${baseUrl}/api/v1`
  const contact = `${api}/Contact/${contactId}`
  return Object.fromEntries([
    ['Self', contact],
    ['Self.Simple', `${contact}/Simple`],
    ['UdefLayout', `${api}/Contact/UdefLayout/Published`],
    ...LISTS.map(([member, list]) => [`${member}.List`, `${api}/MDOList/${list}`]),
    ['Archive', `${api}/Contact`],
    ...ARCHIVES.map((archive) => [`Archive.${archive}`, `${contact}/${archive}`]),
  ])
}
