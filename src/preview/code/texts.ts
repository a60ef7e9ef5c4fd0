/** Sections of prose, lists and questions. */
import type { CodePage, Question } from '../../queries/code-page.ts'
import { count } from '../format.ts'
import { type Content, html } from '../html.ts'

/** A paragraph for each block of text that an empty line ends. */
export const paragraphs = (text: string | null): Content =>
  text?.split(/\n\s*\n/).map((part) => html`<p>${part}</p>`)

export function billingSection(page: CodePage): Content {
  const { billing_and_documentation: text, notes } = page
  if (!text && !notes) return null
  return [paragraphs(text), notes && html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`]
}

export const specialtiesSection = ({ specialties, family }: CodePage): Content => {
  const names = specialties ?? family?.performed_by
  return names && html`<ul class="chips">${names.map((name) => html`<li>${name}</li>`)}</ul>`
}

/** What an editor answers comes first; what the data answers shows elsewhere too, as numbers, and folds behind it. */
export function questionsSection({ faq }: CodePage): Content {
  const written = faq?.filter(isWritten) ?? []
  const derived = faq?.filter((one) => !isWritten(one)) ?? []
  if (written.length === 0 || derived.length === 0) return list([...written, ...derived])
  return [
    list(written),
    html`<details><summary>${count(derived.length, 'more question')}, answered by the numbers above</summary>${list(derived)}</details>`,
  ]
}

const list = (questions: readonly Question[]): Content =>
  questions.length > 0 &&
  html`<div class="questions">${questions.map(
    ({ question, answer }) => html`<div><h3>${question}</h3>${paragraphs(answer)}</div>\n`,
  )}</div>`

const isWritten = ({ rule }: Question): boolean => rule === undefined
