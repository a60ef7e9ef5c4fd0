/**
 * Every way in which cms-fees can refuse or fail, with the exit code that cron sees.
 * `docs/errors.md` is generated from this list (`npm run docs`), and a test compares the two.
 */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  locked: 5,
  interrupted: 130,
} as const

export const ERRORS = {
  E_USAGE: [EXIT.usage, 'The command line is wrong.', 'Run the command with --help.'],
  E_CONFIG: [
    EXIT.usage,
    'A setting in the environment is not valid.',
    'Correct the named variable.',
  ],
  E_NODE_TOO_OLD: [
    EXIT.usage,
    'The running Node.js is older than cms-fees needs.',
    'Run `npm ci` (it brings Node.js 24 where there is a build) or install Node.js 24.',
  ],
  E_UNKNOWN_RELEASE: [
    EXIT.usage,
    'The name is not that of a CMS release.',
    'Name a release as CMS does, such as RVU25A or RVU24AR.',
  ],
  E_SOURCE_NOT_FOUND: [
    EXIT.usage,
    'There is no file or folder at --from.',
    'Give the path of a release zip, or of a folder with its files.',
  ],
  E_UNKNOWN_CODE: [
    EXIT.usage,
    'No loaded release knows the code.',
    'Check the code, or load the release that has it.',
  ],
  E_NOT_LOADED: [
    EXIT.usage,
    'The release, or its revision, is not loaded.',
    'Run `cms-fees status`: it lists what is.',
  ],
  E_SQL: [
    EXIT.usage,
    'The query is not one statement that PostgreSQL accepts.',
    'Correct the query and run it again; docs/data-dictionary.md has the views and functions of schema api.',
  ],
  E_SQL_WRITES: [
    EXIT.usage,
    'The statement writes, or could write, and `cms-fees sql` only reads.',
    'Ask with select, with, values, table, explain or show. For all else open the same database with psql: psql "$(cms-fees sql --connection)"',
  ],
  E_UNKNOWN_PLACE: [
    EXIT.usage,
    'No loaded release has amounts for the place on the day.',
    'Check the ZIP code, or MAC and locality, and the day; `cms-fees status` lists what is loaded.',
  ],
  E_EXPORT_CHECK: [
    EXIT.bug,
    'A rate that was about to be exported is not what the database itself gives.',
    'Report it with what the message says; the export before is as it was.',
  ],
  E_CLAIM_COLUMNS: [
    EXIT.usage,
    'A file of claim lines lacks a column that pricing needs, or has it twice.',
    'Name the columns as docs/claims.md does.',
  ],
  E_LICENSE_NOT_ACCEPTED: [
    EXIT.usage,
    'CMS gives these files only to who accepts the licences of the AMA (CPT) and the ADA (CDT), and they are not accepted.',
    'Read both at https://www.cms.gov/license/ama and https://www.cms.gov/license/ada; if you accept them, set CMS_FEES_ACCEPT_LICENSES=ama,ada.',
  ],
  E_CMS_UNREACHABLE: [
    EXIT.unreachable,
    'CMS did not answer, or broke off, at every attempt.',
    'Run the command again later: what has arrived is kept, and the download goes on from there.',
  ],
  E_CMS_REFUSED: [
    EXIT.refused,
    'CMS answered with an error that another attempt does not mend.',
    'Open the address in a browser; where CMS has moved the file, download it and use --from.',
  ],
  E_HOST_NOT_ALLOWED: [
    EXIT.refused,
    'A link or a redirect leads to a host that is not one of CMS.',
    'Look at the address; if it is right, add its host to CMS_FEES_HOSTS.',
  ],
  E_TLS: [
    EXIT.refused,
    'The certificate of the server cannot be verified.',
    'Look at the certificate. Where a proxy of yours stands between, name its authority in NODE_EXTRA_CA_CERTS; for PostgreSQL in sslrootcert of DATABASE_URL.',
  ],
  E_TOO_LARGE: [
    EXIT.refused,
    'The file is larger than any release.',
    'Look at the address; download the file yourself and use --from if it is right.',
  ],
  E_NO_RELEASE_LINKS: [
    EXIT.refused,
    'A page of CMS holds no link of the kind it is read for: it has changed its shape, or is another page.',
    'Open the page in a browser; use --from with a zip that you downloaded, and report the page.',
  ],
  E_EMPTY_FILE: [
    EXIT.refused,
    'The file has no bytes, or no data rows.',
    'Download the release again.',
  ],
  E_HTML_NOT_ZIP: [
    EXIT.refused,
    'A web page was saved in place of the zip.',
    'Open the link in a browser, accept the licence, and save the zip itself.',
  ],
  E_NOT_A_ZIP: [EXIT.refused, 'The bytes are not a zip.', 'Download the release again.'],
  E_ZIP_TRUNCATED: [
    EXIT.refused,
    'The zip ends before its directory: the download was cut.',
    'Download the release again.',
  ],
  E_ZIP_DAMAGED: [
    EXIT.refused,
    'A file in the zip does not match its checksum or size.',
    'Download the release again.',
  ],
  E_ZIP_UNSAFE: [
    EXIT.refused,
    'The zip holds something that no CMS release has: an unsafe name, a doubled or encrypted member, too many bytes.',
    'Check where the zip came from.',
  ],
  E_NOT_A_WORKBOOK: [
    EXIT.refused,
    'The file is not an Excel workbook (XLSX).',
    'Use another format of the file (--format csv or txt), or download the release again.',
  ],
  E_MISSING_FILE: [
    EXIT.refused,
    'The release lacks files that its year should have.',
    'Get the whole release; where the files are known not to exist, add --allow-missing.',
  ],
  E_AMBIGUOUS_FILE: [
    EXIT.refused,
    'Two files match to be the same file of the release.',
    'Leave only the right one in the folder or zip.',
  ],
  E_WRONG_RELEASE: [
    EXIT.refused,
    'The files belong to another release than the one asked for.',
    'Ingest them under the release that they name.',
  ],
  E_HEADER_NOT_FOUND: [
    EXIT.refused,
    'The file has no header row that its layout knows.',
    'Compare the top of the file with the layouts in schemas/; add a layout if CMS changed it.',
  ],
  E_HEADER_DRIFT: [
    EXIT.refused,
    'The columns are not those of the layout: some are unknown, missing or doubled.',
    'Where CMS misspelled a column, accept what the message proposes (--accept-columns); where it changed the file, add a layout to its schema (CONTRIBUTING.md, "Add a layout").',
  ],
  E_LAYOUT_UNKNOWN: [
    EXIT.refused,
    'No layout covers this file at the date of the release.',
    'Use another format of the file, or add a layout (CONTRIBUTING.md, "add a layout").',
  ],
  E_ENCODING: [
    EXIT.refused,
    'The file is not text in an encoding that can be told for certain.',
    'Save it as UTF-8 or Windows-1252, or use another format of the file (--format).',
  ],
  E_BAD_QUOTING: [
    EXIT.refused,
    'A quote in the CSV is opened and not closed.',
    'Look at the named line; download the release again if the file is cut.',
  ],
  E_CONSTANT_VARIES: [
    EXIT.refused,
    'A column that holds one value in every CMS file holds several.',
    'Look at the named lines: the file mixes releases, or CMS changed what the column means.',
  ],
  E_TOO_MANY_REJECTED: [
    EXIT.refused,
    'More rows are invalid than the file may have.',
    'Run `cms-fees rejects list --release <release>`, or read api.rejected_row: each row, and what is wrong with it.',
  ],
  E_CHECK_FAILED: [
    EXIT.refused,
    'A check on the loaded rows found rows that break it.',
    'Run `cms-fees report`: it has a sample of the rows.',
  ],
  E_GATE: [
    EXIT.refused,
    'The release differs more from the one before than releases do.',
    'Compare it with what CMS says of it. If it is right, run the command again with --accept <gate> --because "<why>".',
  ],
  E_EDITORIAL: [
    EXIT.refused,
    'Files of editorial/ have problems.',
    'Correct the named lines; docs/editing.md says how.',
  ],
  E_EDITORIAL_STALE: [
    EXIT.refused,
    'Entries of editorial/ speak of codes that changed or are gone.',
    'Compare each with what CMS says today, correct it, and review it anew; remove what is gone.',
  ],
  E_DATABASE_UNREACHABLE: [
    EXIT.unreachable,
    'PostgreSQL did not answer, or the connection broke.',
    'Start the server or correct DATABASE_URL, and run the command again: nothing was changed.',
  ],
  E_DATABASE_UNFIT: [
    EXIT.usage,
    'The database cannot hold cms-fees.',
    'Use PostgreSQL 15 or later with btree_gist and pg_trgm, and a role that may create schemas.',
  ],
  E_NOT_MIGRATED: [
    EXIT.usage,
    'The database has no schema of cms-fees, or that of another version.',
    'Run `cms-fees migrate`.',
  ],
  E_SCHEMA_NEWER: [
    EXIT.usage,
    'A newer cms-fees has migrated this database.',
    'Use that version of cms-fees.',
  ],
  E_API_IN_USE: [
    EXIT.usage,
    'Objects outside schema api depend on views that this version replaces.',
    'Drop the named objects, run `cms-fees migrate`, and create them again.',
  ],
  E_EMBEDDED_POSTGRES: [
    EXIT.unreachable,
    'The embedded PostgreSQL did not start, or did not stop as it should.',
    'Run `cms-fees doctor`; read the server log that the message names.',
  ],
  E_ARCHIVE_UNWRITABLE: [
    EXIT.usage,
    'The archive cannot be written: the disk is full or read-only, or the folder is not for this account.',
    'Make room or correct the rights at the named path, or set CMS_FEES_HOME to another folder; then run the command again.',
  ],
  E_UNHEALTHY: [
    EXIT.unreachable,
    'No scheduler of this home folder is alive.',
    'Start `cms-fees schedule`, or restart it; its log says how it ended.',
  ],
  E_INTERRUPTED: [
    EXIT.interrupted,
    'The command was told to stop, by Ctrl+C or SIGTERM, before it had ended.',
    'Run the command again: what it had not finished is undone, and what was downloaded is kept.',
  ],
  E_LOCKED: [
    EXIT.locked,
    'Another run works on this database.',
    'Wait until it has ended, or end the named process.',
  ],
} as const satisfies Record<string, readonly [exit: number, means: string, next: string]>

export type ErrorCode = keyof typeof ERRORS

/** The one error class (HeaderDriftError extends it): a code from the closed list, what was seen and where, and what to do next. */
export class CmsFeesError extends Error {
  readonly code: ErrorCode
  readonly next: string

  constructor(code: ErrorCode, seen: string, options: { next?: string; cause?: unknown } = {}) {
    super(seen, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CmsFeesError'
    this.code = code
    this.next = options.next ?? ERRORS[code][2]
  }

  get exitCode(): number {
    return ERRORS[this.code][0]
  }
}

/** What OpenSSL says of a certificate that it does not trust. */
const CERTIFICATE = /SELF_SIGNED|^UNABLE_TO_|^CERT_|^ERR_TLS_CERT/

export const isCertificateFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CERTIFICATE.test(String(error.code))

/** Of several errors the one that most needs a person: what was refused, then what is set wrongly, then the rest. */
export function worstOf(errors: readonly CmsFeesError[]): CmsFeesError | null {
  const order: readonly number[] = [
    EXIT.refused,
    EXIT.usage,
    EXIT.unreachable,
    EXIT.locked,
    EXIT.interrupted,
  ]
  const rank = ({ exitCode }: CmsFeesError) => order.indexOf(exitCode)
  return errors.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}
