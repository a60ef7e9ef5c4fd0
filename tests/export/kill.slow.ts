/** An export that is killed at a random moment leaves the one before, whole; the next one removes what it left. */
import { createHash } from 'node:crypto'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readManifest } from '../../src/export/manifest.ts'
import { environment } from '../helpers/cli.ts'
import { startCommand } from '../helpers/command.ts'
import { useExport } from '../helpers/export.ts'
import { makeFolder } from '../helpers/folder.ts'

const KILLS = 20
const { database, folder, current } = await useExport('RVU25D', 'ZIP5_OCT2025')
const env = environment(database.url, await makeFolder('home'))

/** Starts an export in a process of its own. Gives whether it was killed before its end, and how long it took. */
async function exportFor(milliseconds: number) {
  const began = performance.now()
  const { ended, kill } = startCommand(['export', folder], env)
  const timer = setTimeout(() => kill('SIGKILL'), milliseconds)
  const { code, signal } = await ended
  clearTimeout(timer)
  if (signal === null) expect(code).toBe(0)
  return { killed: signal === 'SIGKILL', took: performance.now() - began }
}

/** Something new for every kind of table, so that all are written. */
const change = () =>
  database.rows(`update pfs.rvu set content_hash = gen_random_uuid(), work_rvu = work_rvu + 0.01`)

/** Of every file that the manifest names; throws where one is not there. */
async function checksums() {
  const tables = (await readManifest(current))?.tables ?? []
  return Promise.all(
    tables.map(async ({ file }) => ({
      ...{ named: file.sha256 },
      is: createHash('sha256')
        .update(await readFile(join(current, file.path)))
        .digest('hex'),
    })),
  )
}

/** Until the server has noticed that the killed process is gone. */
async function settle(): Promise<void> {
  const others = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  while ((await database.rows(others)).length > 0) await sleep(20)
}

test(`${KILLS} kills at random moments`, async () => {
  await change()
  const { took } = await exportFor(600_000)
  for (let killed = 0; killed < KILLS; ) {
    await change()
    const before = await readlink(current)
    const last = await exportFor(Math.random() * took)
    await settle()
    if (last.killed) killed += 1
    else expect(await readlink(current)).not.toBe(before)
    const files = await checksums()
    expect(files.length).toBeGreaterThan(20)
    for (const { named, is } of files) expect(is).toBe(named)
  }
  await exportFor(600_000)
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  expect(await readdir(folder)).toHaveLength(3)
})
