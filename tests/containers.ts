/** Runs the database tests on several versions of PostgreSQL in containers: `npm run test:containers`. */
import { spawnSync } from 'node:child_process'
import { PostgreSqlContainer } from '@testcontainers/postgresql'

const IMAGES = [
  'postgres:15-alpine',
  'postgres:16-alpine',
  'postgres:17-alpine',
  'postgres:18-alpine',
]
const FOLDERS = ['db', 'sql', 'time', 'stages', 'pipelines', 'contract', 'editorial'].map(
  (name) => `tests/${name}`,
)

let failed = false
for (const image of IMAGES) {
  process.stdout.write(`== ${image}\n`)
  const container = await new PostgreSqlContainer(image)
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'])
    .start()
    .catch((error) => {
      process.stderr.write(`no container starts here: ${error.message}\n`)
      process.exit(1)
    })
  try {
    const env = { ...process.env, TEST_DATABASE_URL: container.getConnectionUri() }
    const { status } = spawnSync('vitest', ['run', '--project', 'fast', ...FOLDERS], {
      env,
      stdio: 'inherit',
    })
    failed ||= status !== 0
  } finally {
    await container.stop()
  }
}
process.exitCode = failed ? 1 : 0
