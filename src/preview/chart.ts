/** A line chart of total RVUs over releases, as inline SVG. Styles are classes: the page allows no others. */
import type { HistoryPoint } from './data.ts'
import { type Html, html } from './html.ts'
import { rvu } from './rvus.ts'

const WIDTH = 480
const HEIGHT = 240
const LEFT = 48
const RIGHT = 32
const TOP = 16
const BOTTOM = 32
const LABELS = 6

const SERIES = [
  ['non-facility', 'non_facility_total_rvu'],
  ['facility', 'facility_total_rvu'],
] as const

interface Dot {
  readonly x: number
  readonly y: number
}

export function chart(points: readonly HistoryPoint[]): Html {
  const values = points.flatMap((point) => SERIES.map(([, column]) => Number(point[column] ?? 0)))
  const step = niceStep(Math.max(...values))
  const top = step * Math.max(1, Math.ceil(Math.max(...values) / step))
  const x = (index: number) =>
    points.length === 1
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + (index * (WIDTH - LEFT - RIGHT)) / (points.length - 1)
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step)
  const every = Math.ceil(points.length / LABELS)
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title">
<title id="chart-title">${summary(points)}</title>
${ticks.map(
  (
    tick,
  ) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>
<text class="tick" x="${LEFT - 8}" y="${round(y(tick))}">${tick.toFixed(step < 0.1 ? 2 : step < 1 ? 1 : 0)}</text>\n`,
)}
${points.map(
  (point, index) =>
    index % every === 0 &&
    html`<text class="label" x="${round(x(index))}" y="${HEIGHT - 8}">${point.release}</text>\n`,
)}
${SERIES.map(([name, column]) => {
  const dots = points.map((point, index) => {
    const value = point[column]
    return value === null ? null : { x: round(x(index)), y: round(y(Number(value))) }
  })
  return html`<g class="${name}">${lines(dots)}${dots.map((dot) => dot && mark(name, dot))}</g>\n`
})}</svg>`
}

/** A line for each run of releases that have the code: a gap stays a gap. */
function lines(dots: readonly (Dot | null)[]): Html[] {
  const runs: Dot[][] = [[]]
  for (const dot of dots) {
    if (dot) runs.at(-1)?.push(dot)
    else runs.push([])
  }
  return runs
    .filter((run) => run.length > 1)
    .map((run) => html`<polyline points="${run.map((dot) => `${dot.x},${dot.y}`).join(' ')}"/>`)
}

/** Shapes differ, so that colour is not the only thing that tells the lines apart. */
const mark = (series: string, { x, y }: Dot): Html =>
  series === 'facility'
    ? html`<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`
    : html`<circle cx="${x}" cy="${y}" r="4"/>`

function summary(points: readonly HistoryPoint[]): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return 'Total RVUs'
  const at = (point: HistoryPoint) =>
    `${rvu(point.non_facility_total_rvu)} non-facility and ${rvu(point.facility_total_rvu)} facility in ${point.release}`
  return `Total RVUs: ${at(first)}${first === last ? '' : `, ${at(last)}`}`
}

/** About four steps of 1, 2 or 5 times a power of ten. */
function niceStep(largest: number): number {
  const rough = Math.max(largest, 0.01) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
}

const round = (value: number): number => Math.round(value * 10) / 10
