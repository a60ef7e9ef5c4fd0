/** Reads the two large files of a release in a process of its own, one way or another; prints its time and memory. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { pfs } from '../../pipelines/pfs.ts'
import type { Row } from '../../schemas/dataset.ts'
import { parseRelease } from '../../src/release.ts'
import { claimMembers } from '../../src/stages/claim.ts'
import { parse } from '../../src/stages/parse.ts'
import { contentHashOf } from '../../src/stages/stage.ts'
import { validate } from '../../src/stages/validate.ts'
import { collect, type Turns } from '../../src/turns.ts'
import { readZip } from '../../tests/helpers/zips.ts'

export type Way = 'turns' | 'buffered' | 'workers'

interface Asked {
  readonly zip: string
  readonly dataset: string
  readonly way: Way
}

/** Parse, validate and hash: all that the process does with a file. */
async function readOne({ zip, dataset, way }: Asked): Promise<number> {
  const release = parseRelease('RVU25D')
  const { effectiveFrom } = pfs.date(release, '')
  const members = await readZip(zip)
  const { claims } = claimMembers([...members.keys()], pfs.datasets, release, effectiveFrom)
  const claim = claims.find((one) => one.dataset.name === dataset)
  const bytes = claim && members.get(claim.member)
  if (!claim || !bytes) throw new Error(`no ${dataset}`)
  const hashOf = contentHashOf(claim.dataset)
  let rows = 0
  const use = (row: Row) => {
    hashOf(row)
    rows += 1
  }
  const file = await parse({ ...claim, bytes }, release, effectiveFrom)
  if (way === 'buffered') {
    const records = collect(file.turn)
    const valid = collect<Row>((each) => validate(file, allAtOnce(records)).turn(each))
    valid.forEach(use)
  } else {
    const { turn } = validate(file)
    while (turn(use));
  }
  return rows
}

const allAtOnce =
  <T>(items: readonly T[]): Turns<T> =>
  (each) => {
    items.forEach(each)
    return false
  }

const FILES = ['rvu', 'opps_cap']

if (!isMainThread) {
  parentPort?.postMessage(await readOne(workerData as Asked))
} else if (import.meta.main) {
  const [zip = '', way = 'turns'] = process.argv.slice(2) as [string, Way]
  const start = performance.now()
  if (way === 'workers') {
    await Promise.all(
      FILES.map(
        (dataset) =>
          new Promise((done, failed) =>
            new Worker(new URL(import.meta.url), { workerData: { zip, dataset, way } })
              .once('message', done)
              .once('error', failed),
          ),
      ),
    )
  } else {
    for (const dataset of FILES) await readOne({ zip, dataset, way })
  }
  const ms = performance.now() - start
  // maxRSS is in kilobytes.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  process.stdout.write(JSON.stringify({ ms, memory }))
}
