/** Payment over the days of the releases, as inline SVG. Styles are classes: the page allows no others. */
import { day, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

const WIDTH = 480
const HEIGHT = 230
const LEFT = 44
const RIGHT = 116
const TOP = 14
const BOTTOM = 28

const SERIES: readonly Series[] = [
  ['outside', 'Outside a facility', 'non_facility_amount'],
  ['inside', 'In a facility', 'facility_amount'],
]

/** Class, name and column. */
type Series = readonly [string, string, 'non_facility_amount' | 'facility_amount']

/** What was paid in both settings since a day, in dollars; null where nothing was set. */
export interface ChartPoint {
  readonly effective_from: string
  readonly non_facility_amount: string | null
  readonly facility_amount: string | null
}

interface Scale {
  x(date: string): number
  y(amount: number): number
  readonly ticks: readonly number[]
}

/**
 * One mark for each release; an amount holds until the next release, so lines go in steps. `every` names the line
 * where both settings pay the same.
 */
export function chart(points: readonly ChartPoint[], id = 'chart', every = 'Every setting'): Html {
  const scale = scaleOf(points)
  const same = points.every((point) => point.non_facility_amount === point.facility_amount)
  const series: readonly Series[] = same ? [['outside', every, 'facility_amount']] : SERIES
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title">
<title id="${id}-title">${summary(points, same)}</title>
${scale.ticks.map(
  (tick) =>
    html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${scale.y(tick)}" y2="${scale.y(tick)}"/><text class="tick" x="${LEFT - 8}" y="${scale.y(tick)}">$${tick}</text>\n`,
)}
${years(points).map((year) => html`<text class="year" x="${scale.x(`${year}-01-01`)}" y="${HEIGHT - 6}">${year}</text>\n`)}
${series.map(([name, , column]) => line(points, scale, name, column))}
${endLabels(points, scale, series)}
</svg>`
}

function scaleOf(points: readonly ChartPoint[]): Scale {
  const amounts = points
    .flatMap((point) => [point.non_facility_amount, point.facility_amount])
    .filter((amount) => amount !== null)
    .map(Number)
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)]
  const step = niceStep(high - low || high)
  const bottom = Math.max(0, Math.floor((low - step / 2) / step) * step)
  const top = Math.ceil((high + step / 4) / step) * step
  const [first, last] = [days(points[0]), days(points.at(-1))]
  return {
    x: (date) =>
      round(
        last === first
          ? LEFT
          : LEFT + ((Date.parse(date) - first) / (last - first)) * (WIDTH - LEFT - RIGHT),
      ),
    y: (amount) =>
      round(HEIGHT - BOTTOM - ((amount - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM)),
    ticks: Array.from(
      { length: Math.round((top - bottom) / step) + 1 },
      (_, index) => Math.round((bottom + index * step) * 100) / 100,
    ),
  }
}

const days = (point: ChartPoint | undefined): number => Date.parse(point?.effective_from ?? '')

/** At most six Januaries inside the span. */
function years(points: readonly ChartPoint[]): readonly number[] {
  const yearOf = (point: ChartPoint | undefined) => Number(point?.effective_from.slice(0, 4))
  const [first, last] = [yearOf(points[0]), yearOf(points.at(-1))]
  const start = points[0]?.effective_from.endsWith('-01-01') ? first : first + 1
  const every = Math.ceil((last - start + 1) / 6)
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, index) => start + index).filter(
    (year) => (last - year) % every === 0,
  )
}

/** A release without an amount ends a line: a gap stays a gap. */
function line(points: readonly ChartPoint[], scale: Scale, name: string, column: Series[2]): Html {
  let path = ''
  let open = false
  const marks: Html[] = []
  for (const point of points) {
    const x = scale.x(point.effective_from)
    const amount = point[column]
    if (open) path += `H${x}`
    if (amount !== null) {
      const y = scale.y(Number(amount))
      path += open ? `V${y}` : `M${x} ${y}`
      marks.push(mark(name, x, y, `${day(point.effective_from)}: ${money(amount)}`))
    }
    open = amount !== null
  }
  return html`<g class="${name}"><path d="${path}"/>${marks}</g>\n`
}

/** Shapes differ, so that color is not the only thing that tells the lines apart. */
const mark = (name: string, x: number, y: number, text: string): Html =>
  name === 'inside'
    ? html`<rect x="${round(x - 3.5)}" y="${round(y - 3.5)}" width="7" height="7"><title>${text}</title></rect>`
    : html`<circle cx="${x}" cy="${y}" r="4"><title>${text}</title></circle>`

/** Names stand beside the end of their lines, apart from each other. */
function endLabels(
  points: readonly ChartPoint[],
  scale: Scale,
  series: readonly Series[],
): Content {
  const last = points.at(-1)
  const ends = series.flatMap(([name, title, column]) => {
    const amount = last?.[column]
    return amount ? [{ name, title, amount, y: scale.y(Number(amount)) }] : []
  })
  const [upper, lower] = ends.toSorted((a, b) => a.y - b.y)
  const gap = upper && lower ? Math.max(0, 30 - (lower.y - upper.y)) / 2 : 0
  return ends.map(({ name, title, amount, y }) => {
    const at = round(y + (gap === 0 ? 0 : upper?.name === name ? -gap : gap))
    return html`<text class="end ${name}" x="${WIDTH - RIGHT + 10}" y="${at - 2}">${money(amount)}<tspan x="${WIDTH - RIGHT + 10}" dy="14">${title}</tspan></text>\n`
  })
}

function summary(points: readonly ChartPoint[], same: boolean): string {
  const paid = points.filter(({ facility_amount: amount }) => amount !== null)
  const at = (point: ChartPoint | undefined) =>
    point ? `${amounts(point)} from ${day(point.effective_from)}` : ''
  const amounts = ({ non_facility_amount: outside, facility_amount: inside }: ChartPoint) =>
    same
      ? money(inside ?? '')
      : `${money(outside ?? '')} outside a facility and ${money(inside ?? '')} in one`
  return `National payment: ${at(paid[0])}; ${at(paid.at(-1))}.`
}

/** About four steps of 1, 2 or 5 times a power of ten. */
function niceStep(span: number): number {
  const rough = Math.max(span, 0.04) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
}

const round = (value: number): number => Math.round(value * 10) / 10
