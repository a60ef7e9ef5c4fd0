import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The package's own folder: the sources run from it, the build from `dist` in it. */
function packageRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from))
}

export const ROOT = packageRoot(import.meta.dirname)
export const MIGRATIONS = join(ROOT, 'sql/migrations')
export const FUNCTIONS = join(ROOT, 'sql/functions')
export const API = join(ROOT, 'sql/api')
export const CHECKS = join(ROOT, 'sql/checks')
export const EXPORT_SQL = join(ROOT, 'sql/export')
export const EDITORIAL = join(ROOT, 'editorial')
export const FIXTURES = join(ROOT, 'fixtures')
export const PREVIEW_ASSETS = join(ROOT, 'src/preview/assets')
