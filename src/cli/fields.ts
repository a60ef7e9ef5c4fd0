import type { Fields } from '../queries/changes.ts'

/** What changed, as 'work_rvu 1.00 → 1.01; …'. */
export function formatFields(fields: Fields | null): string {
  return Object.entries(fields ?? {})
    .map(([field, { before, after }]) => `${field} ${before ?? '–'} → ${after ?? '–'}`)
    .join('; ')
}
