/**
 * Writes a synthetic history of releases as zips: `node bench/history.ts <folder> <releases>`. It begins with the rows
 * of RVU25D, CMS's own where they are present, and changes them at the rates of CMS's releases of 2024 to 2026
 * (shared/cms-facts.md, sql/checks/rvu-changes.sql). Its quarters are named RVU26A, RVU26B and so on and have the
 * layouts of 2026, whatever their number: CMS never had ninety releases of one layout.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import papa from 'papaparse'
import { unpackFixture, zipOf } from '../fixtures/zip.ts'
import { ROOT } from '../src/paths.ts'
import { readZip } from '../tests/helpers/zips.ts'

/** Shares of the relative value rows, and numbers of rows. */
const RATES = {
  januaryRvuChanges: 0.5,
  // CMS adds 0.026. Here about as many come as go, so that the history grows and not each release.
  januaryAdded: 0.0025,
  januaryGone: 0.012,
  quarterAdded: 60,
  quarterRvuChanges: 8,
  quarterStatusChanges: 20,
  /** Law updates the GPCIs every third year. Caps and anesthesia factors change each January, and not within a year. */
  gpciYears: 3,
}

const MONTHS = ['January', 'April', 'July', 'October']
const LETTERS = 'ABCD'
const FIRST_YEAR = 2026
const FACTORS = { 9: 33.4009, 1: 33.5675 }
const ANESTHESIA_HEADER: readonly Row[] = [
  [
    ...['Contractor', 'Locality', 'Locality Name'],
    ...[
      'Qualifying APM National Anes CF of 20.5998',
      'Non-Qualifying APM National Anes CF of 20.4975',
    ],
  ],
]
// Places of the layout of 2025, which the rows begin in.
const [STATUS, WORK, OUTSIDE_PE, INSIDE_PE, MP, OUTSIDE, INSIDE] = [3, 5, 6, 8, 10, 11, 12]
const [INDICATOR, FACTOR] = [23, 24]
const PAYABLE = /^[ACRT]$/

/** Codes that the publish gates look for (sql/checks/canary-codes.sql). */
const KEPT = /^(992|993|93000|71046|45378|66984|G0|A4306)/

type Row = string[]

/** The same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const random = randomNumbers(26)
const cents = (text: string | undefined) => Math.round(Number(text) * 100)
const decimal = (hundredths: number) => (hundredths / 100).toFixed(2)
const any = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

/** A twentieth more or less at most, one hundredth at least; totals follow. */
function changeRvus(row: Row): void {
  const change = (place: number) => {
    const before = cents(row[place])
    const step = Math.max(1, Math.round(before * 0.05 * random()))
    if (before >= 20) row[place] = decimal(before + (random() < 0.5 ? -step : step))
  }
  for (const place of [WORK, OUTSIDE_PE, INSIDE_PE, MP]) change(place)
  const shared = cents(row[WORK]) + cents(row[MP])
  row[OUTSIDE] = decimal(shared + cents(row[OUTSIDE_PE]))
  row[INSIDE] = decimal(shared + cents(row[INSIDE_PE]))
}

interface State {
  rvu: Row[]
  added: number
  readonly caps: readonly Row[]
  readonly factors: readonly Row[]
  readonly gpcis: readonly Row[]
  readonly counties: readonly Row[]
}

