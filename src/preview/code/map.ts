/** The localities of the country on a small map: a tile for each state, a stripe for each locality. */
import type { LocalPayment } from '../../queries/local-payment.ts'
import { type Content, type Html, html } from '../html.ts'

/** Rows of the map from north to south, two characters and a blank for each tile. */
const ROWS = [
  'AK                            ME',
  '                           VT NH',
  '   WA ID MT ND MN IL WI MI NY MA',
  '   OR NV WY SD IA IN OH PA NJ CT RI',
  '   CA UT CO NE MO KY WV VA MD DE',
  '      AZ NM KS AR TN NC SC DC',
  '         OK    LA MS AL GA',
  'HI             TX          FL PR VI',
]

/** Where a state's tile is; tests/preview/map.test.ts knows when a state of the schedule has none. */
export const TILES: ReadonlyMap<string, readonly [column: number, row: number]> = new Map(
  ROWS.flatMap((line, row) =>
    [...line.matchAll(/[A-Z]{2}/g)].map(
      ({ 0: state, index }) => [state, [index / 3, row]] as [string, [number, number]],
    ),
  ),
)

const [WIDTH, HEIGHT, GAP] = [38, 26, 3]

/** Payment beside the national amount: upper ends, in percent, and their names. */
const LEVELS: readonly (readonly [number, string])[] = [
  [-7, 'more than 7% below'],
  [-3, '3 to 7% below'],
  [3, 'about the national amount'],
  [10, '3 to 10% above'],
  [Number.POSITIVE_INFINITY, 'more than 10% above'],
]

const levelOf = (ratio: number): number => LEVELS.findIndex(([end]) => (ratio - 1) * 100 < end)

/** `national` is of the same setting as `amountOf` gives. */
export function localityMap(
  places: readonly LocalPayment[],
  national: string,
  amountOf: (place: LocalPayment) => string | null,
  chosen: string | null,
): Html {
  const states = Map.groupBy(places, ({ state_code: state }) => state ?? '')
  const shapes = LEVELS.map(() => '')
  const names: Content[] = []
  for (const [state, own] of states) {
    const tile = TILES.get(state)
    if (!tile) continue
    const [left, top] = [tile[0] * (WIDTH + GAP), tile[1] * (HEIGHT + GAP)]
    const width = WIDTH / own.length
    own.forEach((place, index) => {
      const level = levelOf(Number(amountOf(place)) / Number(national))
      shapes[level] +=
        `M${round(left + index * width)} ${top}h${round(width)}v${HEIGHT}h-${round(width)}z`
    })
    names.push(
      html`<text x="${left + WIDTH / 2}" y="${top + HEIGHT / 2}"${state === chosen && html` class="chosen"`}>${state}</text>`,
    )
  }
  return html`<figure class="map"><svg viewBox="0 0 ${12 * (WIDTH + GAP) - GAP} ${8 * (HEIGHT + GAP) - GAP}" role="img" aria-label="Payment by locality on a map of states">
${shapes.map((path, level) => path && html`<path class="level-${level}" d="${path}"/>`)}
${names}</svg>
<figcaption>${LEVELS.map(([, name], level) => shapes[level] && html`<span class="level-${level}">${name}</span> `)}</figcaption></figure>`
}

const round = (value: number): number => Math.round(value * 10) / 10
