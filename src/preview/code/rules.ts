/** The rules that apply to a code, in words, each with CMS's indicator. */
import type { CodePage, Sentence } from '../../queries/code-page.ts'
import { type Content, type Html, html } from '../html.ts'
import { RULE_HEADINGS, type RuleHeading, wholeOf } from './facts.ts'

const isRule = (rule: string): rule is RuleHeading => Object.hasOwn(RULE_HEADINGS, rule)

export function rulesSection(page: CodePage): Content {
  const rules = page.rvu_information.sentences.filter(({ rule }) => isRule(rule))
  return rules.length > 0 && html`<dl class="rules">${rules.map((rule) => item(page, rule))}</dl>`
}

function item(page: CodePage, { rule, sentence, modifiers }: Sentence): Html {
  const { components } = page.rvu_information
  const one = components.find(({ modifier }) => modifiers.includes(modifier))
  const indicator = (one ?? wholeOf(page))?.[rule]
  return html`<div><dt>${RULE_HEADINGS[rule as RuleHeading]}${modifiers.length < components.length && html` <span class="tag">${modifiers.map(formOf).join(', ')}</span>`}</dt>
<dd>${sentence} ${isIndicator(indicator) && html`<span class="tag">indicator ${indicator}</span>`}</dd></div>\n`
}

/** Of `opps_cap`, which we derive, there is none. */
const isIndicator = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-Z]{1,3}$/.test(value)

const formOf = (modifier: string): string =>
  modifier === '' ? 'whole service' : `modifier ${modifier}`
