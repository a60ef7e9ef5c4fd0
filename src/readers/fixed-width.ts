import type { TxtLayout } from '../../schemas/dataset.ts'
import { BATCH } from '../batches.ts'
import { CTRL_Z, decode, type TextFile, type TextRow } from './text.ts'

export interface FixedWidthFile extends TextFile {
  /** Lines of text above the first data record and below the last, by the layout's own sign. */
  readonly header: number
  readonly notes: number
}

/**
 * Cuts the data records of a fixed-width file into cells, one for each field that the layout publishes
 * and a last one with whatever stands between the fields. A file without a header cannot announce that a
 * column moved: text in a gap does.
 */
export function readFixedWidth(bytes: Uint8Array, layout: TxtLayout): FixedWidthFile {
  const lines = decode(bytes)
    .split('\n')
    .map((line) => line.replaceAll(CTRL_Z, ''))
  const first = lines.findIndex((line) => layout.record.test(line))
  const last = lines.findLastIndex((line) => layout.record.test(line))
  const spans = Object.values(layout.columns).filter((span) => span !== null)
  const gaps = gapsBetween(spans)

  let blank = 0
  function* records(): Generator<readonly TextRow[]> {
    let batch: TextRow[] = []
    let afterGap = false
    for (let next = first; next >= 0 && next <= last; next += 1) {
      const line = lines[next] ?? ''
      if (line.trim() === '') {
        blank += 1
        afterGap = true
        continue
      }
      const cells = spans.map(([from, to]) => line.slice(from - 1, to).trim())
      cells.push(gaps.map(([from, to]) => line.slice(from - 1, to).trim()).join(''))
      batch.push({ line: next + 1, cells, afterGap })
      afterGap = false
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
    yield batch
  }
  const textLines = (part: string[]) => part.filter((line) => line.trim() !== '').length
  return {
    header: first < 0 ? textLines(lines) : textLines(lines.slice(0, first)),
    notes: first < 0 ? 0 : textLines(lines.slice(last + 1)),
    get blank() {
      return blank
    },
    raw: (line) => lines[line - 1] ?? '',
    rows: records(),
  }
}

type Span = readonly [first: number, last: number]

/** The columns that no field covers, up to the end of any line. */
function gapsBetween(spans: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let next = 1
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    if (from > next) gaps.push([next, from - 1])
    next = to + 1
  }
  return [...gaps, [next, Number.MAX_SAFE_INTEGER]]
}
