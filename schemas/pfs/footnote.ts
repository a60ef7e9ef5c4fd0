import type { Places, SourceRecord } from '../file.ts'

/**
 * GPCI and ANES mark a locality's name with asterisks that refer to a footnote of that file ('*' the
 * Alaska work floor, '**' the frontier practice expense floor). The mark is kept, beside the name.
 */
export function splitFootnoteMark(
  records: readonly SourceRecord[],
  at: Places<'locality_name' | 'footnote_mark'>,
): void {
  for (const { cells } of records) {
    const [, name, mark] = /^(.*?)\s*(\**)$/.exec(cells[at.locality_name] ?? '') ?? []
    cells[at.locality_name] = name || null
    cells[at.footnote_mark] = mark || null
  }
}
