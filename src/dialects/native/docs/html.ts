import { createHash } from 'node:crypto'
import type { Headers } from '../../dialect.ts'
import { STYLE } from './style.ts'

/** HTML that is safe to be put into HTML. Nothing else is a `Markup`: texts are escaped on their way in. */
export interface Markup {
  readonly html: string
}

type Piece = Markup | string | number | undefined | readonly Piece[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML with pieces in it; those that are texts stand there as texts. */
export function html(strings: readonly string[], ...pieces: readonly Piece[]): Markup {
  return { html: strings.map((text, at) => text + written(pieces[at])).join('') }
}

function written(piece: Piece): string {
  if (piece === undefined) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'html' in piece ? (piece as Markup).html : (piece as readonly Piece[]).map(written).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

/** A sentence in which what stands between backticks is code. */
export function prose(text: string): Markup {
  const pieces = text.split('`')
  return html`${pieces.map((piece, at) => (at % 2 === 1 ? html`<code>${piece}</code>` : piece))}`
}

/** What may be the name of a place on a page. */
export function anchorOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]+/g, '-')
}

interface Page {
  readonly title: string
  readonly navigation?: Markup
  readonly content: Markup
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** Nothing is loaded from anywhere, nothing is run: the one style is known by its hash. @see CSP Level 3 */
export const PAGE_HEADERS: Headers = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export const HTML_TYPE = 'text/html; charset=utf-8'

export function pageOf({ title, navigation, content }: Page): string {
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Polydex</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><a href="/docs">Polydex</a></header>
${navigation === undefined ? undefined : html`<nav aria-label="On this page">${navigation}</nav>`}
<main id="content">
${content}
</main>
</body>
</html>
`
  return text
}
