import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { CmsFeesError } from '../errors.ts'
import { isBlank, type TextFile, type TextRow } from './text.ts'
import { openZip } from './zip.ts'

/** A whole PPRRVU takes 400 MB and some seconds. */
const LIMITS = { megabytes: 768, seconds: 300 }

/**
 * The first sheet of a workbook, XLSX or the XLS of old releases, as trimmed cells; CMS's sheets have stale names. Where a
 * workbook holds several files, the sheet with the given name. Throws E_NOT_A_WORKBOOK, E_ZIP_*.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  member: string,
  sheet?: RegExp,
  limits = LIMITS,
): Promise<TextFile> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  await refuseOtherContent(content, member)
  const cells = await cellsOf(content, member, sheet, limits)
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

/** A damaged or hostile file can send the library round and round, or out of memory: its thread has limits, and ends. */
async function cellsOf(
  content: Buffer,
  member: string,
  sheet: RegExp | undefined,
  { megabytes, seconds }: typeof LIMITS,
): Promise<string[][]> {
  // `.ts` in the sources, `.js` when compiled.
  const thread = new URL(`./workbook-thread${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(thread, {
    workerData: { content, sheet },
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  try {
    const [cells] = await once(worker, 'message', {
      signal: AbortSignal.timeout(seconds * 1000),
    })
    return cells
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_NOT_A_WORKBOOK', `${member}: ${reason}`, { cause })
  } finally {
    await worker.terminate()
  }
}

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
