/** What a page gives to its frame. */
import type { Content } from './html.ts'

export interface Page {
  readonly title: string
  readonly main: Content
  /** What is in the search box. */
  readonly query?: string
  /** What stays above the results while one types; it has a search box, so the one of the frame is left out. */
  readonly hero?: Content
}
