/** Panels side by side, as SVG. */
export type Point = readonly [x: number, y: number]

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

export interface Panel {
  readonly title: string
  readonly unit: string
  readonly lines: readonly Line[]
}

/** What all panels have from left (0) to right (1). */
export interface Axis {
  readonly title: string
  readonly ticks: readonly (readonly [place: number, text: string])[]
  readonly at: (x: number) => number
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, LEGEND] = [320, 250, 48, 12, 36, 34, 14]
const COLORS = ['#1f6f8b', '#b3541e', '#5b7f2b']
/** Lines of as few points show each. */
const FEW = 8

export function picture(label: string, panels: readonly Panel[], axis: Axis): string {
  const width = WIDTH * panels.length
  const height = HEIGHT + 8 + LEGEND * Math.max(...panels.map(({ lines }) => lines.length))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}" font-family="sans-serif" font-size="11" fill="#333">
<rect width="${width}" height="${height}" fill="#fff"/>
${panels.map((panel, at) => draw(panel, at * WIDTH, axis)).join('\n')}
</svg>
`
}

function draw({ title, unit, lines }: Panel, offset: number, axis: Axis): string {
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y)))
  const step = niceStep(highest)
  const top = step * Math.ceil(highest / step)
  const across = (place: number) => (LEFT + place * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (value: number) =>
    (HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step)
  const places = lines.map(({ points }) =>
    points.map(([x, value]) => [across(axis.at(x)), y(value)]),
  )
  const color = (at: number) => COLORS[at % COLORS.length]
  return `<g transform="translate(${offset} 0)">
<text x="${LEFT}" y="20" font-size="13" font-weight="bold">${title}, ${unit}</text>
${ticks.map((tick) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/><text x="${LEFT - 6}" y="${y(tick)}" text-anchor="end" dominant-baseline="middle">${tick}</text>`).join('')}
${axis.ticks.map(([place, text]) => `<text x="${across(place)}" y="${HEIGHT - BOTTOM + 14}" text-anchor="${place === 1 ? 'end' : 'middle'}">${text}</text>`).join('')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - BOTTOM + 28}" text-anchor="middle">${axis.title}</text>
${places.map((points, at) => `<polyline fill="none" stroke="${color(at)}" stroke-width="1.8" points="${points.map((point) => point.join(',')).join(' ')}"/>${points.length > FEW ? '' : points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color(at)}"/>`).join('')}`).join('')}
${lines.map(({ name }, at) => `<rect x="${LEFT}" y="${HEIGHT + 5 + at * LEGEND}" width="10" height="3" fill="${color(at)}"/><text x="${LEFT + 16}" y="${HEIGHT + 10 + at * LEGEND}">${name}</text>`).join('')}
</g>`
}

/** 1, 2 or 5 times a power of ten, for four to eight ticks. */
function niceStep(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest / 4))
  return power * ([1, 2, 5].find((factor) => factor * power * 8 >= highest) ?? 10)
}
