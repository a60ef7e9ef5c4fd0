/** Writes every generated file anew: `npm run docs`. Uses an embedded PostgreSQL of its own. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { ROOT } from '../src/paths.ts'
import { pages } from './pages/index.ts'

const home = await mkdtemp(join(tmpdir(), 'cms-fees-docs-'))
// The account that the server runs under must be able to enter it, else the cluster is put elsewhere.
await chmod(home, 0o755)
const server = await useEmbedded(home)
try {
  const session = await openSession(server.url)
  for (const page of pages) {
    // A page of SQL is a part of what the next ones are read from.
    await migrate(session.db)
    await writeFile(join(ROOT, page.file), await page.render(session.db))
    process.stdout.write(`${page.file}\n`)
  }
  await session.close()
} finally {
  await server.release()
  await rm(home, { recursive: true, force: true })
}
