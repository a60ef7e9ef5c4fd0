/** Reads a workbook in a thread of its own; see workbook.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { read, utils } from '@e965/xlsx'

/**
 * Each cell as Excel shows it, which is what CMS saw and what its CSV has: a number may be 23.830000000000002 or
 * 22.273829151 behind what is shown as 23.83 and 22.27.
 */
const AS_SHOWN = { raw: false, defval: '' } as const

/** The first sheet, or the one with the name that is wanted. */
function cellsOf(content: Uint8Array, wanted: RegExp | undefined): string[][] {
  const sheets = wanted ? (namesIn(content).find((name) => wanted.test(name)) ?? []) : 0
  const { Sheets, SheetNames } = read(content, { type: 'array', dense: true, sheets })
  const sheet = Sheets[sheets === 0 ? (SheetNames[0] ?? '') : String(sheets)]
  if (!sheet) throw new Error(wanted ? `no sheet is named ${wanted.source}` : 'it has no sheet')
  return utils.sheet_to_json(sheet, { ...AS_SHOWN, header: 1, range: 0, blankrows: true })
}

const namesIn = (content: Uint8Array): readonly string[] =>
  read(content, { type: 'array', bookSheets: true }).SheetNames

// The library prints what it does not know; a damaged file has thousands of such records.
console.error = () => {}
parentPort?.postMessage(cellsOf(workerData.content, workerData.sheet))
