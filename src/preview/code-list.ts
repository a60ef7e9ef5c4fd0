/** Codes with their names, as links; a code that the site has no page of is text. */
import { type Html, html } from './html.ts'
import type { Site } from './site.ts'

interface Line {
  readonly hcpcs: string
  readonly name: string | null
  /** Absent where every code has a page. */
  readonly paged?: boolean
  /** Absent where it is not said. */
  readonly in_schedule?: boolean
  readonly description?: string | null
}

export const codeList = (site: Site, codes: readonly Line[]): Html =>
  html`<ul class="codes">${codes.map((line) => html`<li>${item(site, line)}</li>\n`)}</ul>`

function item(site: Site, line: Line): Html {
  const { hcpcs, name, paged = true, in_schedule: listed = true, description } = line
  const text = html`<b class="code">${hcpcs}</b> <span>${name}${description && description !== name && html`<small>${description}</small>`}${!listed && html`<small>Not in the physician fee schedule of today.</small>`}</span>`
  return paged && site.has(hcpcs)
    ? html`<a href="${site.page('codes', hcpcs)}">${text}</a>`
    : html`<div>${text}</div>`
}
