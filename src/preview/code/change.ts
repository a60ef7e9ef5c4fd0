/** How an amount changed since a day, in words. */
import { changeOf, listed } from '../format.ts'
import { type Html, html } from '../html.ts'

/** `days` say since when; they stand for the same amount before. */
export function changeLine(before: string, after: string, days: readonly string[]): Html {
  const { direction, amount, percent } = changeOf(before, after)
  const since = `since ${listed(days)}`
  if (direction === 'same') return html`<p class="change">unchanged ${since}</p>`
  return html`<p class="change ${direction}"><b><span aria-hidden="true">${direction === 'up' ? '▲' : '▼'}</span> ${direction} ${amount}${percent && ` (${percent})`}</b> ${since}</p>`
}
