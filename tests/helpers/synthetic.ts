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
