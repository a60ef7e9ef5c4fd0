/** Three panels over the length of a history: loads, storage, queries. */
import type { Checkpoint } from './growth.ts'

type Point = readonly [x: number, y: number]

interface Line {
  readonly name: string
  readonly color: string
  readonly points: readonly Point[]
}

interface Panel {
  readonly title: string
  readonly unit: string
  readonly lines: readonly Line[]
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, LEGEND] = [320, 250, 48, 12, 36, 34, 14]
const COLORS = ['#1f6f8b', '#b3541e', '#5b7f2b']

export function drawGrowth(loads: readonly number[], checkpoints: readonly Checkpoint[]): string {
  const names = Object.keys(checkpoints[0]?.queries ?? {})
  const panels: Panel[] = [
    {
      ...{ title: 'Load of each release', unit: 'ms' },
      lines: [
        line(
          'until it is published',
          0,
          loads.map((ms, at) => [at + 1, ms] as const),
        ),
      ],
    },
    {
      ...{ title: 'Versions, history, indexes', unit: 'MB' },
      lines: [
        line(
          'all tables',
          0,
          checkpoints.map((each) => [each.releases, each.megabytes]),
        ),
      ],
    },
    {
      ...{ title: 'Queries as of a day', unit: 'ms' },
      lines: names.map((name, at) =>
        line(
          name,
          at,
          checkpoints.map((each) => [each.releases, each.queries[name] ?? 0]),
        ),
      ),
    },
  ]
  const most = loads.length
  const width = WIDTH * panels.length
  const height = HEIGHT + 8 + LEGEND * Math.max(...panels.map(({ lines }) => lines.length))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Load time, storage and query time over the number of releases" font-family="sans-serif" font-size="11" fill="#333">
<rect width="${width}" height="${height}" fill="#fff"/>
${panels.map((panel, at) => draw(panel, at * WIDTH, most)).join('\n')}
</svg>
`
}

const line = (name: string, at: number, points: readonly Point[]): Line => ({
  ...{ name, points, color: COLORS[at % COLORS.length] ?? '' },
})

function draw({ title, unit, lines }: Panel, offset: number, most: number): string {
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y)))
  const step = niceStep(highest)
  const top = step * Math.ceil(highest / step)
  const x = (value: number) => (LEFT + (value / most) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (value: number) =>
    (HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step)
  const years = Array.from({ length: Math.floor(most / 20) + 1 }, (_, at) => at * 20)
  return `<g transform="translate(${offset} 0)">
<text x="${LEFT}" y="20" font-size="13" font-weight="bold">${title}, ${unit}</text>
${ticks.map((tick) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/><text x="${LEFT - 6}" y="${y(tick)}" text-anchor="end" dominant-baseline="middle">${tick}</text>`).join('')}
${years.map((count) => `<text x="${x(count)}" y="${HEIGHT - BOTTOM + 14}" text-anchor="middle">${count}</text>`).join('')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - BOTTOM + 28}" text-anchor="middle">releases</text>
${lines.map(({ color, points }) => `<polyline fill="none" stroke="${color}" stroke-width="1.8" points="${points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ')}"/>`).join('')}
${lines.map(({ name, color }, at) => `<rect x="${LEFT}" y="${HEIGHT + 5 + at * LEGEND}" width="10" height="3" fill="${color}"/><text x="${LEFT + 16}" y="${HEIGHT + 10 + at * LEGEND}">${name}</text>`).join('')}
</g>`
}

/** 1, 2 or 5 times a power of ten, for four to eight ticks. */
function niceStep(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest / 4))
  return power * ([1, 2, 5].find((factor) => factor * power * 8 >= highest) ?? 10)
}
