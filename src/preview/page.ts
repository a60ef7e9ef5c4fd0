/** What a page gives to its frame. */
import type { Content } from './html.ts'

/** Style sheets that not every page needs, in their order. */
export const SHEETS = ['code', 'tables', 'charts'] as const
export type Sheet = (typeof SHEETS)[number]

export interface Page {
  readonly title: string
  readonly main: Content
  /** What is in the search box. */
  readonly query?: string
  /** What stays above the results while one types; it has a search box, so the one of the frame is left out. */
  readonly hero?: Content
  /** What it needs beside the sheets of the frame and of lists. All, where it does not say so. */
  readonly sheets?: readonly Sheet[]
}
