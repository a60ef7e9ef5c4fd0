/** Where CMS is, and how patient and how careful we are with it. */

export const LICENSES = {
  ama: "the AMA's licence for CPT (https://www.cms.gov/license/ama)",
  ada: "the ADA's licence for CDT (https://www.cms.gov/license/ada)",
} as const
export type License = keyof typeof LICENSES

export interface CmsSettings {
  /** Origin that CMS's pages and files are fetched from. */
  readonly baseUrl: string
  /** Hosts (`name` or `name:port`) that are allowed beside CMS's own. */
  readonly hosts: readonly string[]
  /** Licences that the operator has accepted. */
  readonly licenses: readonly License[]
  readonly patience: Patience
}

/** Times in milliseconds. */
export interface Patience {
  readonly attempts: number
  /** Wait before the second attempt; it doubles with each further one, with jitter. */
  readonly backoff: number
  /** Silence after which a connection counts as dead. */
  readonly silence: number
  /** Length of one attempt. A download that takes longer goes on where it was. */
  readonly attempt: number
  /** The longest wait that a server may ask for. */
  readonly longestWait: number
}

export const PATIENCE: Patience = {
  attempts: 6,
  backoff: 1000,
  silence: 30_000,
  attempt: 600_000,
  longestWait: 300_000,
}

export const CMS_ORIGIN = 'https://www.cms.gov'
