/** Sources as numbered footnotes, in the order in which the page first rests on them. */
import type { CodePage, Source } from '../../queries/code-page.ts'
import { day, isSchedule } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

export interface Footnotes {
  /** Links to the footnotes of columns, each once. */
  marks(...columns: readonly string[]): Content
  readonly list: Content
}

/** `columns` are those that the page shows, in the order of reading. */
export function footnotesOf(page: CodePage, columns: readonly string[]): Footnotes {
  const texts: string[] = []
  const items: Html[] = []
  const numbers = new Map<string, number>()
  for (const column of columns) {
    const source = page.provenance[column]
    if (!source || numbers.has(column)) continue
    const key = source.source === 'CMS' ? source.release : source.file
    if (!texts.includes(key)) {
      texts.push(key)
      items.push(textOf(source))
    }
    numbers.set(column, texts.indexOf(key) + 1)
  }
  return {
    marks(...asked) {
      const found = new Set(asked.map((column) => numbers.get(column)).filter(Boolean))
      return [...found]
        .toSorted()
        .map(
          (number) =>
            html`<sup class="mark"><a href="#source-${number}" aria-label="Source ${number}">${number}</a></sup>`,
        )
    },
    list: items.map((item, index) => html`<li id="source-${index + 1}">${item}</li>\n`),
  }
}

function textOf(source: Source): Html {
  if (source.source === 'CMS') {
    const what = isSchedule(source.release)
      ? 'National Physician Fee Schedule Relative Value File'
      : 'HCPCS Level II file'
    return html`CMS, ${what}, release ${source.release}, in force since ${day(source.effective_from)}.`
  }
  const about = source.file.startsWith('editorial/codes/') ? 'this code' : 'codes of its kind'
  const state =
    source.reviewed_on && source.status === 'reviewed'
      ? `reviewed on ${day(source.reviewed_on)} against ${source.reviewed_against}`
      : 'a draft that nobody has reviewed yet'
  return html`Our own text on ${about}, ${state}.${source.sources.length > 0 && html` It rests on: <ul>${source.sources.map((name) => html`<li>${name}</li>`)}</ul>`}`
}
