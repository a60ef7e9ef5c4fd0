/**
 * The atoms that every CMS row is built from.
 *
 * `clean` turns a trimmed cell into canonical text (lost zeros back, one spelling for each number),
 * so that the CSV, the TXT and the XLSX of a release give the same row and the same content hash.
 * `schema` then says which canonical text is valid. Decimals stay text from end to end.
 */
import { z } from 'zod'

export interface Field<T extends string | null = string | null> {
  readonly clean: (cell: string) => string | null
  readonly schema: z.ZodType<T>
  /** Type of the column in PostgreSQL; text where it is not given. */
  readonly type?: string
}

/** What a code or number column holds when the cell is blank: null, never zero. */
const blankIsNull = (cell: string): string | null => (cell === '' ? null : cell)

/** Excel drops leading zeros; the width of the column says how many. */
const zeroPad =
  (width: number) =>
  (cell: string): string | null =>
    cell === '' ? null : /^\d+$/.test(cell) ? cell.padStart(width, '0') : cell

function matching(pattern: RegExp, expected: string): z.ZodType<string> {
  return z.string({ error: `expected ${expected}, found an empty cell` }).regex(pattern, {
    error: (issue) => `expected ${expected}, found ${JSON.stringify(issue.input)}`,
  })
}

function oneOf(values: readonly string[]): z.ZodType<string> {
  return z.enum(values, {
    error: (issue) => `expected one of ${values.join(' ')}, found ${JSON.stringify(issue.input)}`,
  })
}

/**
 * HCPCS code, five characters: CPT I (00100), II (0001F), III (0054T), PLA and MAAA, Level II (A4306),
 * or CMS's own placeholder (GXXX1). Only anesthesia codes begin with 00 or 01, so a numeric code of
 * three or four digits is one of those with its zeros lost.
 */
export const hcpcs: Field<string> = {
  clean: (cell) => (/^1?\d{3}$/.test(cell) ? cell.padStart(5, '0') : blankIsNull(cell)),
  schema: matching(/^(\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d)$/, 'a HCPCS code of five characters'),
}

/** HCPCS Level II code of five characters, or modifier of two. */
export const levelTwo: Field<string> = {
  clean: blankIsNull,
  schema: matching(/^([A-Z]\d{4}|[A-Z\d]{2})$/, 'a HCPCS Level II code or a modifier'),
}

/** Modifier of two characters; empty text (not null) is the global or whole service. */
export const modifier: Field<string> = {
  clean: (cell) => cell,
  schema: matching(/^([A-Z\d]{2})?$/, 'a modifier of two characters, or none'),
}

/**
 * Medicare Administrative Contractor number (a carrier's, in old files), five digits; three or four have
 * lost zeros (2102 is 02102, 510 is 00510).
 */
export const mac: Field<string> = {
  clean: (cell) => (/^\d{3,4}$/.test(cell) ? cell.padStart(5, '0') : blankIsNull(cell)),
  schema: matching(/^\d{5}$/, 'a MAC of five digits'),
}

/** Locality number within a MAC, two digits; one digit has lost a zero. */
export const locality: Field<string> = {
  clean: zeroPad(2),
  schema: matching(/^\d{2}$/, 'a locality of two digits'),
}

/** ZIP code, five digits; fewer have lost zeros (501 is 00501). */
export const zip: Field<string> = {
  clean: zeroPad(5),
  schema: matching(/^\d{5}$/, 'a ZIP code of five digits'),
}

/** Two letters: the post office's code of a state, or CMS's of a part of one (EM, WM: Missouri). */
export const stateCode: Field<string> = {
  clean: blankIsNull,
  schema: matching(/^[A-Z]{2}$/, 'a state of two letters'),
}

/** FIPS code of a state, or CMS's two characters for what is none; empty text (not null) is the nation. */
export const stateOrNation: Field<string> = {
  clean: (cell) => (/^\d$/.test(cell) ? `0${cell}` : cell),
  schema: matching(/^([A-Z\d]{2})?$/, 'a FIPS code of two characters, or none'),
}

