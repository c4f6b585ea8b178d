import type { ProblemType } from '../problems.ts'
import { PROBLEM_TYPES } from '../problems.ts'
import type { Markup } from './html.ts'
import { html, pageOf, prose } from './html.ts'
import { EXPLANATIONS } from './problem-texts.ts'

export function isProblemType(name: string): name is ProblemType {
  return Object.hasOwn(PROBLEM_TYPES, name)
}

/** What a problem of one type means, what to do about it, and what one looks like. Pure. @see RFC 9457 §4 */
export function problemPage(type: ProblemType): string {
  const { status, title } = PROBLEM_TYPES[type]
  const { means, todo, example = {} } = EXPLANATIONS[type]
  const document = { type: `/docs/problems/${type}`, title, status, ...example }
  return pageOf({
    title,
    content: html`<h1>${title}</h1>
<p>Type <code>/docs/problems/${type}</code>, status <strong>${status}</strong>.</p>
<h2 id="means">What it means</h2>
<p>${prose(means)}</p>
<h2 id="todo">What to do</h2>
<p>${prose(todo)}</p>
<h2 id="example">Example</h2>
<pre><code>${JSON.stringify(document, undefined, 2)}</code></pre>
<p><a href="/docs/problems">All problems</a></p>`,
  })
}

export function problemsPage(): string {
  return pageOf({ title: 'Problems', content: html`<h1>Problems</h1>${problemTable()}` })
}

export function problemTable(): Markup {
  const rows = Object.entries(PROBLEM_TYPES).map(
    ([
      type,
      { status, title },
    ]) => html`<tr><td>${status}<td><a href="/docs/problems/${type}">${type}</a><td>${title}</tr>
`,
  )
  return html`<p>Every problem of the native API is a document of <code>application/problem+json</code> (RFC 9457). Its type is one of these.</p>
<table><thead><tr><th scope="col">Status<th scope="col">Type<th scope="col">Title</tr></thead><tbody>
${rows}</tbody></table>`
}
