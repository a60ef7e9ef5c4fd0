import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../src/paths.ts'

export const BIN = join(ROOT, 'bin/cms-fees.js')

/** Settings of a process that works on a test's database. */
export const environment = (url: string, home: string) => ({
  ...process.env,
  DATABASE_URL: url,
  CMS_FEES_HOME: home,
  LOG_LEVEL: 'silent',
})

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in a process of its own. */
export async function runCli(args: string[], url: string, home: string): Promise<CliResult> {
  const options = { env: environment(url, home), maxBuffer: 1e8 }
  const result = await promisify(execFile)(process.execPath, [BIN, ...args], options).catch(
    (error: CliResult) => error,
  )
  return { code: 'code' in result ? result.code : 0, stdout: result.stdout, stderr: result.stderr }
}
