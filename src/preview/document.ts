/** The frame of every page: head, skip link, navigation, search box and footer. */
import { PAID_NATIONALLY } from './code-list.ts'
import { type Html, html } from './html.ts'
import { type Page, SHEETS } from './page.ts'
import type { Site } from './site.ts'

/** As a header from the server, and as a meta element in exported files. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ')

export function documentOf(site: Site, page: Page): Html {
  const { title, main, query = '', hero, sheets = SHEETS } = page
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${site.static && html`<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`}
<title>${title} · cms-fees</title>
<link rel="icon" href="${site.file('icon.svg')}">
${['tokens', 'frame', 'lists', ...sheets].map(
  (name) => html`<link rel="stylesheet" href="${site.file(`${name}.css`)}">
`,
)}<link rel="stylesheet" href="${site.file('print.css')}" media="print">
<script defer src="${site.file('search.js')}"></script>
${site.static && html`<script defer src="${site.file('near.js')}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="site"><div>
<a class="brand" href="${site.page()}">cms-fees</a>
${!hero && searchForm(site, query)}
<nav aria-label="Site"><a href="${site.page('browse')}">Codes</a> <a href="${site.page('releases')}">Releases</a></nav>
</div></header>
<main id="main" tabindex="-1">
${hero}
<div id="results" hidden></div>
<div id="content">${main}</div>
</main>
<footer class="site"><p>Medicare fee schedules as CMS publishes them, with original editorial content. Not billing advice: check with the payer.</p></footer>
</body>
</html>
`
}

/** A plain GET form; search.js shows results while one types, from an address or a static index. */
export function searchForm(site: Site, query: string): Html {
  const source = site.static ? site.file('codes.json') : site.page('results')
  return html`<form role="search" action="${site.page()}" method="get" data-source="${source}" data-codes="${site.page('codes', 'CODE')}"${site.static && html` data-note="${PAID_NATIONALLY}"`}>
<label for="q">Search codes</label>
<input id="q" name="q" type="search" value="${query}" placeholder="Code, name or synonym" autocomplete="off" spellcheck="false" maxlength="200">
<button>Search</button>
<span id="found" class="unseen" role="status"></span>
</form>`
}
