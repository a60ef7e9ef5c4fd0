/** Folders of tests. All of a run's are below one, which helpers/server.ts makes, looks through and removes. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
// Registered before the hooks of the test file, so it runs after them.
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true })
})

/** A new folder, which is removed when the test file has ended, however it ended. */
export async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `cms-fees-${name}-`))
  made.push(folder)
  // The account that an embedded server runs under must be able to enter it, else the cluster is put elsewhere.
  await chmod(folder, 0o755)
  return folder
}
