import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from '@commander-js/extra-typings'
import { type Config, readConfig } from '../config.ts'
import { CmsFeesError } from '../errors.ts'
import { requireLicenses } from '../ingest/fetch.ts'
import { DEAD_AFTER, parseTimes, runAt, writeBeat } from '../jobs/cron.ts'
import { latest } from '../jobs/latest.ts'
import { createLog, type Logger } from '../log.ts'
import { alerting, withWritable } from './context.ts'
import { interrupted } from './interrupt.ts'
import { familyOption } from './latest.ts'
import { print } from './output.ts'
import { summaryOf } from './steps.ts'

/** How the last run ended; null before the first. */
type LastRun = { readonly at: Date; readonly error: string | null } | null

export function addSchedule(program: Command): void {
  program
    .command('schedule')
    .description('stay up and run `latest` at the times of CMS_FEES_CRON, until SIGTERM')
    .option('--now', 'run once at the start, too')
    .addOption(familyOption())
    .option(
      '--health',
      'only say whether a scheduler of this home folder is alive, for health checks',
    )
    .addHelpText('after', '\nExample:\n  cms-fees schedule --now')
    .action((options) => {
      const config = readConfig(process.env)
      return options.health ? health(config) : schedule(config, options.now, options.family)
    })
}

const beatOf = ({ home }: Config) => join(home, 'schedule.json')

async function schedule(
  config: Config,
  now: boolean | undefined,
  families: readonly string[] | undefined,
): Promise<void> {
  const log = createLog(config.logLevel)
  const times = parseTimes(config.schedule)
  requireLicenses(config.cms)
  await mkdir(config.home, { recursive: true })

  interrupted.addEventListener('abort', () => log.info({ signal: interrupted.reason }, 'stopping'))

  let last: LastRun = null
  const beat = (next: Date | null) =>
    writeBeat(beatOf(config), { pid: process.pid, at: new Date(), next, last }).catch((error) =>
      log.warn({ err: error }, 'the heartbeat could not be written'),
    )
  const work = async () => {
    await beat(null)
    const error = await runLatest(log, families)
    last = { at: new Date(), error }
  }
  log.info({ ...config.schedule, next: times.nextRun() }, 'scheduled')
  if (now) await work()
  await runAt(times, interrupted, beat, work)
  log.info('stopped')
}

/** Never throws: the next time comes whatever became of this one. Gives the code of what went wrong. */
async function runLatest(
  log: Logger,
  families: readonly string[] | undefined,
): Promise<string | null> {
  try {
    await alerting('schedule', async () => {
      const { steps, problem } = await withWritable((context) => latest({ families }, context))
      for (const step of steps) log.info(summaryOf(step), 'release')
      if (problem) throw problem
      log.info({ releases: steps.length }, 'done')
    })
    return null
  } catch (error) {
    // To be told to stop is how a scheduler ends.
    if (interrupted.aborted) {
      log.info('the run under way is undone')
      return 'E_INTERRUPTED'
    }
    if (!(error instanceof CmsFeesError)) {
      log.error({ err: error, code: 'E_BUG' }, 'this should not happen; please report it')
      return 'E_BUG'
    }
    const { code, exitCode, message, next } = error
    log.error({ code, exit: exitCode, next }, message)
    return code
  }
}

/** Throws E_UNHEALTHY. */
async function health(config: Config): Promise<void> {
  const path = beatOf(config)
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new CmsFeesError('E_UNHEALTHY', `there is no ${path}`, { cause })
  })
  const { at, next } = JSON.parse(text) as { at: string; next: string | null }
  const age = Date.now() - Date.parse(at)
  if (age > DEAD_AFTER) {
    throw new CmsFeesError('E_UNHEALTHY', `its last heartbeat was at ${at}`)
  }
  print(`alive; ${next ? `next run at ${next}` : 'running'}`)
}
