import { batchesOf } from '../batches.ts'
import { CmsFeesError } from '../errors.ts'
import { isBlank, type TextFile, type TextRow } from './text.ts'
import { openZip } from './zip.ts'

/**
 * The first sheet of a workbook as trimmed cells; CMS's sheets have stale names. An Excel number is a
 * double (19.309999999999999): its shortest decimal that reads back as the same double is what CMS typed.
 * Throws E_NOT_A_WORKBOOK, E_ZIP_*.
 */
export async function readXlsx(bytes: Uint8Array, member: string): Promise<TextFile> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  await refuseBomb(content, member)
  // Loaded on use: a CSV is the rule.
  const { readSheet } = await import('read-excel-file/node')
  const sheet = await readSheet(content, {
    trim: false,
    parseNumber: (text) => String(Number(text)),
  }).catch((cause) => {
    throw new CmsFeesError('E_NOT_A_WORKBOOK', `${member}: ${cause.message}`, { cause })
  })
  const rows: TextRow[] = []
  let blank = 0
  let afterGap = false
  for (const [index, source] of sheet.entries()) {
    const cells = source.map((cell) => (cell === null ? '' : String(cell).trim()))
    if (isBlank(cells)) {
      blank += 1
      afterGap = true
    } else {
      rows.push({ line: index + 1, cells, afterGap })
      afterGap = false
    }
  }
  return {
    rows: batchesOf(rows),
    blank,
    raw: (line) => (sheet[line - 1] ?? []).map((cell) => cell ?? '').join('\t'),
  }
}

/** A workbook is a zip, and the library inflates it without a limit: inflate it once with one. */
async function refuseBomb(content: Buffer, member: string): Promise<void> {
  if (content.subarray(0, 2).toString('latin1') !== 'PK') {
    const start = content.subarray(0, 8).toString('hex')
    throw new CmsFeesError('E_NOT_A_WORKBOOK', `${member} begins with the bytes ${start}`)
  }
  const zip = await openZip(content, member)
  for (const name of zip.names) await zip.read(name)
}
