/** What a reader asks of 'Payment near you'. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { CodePage } from '../queries/code-page.ts'
import { localityOfZip } from '../queries/local-payment.ts'
import { supplierPayments } from '../queries/supplier-payment.ts'
import type { Prices } from './code/data.ts'
import { type Asked, keyOf } from './code/near.ts'
import { suppliedBy, supplyDay } from './code/supplies.ts'

/** Of `zip`, `locality` and `state` in an address; a ZIP code goes before a locality. */
export async function askedBy(
  db: Kysely<Tables>,
  page: CodePage,
  { local: places, use }: Pick<Prices, 'local' | 'use'>,
  query: Readonly<Record<string, string>>,
): Promise<Asked> {
  const state = use.find((row) => row.state_code === query.state)?.state_code ?? ''
  const zip = (query.zip ?? '').trim().slice(0, 10)
  const supplied = suppliedBy(page)
  if (zip !== '' && places.length === 0 && supplied) {
    const supplies = await supplierPayments(db, page.hcpcs, zip, supplyDay(supplied))
    return { zip, chosen: '', remark: null, supplies, state }
  }
  if (zip !== '') return { zip, ...(await byZip(db, zip)), supplies: [], state }
  const chosen = places.map(keyOf).find((key) => key === query.locality) ?? ''
  return { zip, chosen, remark: null, supplies: [], state }
}

/** With or without the four digits after it. */
const IS_ZIP = /^\d{5}(-?\d{4})?$/

async function byZip(db: Kysely<Tables>, zip: string): Promise<Pick<Asked, 'chosen' | 'remark'>> {
  const place = await localityOfZip(db, zip)
  if (!place) {
    const remark = IS_ZIP.test(zip)
      ? `The ZIP code file of today does not have ${zip}. Choose a locality instead.`
      : `‘${zip}’ is not a ZIP code, which has five digits. Choose a locality instead.`
    return { chosen: '', remark }
  }
  const remark = place.spans
    ? `ZIP code ${zip} spans localities, so the right one may be another: the full nine digits decide.`
    : null
  return { chosen: keyOf(place), remark }
}
