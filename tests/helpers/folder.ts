/** Folders of tests. All of a run's are below one, which helpers/server.ts makes and removes. */
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where they are, in the folder for temporary files. */
export const FOLDERS = 'folders'

/** A new folder, which is removed when all tests have ended. */
export async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), FOLDERS, `cms-fees-${name}-`))
  // The account that an embedded server runs under must be able to enter it, else the cluster is put elsewhere.
  await chmod(folder, 0o755)
  return folder
}
