import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../src/paths.ts'

/** CMS's own files, which the repository cannot hold; tests on them are skipped, by name, without them. */
export const REAL = join(ROOT, '../shared/cms')
export const hasReal = existsSync(REAL)
