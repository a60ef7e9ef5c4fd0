import { CmsFeesError } from '../errors.ts'
import { isBlank, type TextFile, type TextRow } from './text.ts'
import { openZip } from './zip.ts'

/**
 * The first sheet of a workbook, XLSX or the XLS of old releases, as trimmed cells; CMS's sheets have stale names.
 * Throws E_NOT_A_WORKBOOK, E_ZIP_*.
 */
export async function readWorkbook(bytes: Uint8Array, member: string): Promise<TextFile> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  await refuseOtherContent(content, member)
  // Loaded on use: a CSV is the rule.
  const { read, utils } = await import('@e965/xlsx')
  let cells: string[][]
  try {
    const { Sheets, SheetNames } = read(content, { dense: true, sheets: 0 })
    const sheet = Sheets[SheetNames[0] ?? '']
    if (!sheet) throw new Error('it has no sheet')
    cells = utils.sheet_to_json(sheet, { ...AS_SHOWN, header: 1, range: 0, blankrows: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_NOT_A_WORKBOOK', `${member}: ${reason}`, { cause })
  }
  const rows: TextRow[] = []
  let blank = 0
  let afterGap = false
  for (const [index, source] of cells.entries()) {
    const texts = source.map((cell) => cell.trim())
    if (isBlank(texts)) blank += 1
    else rows.push({ line: index + 1, cells: texts, afterGap })
    afterGap = isBlank(texts)
  }
  return {
    rows,
    blank,
    raw: (line) => (cells[line - 1] ?? []).join('\t'),
  }
}

/**
 * Each cell as Excel shows it, which is what CMS saw and what its CSV has: a number may be 23.830000000000002 or
 * 22.273829151 behind what is shown as 23.83 and 22.27.
 */
const AS_SHOWN = { raw: false, defval: '' } as const

const SIGNATURES = { xlsx: '504b', xls: 'd0cf' } as const

/** An XLSX is a zip, and the library inflates it without a limit: inflate it once with one. */
async function refuseOtherContent(content: Buffer, member: string): Promise<void> {
  const start = content.subarray(0, 8).toString('hex')
  if (start.startsWith(SIGNATURES.xls)) return
  if (!start.startsWith(SIGNATURES.xlsx)) {
    throw new CmsFeesError('E_NOT_A_WORKBOOK', `${member} begins with the bytes ${start}`)
  }
  const zip = await openZip(content, member)
  for (const name of zip.names) await zip.read(name)
}
