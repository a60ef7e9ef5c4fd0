/** Pages of made-up codes, and what a reader reads of them. */
import type { CodeData } from '../../src/preview/code/data.ts'
import { codePageOf } from '../../src/preview/code/page.ts'
import { documentOf } from '../../src/preview/document.ts'
import { served } from '../../src/preview/site.ts'
import { codeData } from './rows.ts'

export const codeMarkup = (data: Partial<CodeData> = {}): string =>
  documentOf(served, codePageOf(served, codeData(data))).toString()

/** What a reader reads of the page. */
export const textOf = (markup: string): string =>
  markup
    .replace(/<(head|title|script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
