/** Releases whose own files the tests read: CMS's zips, each file of which is there as CSV, TXT (or PRN) and XLSX (or XLS). */
const zips = [
  ...['RVU09A', 'RVU11A', 'RVU12A', 'RVU13A', 'RVU14A', 'RVU15A', 'RVU16A', 'RVU18A', 'RVU20A'],
  ...['RVU23A', 'RVU25A', 'RVU25B', 'RVU25D'],
]

export const seenInZips = { csv: zips, txt: zips, xlsx: zips }
