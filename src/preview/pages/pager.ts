/** Links to the page before and after, where a list has several. */
import { type Content, html } from '../html.ts'

export function pager(page: number, pages: number, address: (page: number) => string): Content {
  if (pages === 1) return null
  const to = (number: number, rel: string) =>
    html`<a rel="${rel}" href="${address(number)}">Page ${number}</a>`
  return html`<nav class="pages" aria-label="Pages">${page > 1 && to(page - 1, 'prev')} <span>Page ${page} of ${pages}</span> ${page < pages && to(page + 1, 'next')}</nav>`
}
