/** Reads the two large files of a release in a process of its own, one way or another; prints its time and memory. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { pfs } from '../../pipelines/pfs.ts'
import type { Row } from '../../schemas/dataset.ts'
import { openZip } from '../../src/readers/zip.ts'
import { parseRelease } from '../../src/release.ts'
import { claimMembers } from '../../src/stages/claim.ts'
import { parse } from '../../src/stages/parse.ts'
import { contentHashOf } from '../../src/stages/stage.ts'
import { validate } from '../../src/stages/validate.ts'

export type Way = 'batches' | 'buffered' | 'workers'

export interface Reading {
  readonly ms: number
  /** Peak, in megabytes. */
  readonly memory: number
  readonly rows: number
}

interface Asked {
  readonly zip: string
  readonly dataset: string
  readonly way: Way
}

/** Unzip, parse, validate and hash: all that the process does with a file. Gives the number of its valid rows. */
async function readOne({ zip: path, dataset, way }: Asked): Promise<number> {
  const release = parseRelease('RVU25D')
  const { effectiveFrom } = pfs.date(release, '')
  const zip = await openZip(path, release.name)
  const { claims } = claimMembers(zip.names, pfs.datasets, release, effectiveFrom)
  const claim = claims.find((one) => one.dataset.name === dataset)
  if (!claim) throw new Error(`no ${dataset}`)
  let rows = 0
  const use = (row: Row) => {
    contentHashOf(row)
    rows += 1
  }
  const bytes = await zip.read(claim.member)
  const file = await parse({ ...claim, bytes }, release, effectiveFrom)
  const records = way === 'buffered' ? [[...file.records].flat()] : file.records
  const valid = validate(file, records).rows
  for (const batch of way === 'buffered' ? [[...valid].flat()] : valid) batch.forEach(use)
  return rows
}

const inThread = (asked: Asked): Promise<number> =>
  new Promise((done, failed) =>
    new Worker(new URL(import.meta.url), { workerData: asked })
      .once('message', done)
      .once('error', failed),
  )

const FILES = ['rvu', 'opps_cap']

if (!isMainThread) {
  parentPort?.postMessage(await readOne(workerData as Asked))
} else if (import.meta.main) {
  const [zip = '', way = 'batches'] = process.argv.slice(2) as [string, Way]
  const asked = FILES.map((dataset) => ({ zip, dataset, way }))
  let rows = 0
  const start = performance.now()
  if (way === 'workers') {
    for (const read of await Promise.all(asked.map(inThread))) rows += read
  } else {
    for (const one of asked) rows += await readOne(one)
  }
  const ms = performance.now() - start
  // maxRSS is in kilobytes.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  process.stdout.write(JSON.stringify({ ms, memory, rows } satisfies Reading))
}
