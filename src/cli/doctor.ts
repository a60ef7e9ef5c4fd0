import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from '@commander-js/extra-typings'
import { readConfig } from '../config.ts'
import { contractDamage } from '../db/contract.ts'
import { useEmbedded } from '../db/embedded.ts'
import { isEmpty, requireMigrated } from '../db/migrate.ts'
import { missingRoles, refuseOldServer, requireExtension } from '../db/server.ts'
import { openSession, type Session } from '../db/session.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import { formatTable, print, printJson } from './output.ts'

const ROLES = ['cms_fees_owner', 'cms_fees_loader', 'cms_fees_reader']

interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly found: string
  /** What to do where it is not well. */
  readonly next: string
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'check everything that cms-fees needs, and say what to do where something is wrong',
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees doctor')
    .action(async (options) => {
      const findings = await examine()
      if (options.json) printJson(findings)
      else
        print(formatTable(findings.map(({ ok, ...rest }) => ({ '': ok ? 'ok' : 'FAIL', ...rest }))))
      if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.usage
    })
}

async function examine(): Promise<Finding[]> {
  const config = readConfig(process.env)
  const findings = [
    await finding('Node.js', async () => process.version),
    await finding('home folder is writable', async () => {
      await mkdir(config.home, { recursive: true })
      const probe = join(config.home, '.doctor')
      await writeFile(probe, '')
      await rm(probe)
      return config.home
    }),
  ]
  let server: Awaited<ReturnType<typeof useEmbedded>> | undefined
  let session: Session | undefined
  findings.push(
    await finding(
      config.databaseUrl ? 'database answers' : 'embedded PostgreSQL starts',
      async () => {
        server = config.databaseUrl ? undefined : await useEmbedded(config.home)
        session = await openSession(server?.url ?? config.databaseUrl ?? '', 'cms-fees', {
          readOnly: true,
        })
        const { rows } = await session.client.query('show server_version')
        return `PostgreSQL ${rows[0].server_version}`
      },
    ),
  )
  if (session) {
    const { db } = session
    findings.push(
      await finding('server is PostgreSQL 15 or later', async () => {
        await refuseOldServer(db)
        return 'yes'
      }),
      await findExtension(db, 'btree_gist'),
      await findExtension(db, 'pg_trgm'),
      await finding('roles of cms-fees are there', async () => {
        const missing = (await missingRoles(db, ROLES)).join(', ')
        if (!missing) return ROLES.join(', ')
        throw new CmsFeesError('E_DATABASE_UNFIT', `missing: ${missing}`, {
          next: 'Run `cms-fees migrate --grants`. Where this account may not create roles, have an administrator run `create role <name> nologin` for each first.',
        })
      }),
      await finding('schema is up to date', async () => {
        await requireMigrated(db)
        return 'yes'
      }),
      await finding('schema api is whole', async () => {
        if (await isEmpty(db)) throw new CmsFeesError('E_NOT_MIGRATED', 'there is none')
        const damage = await contractDamage(db)
        if (damage.length === 0) return 'yes'
        const names = damage.slice(0, 5).join(', ')
        const seen = `${damage.length} of its parts are gone or were replaced: ${names}${damage.length > 5 ? ', …' : ''}`
        throw new CmsFeesError('E_NOT_MIGRATED', seen, {
          next: 'Run `cms-fees migrate --grants`: it makes schema api anew.',
        })
      }),
    )
  }
  await session?.close()
  await server?.release()
  return findings
}

const findExtension = (db: Session['db'], name: string): Promise<Finding> =>
  finding(`extension ${name} is available`, async () => {
    await requireExtension(db, name)
    return 'yes'
  })

async function finding(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, found: await look(), next: '' }
  } catch (error) {
    const next = error instanceof CmsFeesError ? error.next : ''
    return { check, ok: false, found: error instanceof Error ? error.message : String(error), next }
  }
}
