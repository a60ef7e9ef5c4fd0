/** Everything that the page of one code is made of. */
import type { CodeLine } from '../../queries/code-lists.ts'
import type { CodePage } from '../../queries/code-page.ts'
import type { PricePoint } from '../../queries/price-history.ts'
import type { Near } from './near.ts'

export interface CodeData {
  readonly page: CodePage
  /** National, from release to release; every modifier. */
  readonly history: readonly PricePoint[]
  readonly related: Related
  /** Null where nothing can be asked: in files. */
  readonly near: Near | null
}

export interface Related {
  /** Codes that differ in their last character alone. */
  readonly variants: readonly CodeLine[]
  /** Codes that our texts, or CMS's rules of this code, name. */
  readonly mentioned: readonly CodeLine[]
}

/** `lines` has the variants of the code, those of the codes named on its page that exist, and perhaps more. */
export function relatedOf(page: CodePage, lines: readonly CodeLine[]): Related {
  const others = lines.filter(({ hcpcs }) => hcpcs !== page.hcpcs)
  const isVariant = ({ hcpcs }: CodeLine) =>
    stemOf(hcpcs) === stemOf(page.hcpcs) && kindOf(hcpcs) === kindOf(page.hcpcs)
  const named = new Set(codesNamedIn(page))
  return {
    variants: others.filter(isVariant),
    mentioned: others.filter((line) => named.has(line.hcpcs) && !isVariant(line)),
  }
}

/** Variants of one service differ in their last character as a rule. */
export const stemOf = (code: string): string => code.slice(0, 4)

/** CPT's other categories end with a letter: 0001F is no variant of 0001T. */
const kindOf = (code: string): string => code.slice(4).replace(/\d/, '')

/** What has the shape of a code on the page; whether it is one, the database says. */
export function codesNamedIn(page: CodePage): readonly string[] {
  const texts = [
    page.description,
    page.plain_language,
    page.clinical_context,
    page.billing_and_documentation,
    ...(page.notes ?? []),
    ...(page.faq ?? []).flatMap(({ question, answer }) => [question, answer]),
    ...page.rvu_information.components.map(({ endoscopic_base: base }) => base ?? ''),
  ]
  return [...new Set(texts.join(' ').match(/\b[A-V0-9]\d{3}[0-9A-Z]\b/g) ?? [])]
}
