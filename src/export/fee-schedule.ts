/** `cms-fees export fee-schedule`: one place's schedule as CSV, workbook or Parquet. */
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { CmsFeesError } from '../errors.ts'
import { type PlaceAndDay, writeFeeSchedule } from '../queries/fee-schedule-file.ts'
import type { Context } from '../runs/run-job.ts'

const FORMATS = ['csv', 'xlsx', 'parquet'] as const
export type FileFormat = (typeof FORMATS)[number]

/** By the option, else by the name of the file. Throws E_USAGE. */
export function formatOf(path: string, format: string | undefined): FileFormat {
  const named = format ?? extname(path).slice(1).toLowerCase()
  const found = FORMATS.find((each) => each === named)
  if (found) return found
  throw new CmsFeesError('E_USAGE', `${path}: a schedule is written as .csv, .xlsx or .parquet`)
}

/** The file appears whole or not at all. Gives the number of its rows. Throws E_UNKNOWN_PLACE. */
export async function exportFeeSchedule(
  place: PlaceAndDay,
  path: string,
  format: FileFormat,
  { session }: Context,
): Promise<number> {
  const scratch = await mkdtemp(join(dirname(path), `.${basename(path)}-`))
  try {
    const file = join(scratch, 'schedule')
    const rows = await writeFeeSchedule(session.client, place, format, file, scratch)
    await rename(file, path)
    return rows
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
