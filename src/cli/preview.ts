import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'
import { CmsFeesError } from '../errors.ts'
import { exportSite } from '../preview/export.ts'
import { startPreview } from '../preview/server.ts'
import { served } from '../preview/site.ts'
import { codePage } from '../queries/code-page.ts'
import { type CommandContext, withReading } from './context.ts'
import { interruptExit, interruptName, untilInterrupted } from './interrupt.ts'
import { print } from './output.ts'

export function addPreview(program: Command): void {
  program
    .command('preview')
    .argument('[code]', 'HCPCS code whose page to name, such as A4306')
    .description('look at the code pages in a browser, or write them as static files')
    .option('--port <n>', 'port on 127.0.0.1; 0 takes any that is free', portOf, 4306)
    .option('--export <folder>', 'write the pages of all codes into a new or empty folder')
    .addHelpText('after', '\nExample:\n  cms-fees preview A4306')
    .action((code, options) =>
      withReading((context) =>
        options.export === undefined
          ? context.session.shielded(() => serve(context, options.port, code))
          : write(context, options.export, code),
      ),
    )
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Ports are 0 to 65535.')
  return port
}

/** Until SIGINT or SIGTERM; then the pages that were asked for are still sent. */
async function serve(
  { session, log }: CommandContext,
  port: number,
  code: string | undefined,
): Promise<void> {
  const page = code === undefined ? undefined : await codePage(session.db, code)
  if (code !== undefined && !page)
    throw new CmsFeesError('E_UNKNOWN_CODE', `no file in force today has ${code}`)
  const preview = await startPreview(session, log, port)
  print(new URL(page ? served.page('codes', page.hcpcs) : '/', preview.url).href)
  print('Ctrl+C stops it.')
  await untilInterrupted()
  await preview.close()
  process.stderr.write(`Stopped by ${interruptName()}.\n`)
  process.exitCode = interruptExit()
}

async function write(
  { session }: CommandContext,
  folder: string,
  code: string | undefined,
): Promise<void> {
  if (code !== undefined)
    throw new CmsFeesError('E_USAGE', `--export writes the pages of all codes, not of ${code}`)
  const began = Date.now()
  const { codes, pages } = await exportSite(session, resolve(folder))
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  print(
    `${codes.toLocaleString('en-US')} codes on ${pages.toLocaleString('en-US')} pages written to ${folder} in ${seconds} s`,
  )
}
