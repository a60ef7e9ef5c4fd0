/** What a page gives to its frame. */
import type { Content } from './html.ts'

export interface Page {
  readonly title: string
  readonly main: Content
  /** What is in the search box. */
  readonly query?: string
  /** Home has its own search box, so the one above it is left out. */
  readonly home?: true
}
