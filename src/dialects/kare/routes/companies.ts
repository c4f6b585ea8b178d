import type { Reply, Request, Services } from '../../dialect.ts'
import { renderedBytes } from '../../kit/rendered.ts'
import { readCompanyPatch, readNewCompany } from '../bodies.ts'
import { archive } from '../lens/archive.ts'
import { company, inputOfCompany } from '../lens/company.ts'
import { readListQuery } from '../list-query.ts'
import { readNames, readQuery } from '../parameters.ts'
import { readIds } from '../paths.ts'
import { peopleFor, savedCompany, shownCompany } from '../shown-company.ts'
import type { CompanyInput } from '../wire/company.ts'
import { COMPANY_EXTENSIONS, COMPANY_FIELDS, COMPANY_LIST_EXTENSIONS } from '../wire/company.ts'
import { CHOICES } from '../wire.ts'
import { pageOfCompanies } from './company-page.ts'
import { json, jsonText, keyOf, requireJson, requireOpen } from './reading.ts'

export async function listCompanies(request: Request, { directory }: Services): Promise<Reply> {
  const asked = readListQuery(request.query, {
    extensions: COMPANY_LIST_EXTENSIONS,
    fields: COMPANY_FIELDS,
    hasType: true,
  })
  const { items, page, total } = await pageOfCompanies(request.asker, directory, asked)
  return json(200, {
    data: items.map((found) => shownCompany(found, asked.extend)),
    ...(asked.includeCount && { totalCount: total }),
    pagination: { page, pageSize: asked.pageSize },
  })
}

export async function getCompany(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  const extend = readQuery(request.query, (asked) => readNames(asked, 'extend', COMPANY_EXTENSIONS))
  const found = await directory.find(request.asker, keyOf(request, companyId), peopleFor(extend))
  const render = () => JSON.stringify(shownCompany(found, extend))
  // All contacts of a company, in many forms, are too much to keep.
  const isSmall = !extend.has('contacts')
  const form = `kare company ${[...extend].sort().join(' ')}`
  return jsonText(200, isSmall ? renderedBytes(found, form, render) : render())
}

export async function createCompany(request: Request, { directory }: Services): Promise<Reply> {
  requireJson(request)
  const input = readNewCompany(request.body)
  const found = await directory.execute(request.asker, {
    lens: company,
    target: 'new',
    input,
    permission: 'organizations.create',
  })
  return json(CHOICES.statuses.companyCreated, savedCompany(found))
}

export async function patchCompany(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  requireJson(request)
  const patch = readCompanyPatch(request.body)
  const found = await directory.execute(request.asker, {
    lens: company,
    target: keyOf(request, companyId),
    input: (view): CompanyInput => ({ ...inputOfCompany(view), ...patch }),
    permission: 'organizations.edit',
    require: requireOpen,
  })
  return json(CHOICES.statuses.companyUpdated, savedCompany(found))
}

/** Archived twice is archived once. */
export async function archiveCompany(request: Request, { directory }: Services): Promise<Reply> {
  const { companyId } = readIds(request.params, ['companyId'])
  await directory.execute(request.asker, {
    lens: archive,
    target: keyOf(request, companyId),
    input: true,
    permission: 'organizations.edit',
  })
  return { status: CHOICES.statuses.companyArchived }
}