/** Year and quarter: 20254 is the fourth quarter of 2025, which some files print as 202504. */
export const yearQuarter: Field<string> = {
  clean: (cell) => blankIsNull(cell.replace(/^(20\d\d)0([1-4])$/, '$1$2')),
  schema: matching(/^20\d\d[1-4]$/, 'a year and quarter such as 20254'),
}

/** A year, as a file's rows state it. */
export const calendarYear: Field<string> = {
  clean: blankIsNull,
  schema: matching(/^20\d\d$/, 'a year such as 2025'),
}

/** Number with a fixed count of decimals, not negative, in one spelling ('.1' and '0.1' become '0.10'). */
function decimal(digits: number, places: number, unit: string): Field<string> {
  const canonical = new RegExp(`^(0|[1-9]\\d{0,${digits - 1}})\\.\\d{${places}}$`)
  return {
    clean(cell) {
      if (canonical.test(cell)) return cell
      const parts = /^(\d*)\.?(\d*)$/.exec(cell)
      if (!parts || cell === '' || cell === '.') return blankIsNull(cell)
      const whole = (parts[1] ?? '').replace(/^0+(?=\d)/, '') || '0'
      const fraction = (parts[2] ?? '').replace(/0+$/, '').padEnd(places, '0')
      return `${whole}.${fraction}`
    },
    schema: matching(canonical, `${unit}: a number with at most ${places} decimals`),
    type: `numeric(${digits + places},${places})`,
  }
}

/** The same number where it is printed with a dollar or percent sign, or with commas between thousands. */
const asPrinted = (field: Field<string>): Field<string> => ({
  ...field,
  clean: (cell) => field.clean(cell.replace(/^\$|%$|,(?=\d{3})/g, '')),
})

/** Relative value units, two decimals. */
export const rvu = decimal(4, 2, 'RVUs')
/** US dollars, two decimals. */
export const money = decimal(7, 2, 'dollars')
/** US dollars as tables print them: '$1,744.96'. */
export const dollars = asPrinted(money)
/** Fee in dollars. Null: there is none, for which CMS prints 0.00 or a lone point. */
export const fee: Field = {
  ...money,
  clean: (cell) => (/^[0.]*$/.test(cell) ? null : dollars.clean(cell)),
  schema: z.nullable(money.schema),
}
/** Percent, two decimals, as tables print it: '35.62%'. */
export const deviceOffset = asPrinted(decimal(3, 2, 'percent'))
/** Weight that a conversion factor in dollars is multiplied by, four decimals. */
export const paymentWeight = decimal(4, 4, 'a payment weight')
/** US dollars, three decimals: the payment limit of a drug. */
export const limit = decimal(7, 3, 'dollars')
/** Percent, three decimals. */
export const percentage = decimal(3, 3, 'percent')
/** Amount or number of what a package holds, three decimals. */
export const packageAmount = decimal(7, 4, 'an amount')
/** Geographic practice cost index, three decimals, no unit. */
export const gpci = decimal(2, 3, 'a GPCI')
/** Conversion factor in dollars per RVU (or per anesthesia unit), four decimals. */
export const conversionFactor = decimal(3, 4, 'a conversion factor in dollars')
/** Conversion factor in dollars with as many decimals as CMS prints (15.93, 20.3178, 20.599835). */
export const printedFactor: Field<string> = {
  clean: (cell) => blankIsNull(cell.replace(/^0+(?=\d)/, '').replace(/(?<=\.\d{2,})0+$/, '')),
  schema: matching(/^(0|[1-9]\d*)\.\d{2,6}$/, 'a conversion factor of two to six decimals'),
  type: 'numeric',
}
/** Share of the global package, 0.00 to 1.00. */
export const share = decimal(1, 2, 'a share of the global package')

