import { unlisted } from '../../pipelines/index.ts'

/** Which families CMS was not asked for, and how they are loaded; no line where there are none. */
export function sayUnlisted(): string[] {
  if (unlisted.length === 0) return []
  const titles = unlisted.map(({ title, family }) => `${title} (${family})`)
  return [
    `Not looked for, since they cannot be downloaded yet: ${titles.join(', ')}. Load their files: cms-fees ingest <release> --from <zip or folder>.`,
  ]
}
