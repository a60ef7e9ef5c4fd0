/** Files that nobody has here, made after published layouts: a label's last word stands in the last row. */
export function stackedCsv(labels: readonly string[], depth: number, rows: readonly string[][]) {
  const words = labels.map((label) => label.split(' '))
  const header = Array.from({ length: depth }, (_, level) =>
    words
      .map((parts) => {
        const fromBottom = depth - 1 - level
        // What does not fit the rows above stands in the topmost one.
        if (level === 0) return parts.slice(0, Math.max(0, parts.length - fromBottom)).join(' ')
        return parts.at(-1 - fromBottom) ?? ''
      })
      .join(','),
  )
  return [...header, ...rows.map((row) => row.join(','))]
}

/** A fixed-width line: text at 1-based positions. */
export function lineOf(parts: Readonly<Record<number, string>>): string {
  let line = ''
  for (const [position, text] of Object.entries(parts)) {
    line = line.padEnd(Number(position) - 1) + text
  }
  return line
}

/** Labels of PPRRVU up to 2013. */
const BEFORE_PE = [
  'HCPCS',
  'MOD',
  'DESCRIPTION',
  'STATUS CODE',
  'NOT USED FOR MEDICARE PAYMENT',
  'WORK RVU',
]
export const PAIRED = [
  ...BEFORE_PE,
  'TRANSITIONED NON-FAC PE RVU',
  'TRANSITIONED NON-FAC NA INDICATOR',
  'FULLY IMPLEMENTED NON-FAC PE RVU',
  'FULLY IMPLEMENTED NON-FAC NA INDICATOR',
  'TRANSITIONED FACILITY PE RVU',
  'TRANSITIONED FACILITY NA INDICATOR',
  'FULLY IMPLEMENTED FACILITY PE RVU',
  'FULLY IMPLEMENTED FACILITY NA INDICATOR',
  'MP RVU',
  'TRANSITIONED NON-FACILITY TOTAL',
  'FULLY IMPLEMENTED NON-FACILITY TOTAL',
  'TRANSITIONED FACILITY TOTAL',
  'FULLY IMPLEMENTED FACILITY TOTAL',
]
export const BEHIND = [
  ...['PCTC IND', 'GLOB DAYS', 'PRE OP', 'INTRA OP', 'POST OP', 'MULT PROC', 'BILAT SURG'],
  ...['ASST SURG', 'CO- SURG', 'TEAM SURG', 'ENDO BASE', 'CONV FACTOR'],
  'PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES',
  'CALCULATION FLAG',
]
export const IMAGING = ['DIAGNOSTIC IMAGING FAMILY INDICATOR']
export const OPPS = ['NON-FACILITY PE', 'FACILITY PE', 'MP'].map(
  (what) => `${what} USED FOR OPPS PAYMENT AMOUNT`,
)

/** G0101, with values that tell every column apart: paid 0.45 + 0.52 + 0.02, later 0.45 + 0.61 + 0.02. */
export const VALUES = [
  ...['G0101', '', 'CA screen; pelvic/breast exam', 'A', '', '.45'],
  ...['.52', '', '.61', 'NA', '.17', '', '.18', '', '.02', '.99', '1.08', '.64', '.65'],
  ...['0', 'XXX', '.00', '.00', '.00', '0', '0', '0', '0', '0', '', '36.0666', '09', '0'],
]
/** A whole file: title, notices and date, blank lines, header, data, and the row of a DOS end of file. */
export function csvFile(
  year: number,
  labels: string[],
  depth: number,
  values: string[],
  end = '\r\n',
) {
  const title = [`,,${year} National Physician Fee Schedule Relative Value File`]
  const notices = [',,CPT codes and descriptions only are copyright', ',,RELEASED 12/15/2009']
  const lines = [...title, ...notices, ...stackedCsv(labels, depth, [values, ['\u001a']])]
  return lines.join(end) + end
}
