import { pfs } from '../../pipelines/pfs.ts'
import type { Dataset, Format, Row } from '../../schemas/dataset.ts'
import { parseRelease } from '../../src/release.ts'
import { claimMembers } from '../../src/stages/claim.ts'
import { parse } from '../../src/stages/parse.ts'
import { type ValidFile, validate } from '../../src/stages/validate.ts'
import { readZip } from './zips.ts'

/** One file of a release, read as `ingest` reads it but without a database. */
export async function readFileOf(
  dataset: Dataset,
  release: string,
  member: string,
  content: string | Uint8Array,
): Promise<ValidFile> {
  const name = parseRelease(release)
  const effectiveFrom = pfs.date(name, '').effectiveFrom
  const { claims } = claimMembers([member], [dataset], name, effectiveFrom)
  const [claim] = claims
  if (!claim) throw new Error(`${dataset.name} does not claim ${member}`)
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  return validate(await parse({ ...claim, bytes }, name, effectiveFrom))
}

/** Every file of a zip in one format, by dataset. */
export async function readRelease(
  path: string,
  release: string,
  format: Format,
): Promise<Map<string, ValidFile>> {
  const name = parseRelease(release)
  const effectiveFrom = pfs.date(name, '').effectiveFrom
  const members = await readZip(path)
  const { claims } = claimMembers([...members.keys()], pfs.datasets, name, effectiveFrom, format)
  const files = new Map<string, ValidFile>()
  for (const claim of claims) {
    const bytes = members.get(claim.member) ?? new Uint8Array()
    files.set(claim.dataset.name, validate(await parse({ ...claim, bytes }, name, effectiveFrom)))
  }
  return files
}

export const keyOf = (dataset: Dataset, row: Row): string =>
  dataset.key.map((column) => row[column]).join('/')