/** A code column with a closed list of values; digits get the zeros back that Excel dropped. */
export function code(...values: readonly string[]): Field<string> {
  return { clean: zeroPad(Math.min(...values.map((v) => v.length))), schema: oneOf(values) }
}

/** A code column whose values are stored under names that say what they mean. */
export function named(names: Readonly<Record<string, string>>): Field<string> {
  return {
    clean: (cell) => names[cell] ?? blankIsNull(cell),
    schema: oneOf(Object.values(names)),
  }
}

/** Whole number without sign, in one spelling ('007' becomes '7'). */
export const count: Field<string> = {
  clean: (cell) => blankIsNull(cell.replace(/^0+(?=\d)/, '')),
  schema: matching(/^(0|[1-9]\d*)$/, 'a whole number'),
  type: 'smallint',
}

/** Whole number of any size. */
export const bigCount: Field<string> = { ...count, type: 'bigint' }

/** Number that is not negative, with as many decimals as CMS prints, in one spelling ('.50' becomes '0.5'). */
export const quantity: Field<string> = {
  clean: (cell) =>
    blankIsNull(
      cell
        .replace(/^0*(?=\.)/, '0')
        .replace(/^0+(?=\d)/, '')
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    ),
  schema: matching(/^(0|[1-9]\d*)(\.\d*[1-9])?$/, 'a number without sign'),
  type: 'numeric',
}

/** Day that CMS prints as 20250101. */
export const day: Field<string> = {
  clean: (cell) => blankIsNull(cell.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')),
  schema: z.iso.date({
    error: (issue) => `expected a day such as 20250101, found ${JSON.stringify(issue.input)}`,
  }),
  type: 'date',
}

/** Slots of one width side by side, those in use becoming a text[] in PostgreSQL's notation. */
export function list(width: number, item: RegExp, expected: string): Field<string> {
  const items = new RegExp(`^\\{"${item.source}"(,"${item.source}")*\\}$`)
  return {
    clean(cell) {
      const slots = cell.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
      const used = slots.map((slot) => slot.trim()).filter((slot) => slot !== '')
      return used.length === 0 ? null : `{${used.map((slot) => JSON.stringify(slot)).join(',')}}`
    },
    schema: matching(items, expected),
    type: 'text[]',
  }
}

/** Truth, which no file prints but files imply. */
export const boolean: Field<string> = {
  clean: blankIsNull,
  schema: oneOf(['true', 'false']),
  type: 'boolean',
}

/** A column with 1 where something is so and nothing elsewhere. */
export const flag: Field<string> = {
  ...boolean,
  clean: (cell) => ({ '': 'false', 1: 'true' })[cell] ?? cell,
}

/** Free text that must be there. */
export const text: Field<string> = { clean: blankIsNull, schema: matching(/\S/, 'text') }

/**
 * Sentences, their spaces one each. CMS's CSVs of the ASC addenda show the no-break space of an old code page as ÿ, and
 * what it lacks as a question mark.
 */
export const sentences: Field<string> = {
  ...text,
  clean: (cell) => text.clean(cell.replace(/[\s\u00ff]+/g, ' ').trim()),
}

/** A column that may be blank, or that a layout may lack: null means that CMS gave nothing. */
export function optional(field: Field): Field {
  return {
    ...field,
    clean: (cell) => (cell === '' ? null : field.clean(cell)),
    schema: z.nullable(field.schema),
  }
}

/** A column in which CMS prints a mark of its own where it gives no value. Within `optional`. */
export const noneWhere = (mark: RegExp, field: Field): Field => ({
  ...field,
  clean: (cell) => (mark.test(cell) ? null : field.clean(cell)),
})

/** A column that older layouts lack; in a file that has it, it is never blank. */
export function whereLaidOut(field: Field): Field {
  return {
    ...field,
    clean: (cell) => field.clean(cell) ?? '',
    schema: z.nullable(field.schema),
  }
}

/** Hundredths as an exact whole number, for sums of canonical two-decimal text. */
export const hundredths = (value: string): number => Math.round(Number(value) * 100)
