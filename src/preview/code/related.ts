/** Codes to look at next. */
import type { CodeLine } from '../../queries/code-lists.ts'
import type { CodePage } from '../../queries/code-page.ts'
import { codeList } from '../code-list.ts'
import { type Content, html } from '../html.ts'
import type { Site } from '../site.ts'
import type { Related } from './data.ts'

export function relatedSection(
  site: Site,
  { family }: CodePage,
  { variants, mentioned, prices }: Related,
): Content {
  const list = (title: string, codes: readonly CodeLine[]) =>
    codes.length > 0 && html`<h3>${title}</h3>${codeList(site, codes, prices)}`
  return [
    list('Next to it', variants),
    list('Named on this page', mentioned),
    family &&
      html`<p><a href="${site.page('browse', family.family)}">All codes of the kind ‘${family.name}’</a></p>`,
  ]
}
