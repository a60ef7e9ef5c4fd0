/** Secrets are in no output, log, record or process list, whatever goes wrong. */
import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const CANARY = 'canary-7f3a'
const database = useDatabase()
const home = await makeFolder('secret')

async function run(args: readonly string[], url: string) {
  const env = {
    ...environment(url, home),
    LOG_LEVEL: 'trace',
    CMS_FEES_ALERT_URL: `http://127.0.0.1:9/${CANARY}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${CANARY}`,
    CMS_FEES_ACCEPT_LICENSES: 'ama,ada',
    CMS_FEES_BASE_URL: 'http://127.0.0.1:9',
  }
  const child = spawn(process.execPath, [BIN, ...args], { env })
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('close', done)),
  ])
  return { code, output: stdout + stderr }
}

/** The test's database, by a login whose password is the canary. */
async function withLogin(work: (url: string) => Promise<void>): Promise<void> {
  const { client } = database.session
  const name = `test_canary_${process.pid}`
  await client.query(`create role ${name} login password '${CANARY}' in role cms_fees_loader`)
  const url = new URL(database.url)
  url.username = name
  url.password = CANARY
  await work(url.href).finally(() => client.query(`drop role ${name}`))
}

const from = join(FIXTURES, 'rvu25a.zip')

describe('a secret is not shown', () => {
  test.each([
    ['of a server that is not there', `postgres://ann:${CANARY}@127.0.0.1:9/fees`, 4],
    ['in a URL that is malformed', `postgres://ann:${CANARY}@127.0.0.1:port/fees`, 2],
    ['in a URL of something else', `mysql://ann:${CANARY}@127.0.0.1/fees`, 2],
  ])('%s', async (_, url, expected) => {
    const commands = [['status'], ['latest'], ['doctor'], ['ingest', 'RVU25A', '--from', from]]
    const runs = commands.map(async (args) => ({ args, ...(await run(args, url)) }))
    for (const { args, code, output } of await Promise.all(runs)) {
      expect(output, args.join(' ')).not.toContain(CANARY)
      // doctor tells of everything that is wrong, and ends with its own code.
      expect(code, args.join(' ')).toBe(args[0] === 'doctor' ? 2 : expected)
    }
  })

  test('by a run that goes well, one that is refused, or a wrong query', async () => {
    await withLogin(async (url) => {
      for (const args of [
        ['ingest', 'RVU25A', '--from', from],
        ['ingest', 'RVU25B', '--from', from],
        ['sql', 'select nothing from nowhere'],
        ['status', '--json'],
      ]) {
        expect((await run(args, url)).output, args.join(' ')).not.toContain(CANARY)
      }
    })
    const runs = await database.rows(
      `select count(*) as rows from ops.run where error_message is not null`,
    )
    expect(runs).toEqual([{ rows: 1 }])
    expect(await database.rows(`select * from ops.run r where r::text like '%${CANARY}%'`)).toEqual(
      [],
    )
  })

  test('in the list of processes', async () => {
    await withLogin(async (url) => {
      const seen: string[] = []
      const ingest = run(['ingest', 'RVU25D', '--from', join(FIXTURES, 'rvu25d.zip')], url)
      let running = true
      const watch = (async () => {
        while (running) seen.push((await promisify(execFile)('ps', ['-eo', 'args'])).stdout)
      })()
      await ingest
      running = false
      await watch
      expect(seen.join('\n')).toContain('ingest RVU25D')
      expect(seen.join('\n')).not.toContain(CANARY)
    })
  })
})
