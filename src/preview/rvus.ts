/** The section on relative values and payment: a small table for each component, and the rest by its shape. */
import { type Content, html } from './html.ts'
import { isEmpty, isFields, showFields, showValue, tableOf } from './value.ts'

type Fields = Readonly<Record<string, unknown>>

/** Rows of a component's table: the columns of the service outside a facility and in one. */
const MEASURES = [
  ['Work', 'work_rvu', 'work_rvu'],
  ['Practice expense', 'non_facility_pe_rvu', 'facility_pe_rvu'],
  ['Malpractice', 'mp_rvu', 'mp_rvu'],
  ['Total', 'non_facility_total_rvu', 'facility_total_rvu'],
] as const

const MODIFIERS: Readonly<Record<string, string>> = {
  '': 'RVUs of the whole service',
  '26': 'RVUs of the professional component (modifier 26)',
  TC: 'RVUs of the technical component (modifier TC)',
  '53': 'RVUs of the discontinued procedure (modifier 53)',
}

export function rvuSection(value: unknown): Content {
  if (!isFields(value)) return showValue(value)
  const { has_rvus, components, ...rest } = value
  const texts = Object.values(rest).filter((each) => typeof each === 'string' && / /.test(each))
  const others = Object.entries(rest).filter(([, each]) => !texts.includes(each))
  return [
    has_rvus === false && html`<p>This code has no RVUs.</p>`,
    texts.map(showValue),
    has_rvus !== false &&
      Array.isArray(components) &&
      components.filter(isFields).map((part) => component(part, rest.status_indicator)),
    showFields(Object.fromEntries(others)),
  ]
}

/** The status is shown only where it is not that of the code. */
function component(part: Fields, status: unknown): Content {
  const modifier = String(part.modifier ?? '')
  const { modifier: _, ...rest } = part
  const known = new Set<string>(MEASURES.flat())
  const others = Object.entries(rest).filter(
    ([name, value]) => !known.has(name) && !(name === 'status_indicator' && value === status),
  )
  return [
    tableOf(
      ['RVUs', 'Non-facility', 'Facility'],
      MEASURES.map(([label, outside, inside]) => [label, rvu(part[outside]), rvu(part[inside])]),
      MODIFIERS[modifier] ?? `RVUs with modifier ${modifier}`,
    ),
    showFields(Object.fromEntries(others)),
  ]
}

/** RVUs have two decimals, which JSON loses. */
export function rvu(value: unknown): string {
  return isEmpty(value) ? '–' : Number(value).toFixed(2)
}
