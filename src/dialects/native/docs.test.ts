import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { dialects } from '../index.ts'
import { html, PAGE_HEADERS, prose } from './docs/html.ts'
import { isProblemType, problemPage, problemsPage } from './docs/problem-pages.ts'
import { referencePage } from './docs/reference-page.ts'
import { documentOf } from './openapi/document.ts'
import { PROBLEM_TYPES } from './problems.ts'

const pages: readonly (readonly [name: string, text: string])[] = [
  ...dialects.map(
    (dialect) =>
      [dialect.name, referencePage(documentOf(dialect, 'http://localhost:8080', '1'), dialect.name)] as const,
  ),
  ...Object.keys(PROBLEM_TYPES)
    .filter(isProblemType)
    .map((type) => [type, problemPage(type)] as const),
  ['problems', problemsPage()],
]

/** Elements whose end tags HTML lets one leave out. @see WHATWG HTML §13.1.2.4 */
const ENDLESS = ['meta', 'br', 'li', 'td', 'th', 'tr']

function unbalanced(text: string): readonly string[] {
  const open: string[] = []
  for (const [, slash, name = ''] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (ENDLESS.includes(name)) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) return [`</${name}>`]
  }
  return open
}

for (const [name, text] of pages) {
  describe(`the page ${name}`, () => {
    test('is whole, and loads and runs nothing', () => {
      deepEqual(unbalanced(text.replace('<!doctype html>', '')), [])
      ok(!/<(?:script|link|img|iframe|object|form)\b|\son[a-z]+=|javascript:/i.test(text))
      deepEqual(
        [...text.matchAll(/(?:href|src)="(https?:[^"]*)"/g)].map(([, url]) => url),
        [],
      )
    })

    test('leads only to places that it has', () => {
      const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
      equal(new Set(ids).size, ids.length)
      const links = [...text.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
      deepEqual(
        links.filter((id) => !ids.includes(id)),
        [],
      )
    })
  })
}

test('no text becomes markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '`', 'a', '/') }), (text) => {
      ok(!/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(html`${text}`.html))
      equal(/<(?!\/?code>)/.test(prose(text).html), false)
    }),
  )
})

test('the one style is the one that the policy lets in', async () => {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(problemsPage()) ?? []
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64')
  ok(PAGE_HEADERS['content-security-policy']?.includes(`style-src 'sha256-${digest}'`))
})
