/** Two panels over the number of claim lines, by engine: how fast, and with how much memory. */
import { type Axis, type Panel, type Point, picture } from './chart.ts'
import type { Measured } from './scale.ts'

/** From a hundred thousand to a hundred million, each power of ten as wide as the next. */
const LINES: Axis = {
  title: 'claim lines',
  ticks: [
    [0, '100,000'],
    [1 / 3, '1 million'],
    [2 / 3, '10 million'],
    [1, '100 million'],
  ],
  at: (lines) => (Math.log10(lines) - 5) / 3,
}

export function drawScale(measured: readonly Measured[]): string {
  const engines = [...new Set(measured.map(({ engine }) => engine))]
  const panel = (title: string, unit: string, of: (each: Measured) => number): Panel => ({
    ...{ title, unit },
    lines: engines.map((name) => ({
      name,
      points: measured
        .filter(({ engine }) => engine === name)
        .map((each): Point => [each.lines, of(each)])
        .sort(([a], [b]) => a - b),
    })),
  })
  const panels = [
    panel('Claim lines a second', 'thousands', (each) => each.lines_a_second / 1000),
    panel('Peak memory', 'MB', (each) => each.megabytes ?? 0),
  ]
  return picture('Claim lines a second and memory over the number of lines', panels, LINES)
}
