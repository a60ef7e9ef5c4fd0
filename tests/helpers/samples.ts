import { join } from 'node:path'
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import type { Context } from '../../src/runs/run-job.ts'

const FILES = {
  RVU25A: 'rvu25a.zip',
  RVU25D: 'rvu25d.zip',
  RVU26B: 'rvu26b.zip',
  HCPC2019_ANWEB: 'hcpc2019_anweb.zip',
  ZIP5_OCT2025: 'zip5_oct2025.zip',
  CLFS24Q4: 'clfs24q4.zip',
  CLFS25Q1: 'clfs25q1.zip',
  ASP25Q1: 'asp25q1.zip',
  ASP25Q2: 'asp25q2.zip',
  DME25A: 'dme25a.zip',
  ASC25Q1: 'asc25q1.zip',
  MUP_PHY_D23: 'mup_phy_d23-synthetic.zip',
} as const

/** How a sample release is ingested. */
export const sampleOf = (release: keyof typeof FILES): IngestRequest => ({
  release,
  from: join(FIXTURES, FILES[release]),
  allowMissing: true,
})

/** Loads sample releases, one after the other. */
export async function loadSamples(
  context: Context,
  ...releases: (keyof typeof FILES)[]
): Promise<void> {
  for (const release of releases) await ingest(sampleOf(release), context)
}
