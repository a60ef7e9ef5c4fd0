/** Everything that the page of one code is made of. */
import type { Kysely } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import { type AnesthesiaPayment, anesthesiaPayments } from '../../queries/anesthesia.ts'
import { type Benchmark, benchmarks } from '../../queries/benchmark.ts'
import type { CodeLine } from '../../queries/code-lists.ts'
import type { CodePage } from '../../queries/code-page.ts'
import { waivedCoinsurance } from '../../queries/coinsurance.ts'
import { type LocalPayment, localPayments } from '../../queries/local-payment.ts'
import { type PricePoint, priceHistory } from '../../queries/price-history.ts'
import type { Prices as Listed } from '../code-list.ts'
import type { Asked } from './near.ts'

export interface CodeData extends Prices {
  readonly page: CodePage
  readonly related: Related
  /** Null where nothing can be asked: in files. */
  readonly asked: Asked | null
}

/** What the data says of a code beside its page. */
export interface Prices {
  /** National, from release to release; every modifier. */
  readonly history: readonly PricePoint[]
  /** In every locality; empty where Medicare does not pay by RVUs. */
  readonly local: readonly LocalPayment[]
  readonly anesthesia: AnesthesiaPayment | null
  /** How often Medicare paid for it, the latest year first; of that year in each state, too. */
  readonly use: readonly Benchmark[]
  /** Whether the patient owes no coinsurance. */
  readonly waived: boolean
}

/** Reads them for all codes at once. */
export async function pricesOf(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<(code: string) => Prices> {
  const histories = await priceHistory(db, codes)
  const local = await localPayments(db, codes)
  const anesthesia = await anesthesiaPayments(db, codes)
  const use = await benchmarks(db, codes)
  const waived = await waivedCoinsurance(db, codes)
  return (code) => ({
    history: histories.get(code) ?? [],
    local: local.get(code) ?? [],
    anesthesia: anesthesia.get(code) ?? null,
    use: use.get(code) ?? [],
    waived: waived.has(code),
  })
}

export interface Related {
  /** Codes that differ in their last character alone. */
  readonly variants: readonly CodeLine[]
  /** Codes that our texts, or CMS's rules of this code, name. */
  readonly mentioned: readonly CodeLine[]
  /** National payment of both. */
  readonly prices: Listed
}

/** `lines` has the variants of the code, those of the codes named on its page that exist, and perhaps more. */
export function relatedOf(page: CodePage, lines: readonly CodeLine[], prices: Listed): Related {
  const others = lines.filter(({ hcpcs }) => hcpcs !== page.hcpcs)
  const isVariant = ({ hcpcs }: CodeLine) =>
    stemOf(hcpcs) === stemOf(page.hcpcs) && kindOf(hcpcs) === kindOf(page.hcpcs)
  const named = new Set(codesNamedIn(page))
  return {
    variants: others.filter(isVariant),
    mentioned: others.filter((line) => named.has(line.hcpcs) && !isVariant(line)),
    prices,
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
