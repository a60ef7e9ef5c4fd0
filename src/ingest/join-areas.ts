/** A line for each area: what stands side by side where a file has columns for them. */
import type { SourceFile, SourceRecord } from '../../schemas/file.ts'

/**
 * Makes one record, with lists, of the lines that differ in their area and its amounts alone. A line that does not fit the
 * layout stays a record of its own. The lines as they are where the table has no lists.
 */
export function joinAreas(
  { table, at }: SourceFile,
  lines: readonly SourceRecord[],
): readonly SourceRecord[] {
  if (!table.areas) return lines
  const own = table.areas.map((column) => at[column] ?? -1)
  const nameOf = ({ cells }: SourceRecord) => cells[own[0] ?? -1] ?? ''
  const recordOf = ({ line, cells, unclaimedText }: SourceRecord) =>
    unclaimedText ? line : JSON.stringify(cells.filter((_, place) => !own.includes(place)))
  return [...Map.groupBy(lines, recordOf).values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const areas = [first, ...others].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    const cells = first.cells.map((cell, place) =>
      own.includes(place) ? JSON.stringify(areas.map((area) => area.cells[place] ?? '')) : cell,
    )
    return [{ ...first, cells }]
  })
}
