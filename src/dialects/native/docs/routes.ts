import { notFound } from '../../../core/problem.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { cachedFor, open, shown } from '../openapi/routes.ts'
import type { Markup } from './html.ts'
import { HTML_TYPE, html, PAGE_HEADERS, pageOf, prose } from './html.ts'
import { isProblemType, problemPage, problemsPage } from './problem-pages.ts'
import { referencePage } from './reference-page.ts'

/** What every API takes and answers, for people. */
export const docsRoutes: readonly Route[] = [
  // Who opens the server in a browser is shown what there is to read.
  open('/', ({ asker: { baseUrl } }) => ({ status: 302, headers: { location: `${baseUrl}/docs` } })),
  open('/docs', (request, { apis }) => page(request, indexPage(apis))),
  open('/docs/:name', reference),
  open('/docs/problems/:page', (request) => {
    const name = request.params['page'] ?? ''
    if (!isProblemType(name)) throw notFound('page', name)
    return page(request, problemPage(name))
  }),
]

const textOf = cachedFor((document, name) => referencePage(document, name))

function reference(request: Request, { apis }: Services): Reply {
  const name = request.params['name'] ?? ''
  if (name === 'problems') return page(request, problemsPage())
  const dialect = apis.find((one) => one.name === name)
  if (dialect === undefined) throw notFound('page', name)
  return page(request, textOf(dialect, request.asker.baseUrl))
}

function page(request: Request, text: string): Reply {
  return shown(request, text, HTML_TYPE, PAGE_HEADERS)
}

function indexPage(apis: Services['apis']): string {
  const row = ({
    name,
    reference: { title, description },
  }: Services['apis'][number]): Markup => html`<section aria-labelledby="${name}">
<h2 id="${name}"><a href="/docs/${name}">${title}</a></h2>
<p>${prose(description)}</p>
<p><a href="/openapi/${name}.json">OpenAPI 3.1</a></p>
</section>
`
  return pageOf({
    title: 'Reference',
    content: html`<h1>One directory, in every API</h1>
<p>All of these read and write the same record of every organization and its people.</p>
${apis.map(row)}
<h2 id="problems"><a href="/docs/problems">Problems</a></h2>
<p>What can go wrong in the native API, and what to do about it.</p>`,
  })
}
