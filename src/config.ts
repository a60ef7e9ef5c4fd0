/** Settings, read from the environment once. */
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { CMS_ORIGIN, type CmsSettings, LICENSES, type License, PATIENCE } from './cms/settings.ts'
import { CmsFeesError } from './errors.ts'
import type { Times } from './jobs/cron.ts'

/** `a, b` as a list of lower-case words. */
const words = z.string().transform((text) =>
  text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
)

const environment = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected postgres://user:password@host:port/database',
    })
    .optional(),
  CMS_FEES_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'expected https://host' })
    .default(CMS_ORIGIN),
  CMS_FEES_HOSTS: words.default([]),
  CMS_FEES_ACCEPT_LICENSES: words
    .pipe(z.array(z.enum(Object.keys(LICENSES) as License[])))
    .default([]),
  CMS_FEES_HOME: z.string().min(1).default('.cms-fees'),
  CMS_FEES_CRON: z.string().default('17 6 * * *'),
  CMS_FEES_TIME_ZONE: z.string().default('America/New_York'),
  CMS_FEES_OPERATOR: z.string().optional(),
  CMS_FEES_ALERT_URL: z
    .url({ protocol: /^https?$/, error: 'expected https://host/path' })
    .optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export interface Config {
  /** Undefined: an embedded PostgreSQL under `home`. */
  readonly databaseUrl: string | undefined
  /** Where the archive, the embedded database and compiled modules live. */
  readonly home: string
  readonly logLevel: string
  readonly cms: CmsSettings
  /** Where failures of unattended commands are told; a secret. */
  readonly alertUrl: string | undefined
  /** Who answers for a gate that is accepted. */
  readonly operator: string
  /** When `schedule` runs `latest`. */
  readonly schedule: Times
}

/** Throws E_CONFIG, which names the variable but never its value: it may hold a password. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(set)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new CmsFeesError('E_CONFIG', faults.join('; '))
  }
  return Object.freeze({
    databaseUrl: result.data.DATABASE_URL,
    home: resolve(result.data.CMS_FEES_HOME),
    logLevel: result.data.LOG_LEVEL,
    alertUrl: result.data.CMS_FEES_ALERT_URL,
    operator: result.data.CMS_FEES_OPERATOR ?? userInfo().username,
    schedule: { cron: result.data.CMS_FEES_CRON, timeZone: result.data.CMS_FEES_TIME_ZONE },
    cms: {
      baseUrl: result.data.CMS_FEES_BASE_URL,
      hosts: result.data.CMS_FEES_HOSTS,
      licenses: result.data.CMS_FEES_ACCEPT_LICENSES,
      patience: PATIENCE,
    },
  })
}
