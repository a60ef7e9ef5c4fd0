import type { Kysely } from 'kysely'
import type { Tables } from '../../src/db/tables.ts'
import { renderCommands } from './commands.ts'
import { renderCoverage, renderReadme } from './coverage.ts'
import { renderDataDictionary } from './data-dictionary.ts'
import { renderDatabaseTypes } from './database-types.ts'
import { editorialSchemas } from './editorial-schema.ts'
import { renderErrors } from './errors.ts'
import { renderListing } from './listing.ts'
import { renderPerformance } from './performance.ts'
import { renderVersions } from './versions.ts'

/** A generated file: where it is, from the package's root, and what it must say. */
export interface Page {
  readonly file: string
  render(db: Kysely<Tables>): Promise<string>
}

/** Every generated file; `npm run docs` writes them, a test compares them. */
export const pages: readonly Page[] = [
  // First: the others are read from a database that was made with it.
  { file: 'sql/functions/listing.sql', render: renderListing },
  { file: 'sql/api/20_versions.sql', render: renderVersions },
  { file: 'docs/errors.md', render: renderErrors },
  { file: 'docs/cli.md', render: renderCommands },
  { file: 'docs/coverage.md', render: renderCoverage },
  { file: 'README.md', render: renderReadme },
  { file: 'docs/data-dictionary.md', render: renderDataDictionary },
  { file: 'src/fee-schedule-database.ts', render: renderDatabaseTypes },
  ...editorialSchemas,
  { file: 'docs/performance.md', render: renderPerformance },
]
