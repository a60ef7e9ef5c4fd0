import type { SourceRecord } from '../dataset.ts'

/**
 * GPCI and ANES mark a locality's name with asterisks that refer to a footnote of that file ('*' the
 * Alaska work floor, '**' the frontier practice expense floor). The mark is kept, beside the name.
 */
export function splitFootnoteMark(records: readonly SourceRecord[]): void {
  for (const { values } of records) {
    const [, name, mark] = /^(.*?)\s*(\**)$/.exec(values.locality_name ?? '') ?? []
    values.locality_name = name || null
    values.footnote_mark = mark || null
  }
}
