import type { Route } from '../dialect.ts'
import { archiveCompany, createCompany, getCompany, listCompanies, patchCompany } from './routes/companies.ts'
import { addContacts, deleteContact, listContacts, patchContact } from './routes/contacts.ts'
import { logIn, logInToBackOffice, refreshTokens, verifyToken } from './routes/tokens.ts'
import { CHOICES } from './wire.ts'

const COMPANIES = '/companies/v2/rs'
const COMPANY = `${COMPANIES}/:companyId`
const CONTACTS = `${COMPANY}/contacts`
const CONTACT = `${CONTACTS}/:contactId`

/** @see specs/kare.md 1.1, 3 */
export const routes: readonly Route[] = [
  { method: 'PATCH', path: CONTACT, access: 'required', handle: patchContact },
  { method: 'DELETE', path: CONTACT, access: 'required', handle: deleteContact },
  { method: 'GET', path: CONTACTS, access: 'required', handle: listContacts },
  { method: 'POST', path: CONTACTS, access: 'required', handle: addContacts },
  { method: 'GET', path: COMPANIES, access: 'required', handle: listCompanies },
  { method: 'POST', path: COMPANIES, access: 'required', handle: createCompany },
  { method: 'GET', path: COMPANY, access: 'required', handle: getCompany },
  { method: 'PATCH', path: COMPANY, access: 'required', handle: patchCompany },
  { method: 'DELETE', path: COMPANY, access: 'required', handle: archiveCompany },
  { method: 'POST', path: '/auth/v1/rs/login/credentials', access: 'open', handle: logIn },
  { method: 'POST', path: '/auth/v1/rs/token/verify', access: 'open', handle: verifyToken },
  { method: 'POST', path: CHOICES.refreshPath, access: 'open', handle: refreshTokens },
  { method: 'POST', path: '/auth-rs/v2/bo/login', access: 'open', handle: logInToBackOffice },
]
