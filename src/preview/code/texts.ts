/** Sections of prose, lists and questions. */
import type { CodePage, Question } from '../../queries/code-page.ts'
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

/** What an editor answers comes first; what the data answers shows elsewhere too, as numbers. */
export function questionsSection({ faq }: CodePage): Content {
  const [written, derived] = [
    faq?.filter(isWritten) ?? [],
    faq?.filter((one) => !isWritten(one)) ?? [],
  ]
  const all = [...written, ...derived]
  return (
    all.length > 0 &&
    html`<div class="questions">${all.map(
      ({ question, answer }) => html`<div><h3>${question}</h3>${paragraphs(answer)}</div>\n`,
    )}</div>`
  )
}

const isWritten = ({ rule }: Question): boolean => rule === undefined

/** CMS's words, where they are free to show and say more than the title. */
export function officialSection(page: CodePage): Content {
  const { long_description: long, short_description: short, name } = page
  if (!long && (!short || short === name)) return null
  return [
    long && html`<blockquote>${long}</blockquote>`,
    short && short !== name && html`<p class="quiet">In the schedule: ${short}</p>`,
  ]
}
