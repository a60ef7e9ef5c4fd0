/** The state that a reader chooses, beside the nation. */
import type { Benchmark } from '../../queries/benchmark.ts'
import { grouped, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Site } from '../site.ts'
import type { CodeData } from './data.ts'

/** What is shown of the latest year, by setting. */
export interface PlaceInUse {
  readonly year: number
  readonly nation: readonly Benchmark[]
  /** Each with a row for each of its settings, by name. */
  readonly states: readonly (readonly Benchmark[])[]
  /** One of the states. */
  readonly chosen: readonly Benchmark[] | undefined
  /** The highest charge of the nation and of all states, so that bars compare. */
  readonly most: number
}

export interface DataInUse extends CodeData {
  /** Undefined without data of the nation. */
  readonly place: PlaceInUse | undefined
}

/** Undefined without data of the nation. */
export function placeInUse({ use, asked }: CodeData): PlaceInUse | undefined {
  const latest = use.filter(({ year }) => year === use[0]?.year)
  const byState = Map.groupBy(latest, ({ state_code: state }) => state)
  const nation = byState.get('')
  if (!nation?.[0]) return undefined
  const states = [...byState].filter(([state]) => state !== '').map(([, rows]) => rows)
  return {
    year: nation[0].year,
    nation,
    states,
    chosen: states.find(([row]) => row?.state_code === asked?.state),
    most: Math.max(...latest.map((row) => Number(row.average_submitted_charge))),
  }
}

export function stateChoice(site: Site, { page, asked }: CodeData, place: PlaceInUse): Content {
  if (place.states.length === 0) return null
  if (!asked) return listOfStates(place)
  return html`<form class="near" action="${site.page('codes', page.hcpcs)}#often" method="get">${hidden('zip', asked.zip)}${hidden('locality', asked.zip === '' ? asked.chosen : '')}
<label>State <select name="state"><option value="">The nation alone</option>${place.states.map(
    ([row]) =>
      row &&
      html`<option value="${row.state_code}"${row.state_code === asked.state && html` selected`}>${row.state}</option>`,
  )}</select></label>
<button>Show</button>
</form>`
}

/** What the reader asked elsewhere on the page stays asked. */
export const hidden = (name: string, value: string): Content =>
  value !== '' && html`<input type="hidden" name="${name}" value="${value}">`

/** Without a server, the list itself says the numbers, in the order of the tables; near.js puts them there. */
function listOfStates({ nation, states, most }: PlaceInUse): Html {
  const settings = nation.map(({ setting }) => setting)
  return html`<p class="near"><label>State <select data-most="${most}"><option value="">Choose: services · patients · clinicians · charged · allowed · paid</option>${states.map(
    (rows) => {
      const groups = settings.map((setting) => numbers(rows.find((row) => row.setting === setting)))
      return html`<option>${rows[0]?.state} · ${groups.join(' | ')}</option>`
    },
  )}</select></label></p>`
}

const numbers = (row: Benchmark | undefined): string =>
  row
    ? [
        ...[row.services, row.patients, row.providers].map(grouped),
        ...[row.average_submitted_charge, row.average_allowed_amount, row.average_payment].map(
          money,
        ),
      ].join(' · ')
    : '–'
