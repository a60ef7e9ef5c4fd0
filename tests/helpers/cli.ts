import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import { runCommand } from '../../src/cli/main.ts'
import { ROOT } from '../../src/paths.ts'

/** For tests of the process itself: its signals, pipes and end. */
export const BIN = join(ROOT, 'bin/cms-fees.js')

const settings = (url: string, home: string) => ({
  DATABASE_URL: url,
  CMS_FEES_HOME: home,
  LOG_LEVEL: 'silent',
})

/** Settings of a process that works on a test's database. */
export const environment = (url: string, home: string) => ({
  ...process.env,
  ...settings(url, home),
})

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in a process of its own: where it starts an embedded server, or runs beside another. */
export async function runProcess(args: string[], url: string, home: string): Promise<CliResult> {
  const options = { env: environment(url, home), maxBuffer: 1e8 }
  const result = await promisify(execFile)(process.execPath, [BIN, ...args], options).catch(
    (error: CliResult) => error,
  )
  return { code: 'code' in result ? result.code : 0, stdout: result.stdout, stderr: result.stderr }
}

let running: string | null = null

/**
 * Runs the command line in this process, which saves a second for each command; one at a time. `more` are settings as
 * the environment has them.
 */
export async function runCli(
  args: readonly string[],
  url: string,
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  if (running) throw new Error(`\`${running}\` is still running: give one of them its own process`)
  running = args.join(' ')
  for (const [name, value] of Object.entries({ ...settings(url, home), ...more }))
    vi.stubEnv(name, value)
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)]
  try {
    process.exitCode = undefined
    await runCommand(args)
    return { code: Number(process.exitCode ?? 0), stdout: stdout.end(), stderr: stderr.end() }
  } finally {
    process.exitCode = undefined
    stdout.end()
    stderr.end()
    vi.unstubAllEnvs()
    running = null
  }
}

/** Keeps what is written to a stream of the process, until its end. */
function capture(stream: NodeJS.WriteStream) {
  let text = ''
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
    text += String(chunk)
    const written = rest.find((each) => typeof each === 'function')
    if (written) process.nextTick(written)
    return true
  })
  return {
    end: () => {
      spy.mockRestore()
      return text
    },
  }
}
