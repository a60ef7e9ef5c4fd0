/** The tables that TypeScript reads and writes by name. Datasets' own tables are reached through merge.ts. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** Dates and timestamps: text in, and out as `session.ts` parses them. */
type DateText = string
type Timestamp = ColumnType<Date, string | undefined, string>
type Json<T extends object> = JSONColumnType<T, string, string>

export interface Tables {
  'ops.setting': { key: string; value: string }
  'ops.artifact': {
    sha256: string
    kind: 'zip' | 'folder'
    name: string
    bytes: number
    archived_at: Timestamp
  }
  'ops.download': {
    url: string
    sha256: string
    etag: string | null
    last_modified: string | null
    licenses_accepted: readonly string[]
    first_fetched_at: Timestamp
    last_seen_at: ColumnType<Date, string | undefined, Date>
  }
  'ops.run': {
    run_id: Generated<number>
    command: string
    release: string | null
    sha256: string | null
    started_at: Timestamp
    finished_at: ColumnType<Date | null, never, Date>
    outcome: Outcome | null
    error_code: string | null
    error_message: string | null
    software_version: string
  }
  'ops.run_stage': {
    run_id: number
    position: number
    stage: string
    dataset: string | null
    rows: number | null
    duration_ms: string
  }
  'ops.rejected_row': {
    run_id: number
    dataset: string
    file: string
    line: number
    raw: string
    key: Json<Record<string, string | null>>
    issues: Json<{ column: string; message: string }[]>
  }
  'ops.check_result': {
    run_id: number
    check_name: string
    severity: 'refuse' | 'gate' | 'warn'
    broken_rows: number
    sample: Json<object[]>
    measures: Json<object[]>
  }
  'ops.accepted_gate': {
    run_id: number
    gate: string
    accepted_by: string
    because: string
    accepted_at: Timestamp
  }
  'ops.accepted_column': {
    sha256: string
    file: string
    column_text: string
    field: string
    accepted_by: string
    because: string
    accepted_at: Timestamp
    run_id: number
  }
  'ops.release': {
    release: string
    sha256: string
    family: string
    effective_from: DateText
    effective_from_source: 'catalog' | 'quarter' | 'name'
    published: DateText | null
    published_source: PublishedSource | null
    appeared: DateText | null
    last_modified: ColumnType<Date | null, Date | null, Date | null>
    loaded_at: Timestamp
    retracted_at: ColumnType<Date | null, never, Date | null>
    run_id: number
  }
  'ops.release_file': {
    release: string
    sha256: string
    dataset: string
    table_name: string | null
    member: string
    format: string
    layout: DateText
    layout_evidence: string | null
    rows_read: number
    rows_accepted: number
    rows_rejected: number
    rows_blank: number
    rows_notes: number
    versions_written: number
    first_key: string | null
    last_key: string | null
  }
  'editorial.source': { sha256: string; published_at: Timestamp }
  'ops.governed_period': {
    table_name: string
    release: string
    sha256: string
    effective_from: DateText
    period: string
  }
}

/** Who says on which day CMS published a revision, the most trusted first. */
export type PublishedSource = 'operator' | 'file' | 'catalog' | 'name' | 'last-modified'

export type Outcome = 'done' | 'nothing_new' | 'refused' | 'failed' | 'interrupted'