function turnQuarter(state: State, quarter: number): void {
  const january = quarter % 4 === 0
  if (january) {
    // OPPSCAP goes on to cap what it caps.
    const capped = new Set(state.caps.map(([code]) => code))
    state.rvu = state.rvu.filter(
      ([code = '']) => KEPT.test(code) || capped.has(code) || random() > RATES.januaryGone,
    )
    turnYear(state, quarter / 4)
  }
  const { rvu } = state
  const priced = rvu.filter((row) => cents(row[INSIDE]) + cents(row[OUTSIDE]) >= 20)
  const share = (RATES.januaryRvuChanges * rvu.length) / priced.length
  const changed = january
    ? priced.filter(() => random() < share)
    : Array.from({ length: RATES.quarterRvuChanges }, () => any(priced))
  for (const row of changed) changeRvus(row)
  const unpaid = rvu.filter((row) => row[STATUS] === 'I' || row[STATUS] === 'N')
  for (let count = 0; count < RATES.quarterStatusChanges; count += 1) {
    const row = any(unpaid)
    row[STATUS] = row[STATUS] === 'I' ? 'N' : 'I'
  }
  const more = january ? Math.round(RATES.januaryAdded * rvu.length) : RATES.quarterAdded
  for (let count = 0; count < more; count += 1) {
    state.added += 1
    const [letter, digits] = [any([...'ZYXW']), String(state.added % 10_000).padStart(4, '0')]
    rvu.push([`${letter}${digits}`, '', ...any(priced).slice(2)])
  }
  const byKey = new Map(rvu.map((row) => [`${row[0]} ${row[1]}`, row]))
  // In the order of CMS's files: a gate looks at how a file ends.
  state.rvu = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function turnYear({ caps, factors, gpcis }: State, year: number): void {
  for (const row of caps) {
    const price = decimal(Math.max(1, Math.round(cents(row[5]) * (0.97 + 0.06 * random()))))
    row[5] = price
    row[6] = price
  }
  for (const row of factors) row[3] = decimal(cents(row[3]) + Math.round(random() * 40 - 20))
  if (year % RATES.gpciYears > 0) return
  for (const row of gpcis) row[6] = (Number(row[6]) + 0.001 * Math.ceil(random() * 5)).toFixed(3)
}

/** Lines of a CSV, those of the data and what stands above them; footnotes are left out. */
function readCsv(
  files: ReadonlyMap<string, Uint8Array>,
  name: RegExp,
): { head: Row[]; data: Row[] } {
  const [, bytes] = [...files].find(([member]) => name.test(member)) ?? []
  const { data } = papa.parse<Row>(Buffer.from(bytes ?? []).toString('latin1'))
  const rows = data.map((row) => row.map((cell) => cell.trim()))
  const isData = ([first = '', second = '']: Row) =>
    /^(\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d|\d{3,4})$/.test(first) && !/\s/.test(second)
  const at = rows.findIndex(isData)
  return { head: rows.slice(0, at), data: rows.slice(at).filter(isData) }
}

const inYear = (head: readonly Row[], year: number, month: string): Row[] =>
  head.map((row) =>
    row.map((cell) =>
      cell.replace(/\b2026\b/g, String(year)).replace(/January(?= Release)/, month),
    ),
  )

/** From the layout of 2025 to that of 2026: a pricing indicator before the endoscopic base, and its factor. */
const priced = (rows: readonly Row[], indicator: 1 | 9, year: number): Row[] =>
  rows.map((row) => {
    const cells = row.toSpliced(INDICATOR, 0, String(indicator))
    cells[FACTOR + 1] = (FACTORS[indicator] * (1 - (year - FIRST_YEAR) * 0.005)).toFixed(4)
    return cells
  })

/** A factor for qualifying APM participants, five thousandths more. */
const withQualifying = ([mac = '', locality = '', name = '', factor]: Row): Row => [
  ...[mac, locality, name],
  decimal(Math.round(cents(factor) * 1.005)),
  decimal(cents(factor)),
]

const [folder = '', releases = '90'] = process.argv.slice(2)
const real = join(ROOT, '../shared/cms/rvu25d-0.zip')
const cms = existsSync(real) ? await readZip(real) : await unpackFixture('rvu25d.zip')
const { head } = readCsv(await unpackFixture('rvu26a-excerpt.zip'), /nonQPP/)
const gpci = readCsv(await unpackFixture('rvu26b.zip'), /GPCI/)
const [caps, anesthesia, counties] = [/OPPSCAP.*csv$/i, /ANES.*csv$/i, /LOCCO.*csv$/i].map((name) =>
  readCsv(cms, name),
)
if (!caps || !anesthesia || !counties) throw new Error('a file of RVU25D is missing')
const state: State = {
  rvu: readCsv(cms, /PPRRVU.*csv$/i).data,
  added: 0,
  ...{ caps: caps.data, factors: anesthesia.data, gpcis: gpci.data, counties: counties.data },
}

const bytes = (...parts: readonly (readonly Row[])[]) =>
  Buffer.from(papa.unparse(parts.flat(), { newline: '\r\n' }), 'latin1')
for (let quarter = 0; quarter < Number(releases); quarter += 1) {
  if (quarter > 0) turnQuarter(state, quarter)
  const year = FIRST_YEAR + Math.floor(quarter / 4)
  const month = MONTHS[quarter % 4] ?? ''
  const [two, three] = [String(year).slice(2), month.slice(0, 3)]
  const title = inYear(head, year, month)
  const payable = state.rvu.filter((row) => PAYABLE.test(row[STATUS] ?? ''))
  const members = new Map([
    [`PPRRVU${year}_${three}_nonQPP.csv`, bytes(title, priced(state.rvu, 9, year))],
    [`PPRRVU${year}_${three}_QPP.csv`, bytes(title, priced(payable, 1, year))],
    [`GPCI${year}.csv`, bytes(inYear(gpci.head, year, month), state.gpcis)],
    [`OPPSCAP_${three}.csv`, bytes(caps.head, state.caps)],
    [`ANES${year}.csv`, bytes(ANESTHESIA_HEADER, state.factors.map(withQualifying))],
    [`${two}LOCCO.csv`, bytes(counties.head, state.counties)],
  ])
  const name = `RVU${two}${LETTERS[quarter % 4]}.zip`
  await writeFile(join(folder, name), await zipOf(members))
  process.stdout.write(`${name}\n`)
}
