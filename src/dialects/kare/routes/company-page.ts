import { setImmediate } from 'node:timers/promises'
import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import type { People } from '../../../core/dossier.ts'
import { Problem, problem } from '../../../core/problem.ts'
import type { CompanyQuery } from '../company-list.ts'
import { searchBefore, searchFor } from '../company-list.ts'
import type { PageOf } from '../contact-list.ts'
import { isFoundIn } from '../contact-list.ts'
import { company } from '../lens/company.ts'
import { pageWith } from '../list-query.ts'
import { peopleFor } from '../shown-company.ts'
import { CHOICES } from '../wire.ts'

/** The page of companies that is asked for, each with the people that it shows. */
export async function pageOfCompanies(
  asker: Asker,
  directory: Directory,
  asked: CompanyQuery,
): Promise<PageOf<Found>> {
  const people = peopleFor(asked.extend)
  if (asked.where.email !== undefined) {
    return pageByEmail(asked, await findByEmail(asker, directory, asked, people))
  }
  const page = await pageOfSearch(asker, directory, asked)
  const { items, total } = await directory.search(asker, {
    ...searchFor(asked),
    offset: (page - 1) * asked.pageSize,
    limit: asked.pageSize,
    ...(!asked.includeCount && { isUncounted: true }),
  })
  return { items: await withPeople(asker, directory, items, people), page, total }
}

/** The page with the company that shall be found; the one that is asked for when it is not in the list. */
async function pageOfSearch(asker: Asker, directory: Directory, asked: CompanyQuery): Promise<number> {
  const { findId } = asked
  if (findId === undefined) return asked.page
  const search = searchFor(asked)
  const { holds } = search.exact
  const { items } = await directory.search(asker, {
    ...search,
    where: { all: [search.where, { column: 'number', in: [String(findId)] }] },
    exact: {
      ...search.exact,
      holds: (found) => found.dossier.organization.number === findId && holds(found),
    },
    offset: 0,
    limit: 1,
  })
  const [found] = items
  if (found === undefined) return asked.page
  const before = { ...searchBefore(asked, found.dossier.organization), offset: 0, limit: 0 }
  return pageWith((await directory.search(asker, before)).total, asked)
}

/**
 * All that are asked for with an e-mail, in their order. No index knows the e-mail of a primary contact, so that each
 * company that has one is looked at.
 * @param most companies to be looked at
 * @throws Problem body-invalid when there are more
 */
export async function findByEmail(
  asker: Asker,
  directory: Directory,
  asked: CompanyQuery,
  people: People,
  most: number = CHOICES.mostSearchedByEmail,
): Promise<readonly Found[]> {
  const { email = '' } = asked.where
  const { items, total } = await directory.search(asker, { ...searchFor(asked), offset: 0, limit: most })
  if (total > most) {
    const violation = { path: ['whereEmail'], keyword: 'tooMany', params: { limit: most } }
    throw problem('body-invalid', { violations: [violation] })
  }
  const found: Found[] = []
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = await withPeople(asker, directory, items.slice(at, at + BATCH), people)
    found.push(
      ...batch.filter(({ dossier, context }) => isFoundIn(company.get(dossier, context).email, email)),
    )
    // Other requests wait no longer than a batch takes.
    await setImmediate()
  }
  return found
}

const BATCH = 100

function pageByEmail(asked: CompanyQuery, found: readonly Found[]): PageOf<Found> {
  const index = found.findIndex(({ dossier }) => dossier.organization.number === asked.findId)
  const page = index < 0 ? asked.page : pageWith(index, asked)
  const from = (page - 1) * asked.pageSize
  return { items: found.slice(from, from + asked.pageSize), page, total: found.length }
}

/** The companies with their people; without those that have gone since they were found. */
async function withPeople(
  asker: Asker,
  directory: Directory,
  items: readonly Found[],
  people: People,
): Promise<readonly Found[]> {
  const loaded = await Promise.all(
    items.map((found) => {
      const { id, roles } = found.dossier.organization
      const isAlone = people === company.people && roles['primary-contact'] === undefined
      return isAlone ? found : findIfThere(asker, directory, id, people)
    }),
  )
  return loaded.filter((found) => found !== undefined)
}

async function findIfThere(
  asker: Asker,
  directory: Directory,
  id: string,
  people: People,
): Promise<Found | undefined> {
  try {
    return await directory.find(asker, { tenant: asker.tenant, id }, people)
  } catch (error) {
    if (error instanceof Problem && (error.is('not-found') || error.is('forbidden'))) return undefined
    throw error
  }
}
