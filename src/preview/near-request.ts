/** What a reader asks of 'Payment near you'. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type LocalPayment, localityOfZip } from '../queries/local-payment.ts'
import { type Asked, keyOf } from './code/near.ts'

/** Of `zip` and `locality` in an address; a ZIP code goes first. */
export async function askedBy(
  db: Kysely<Tables>,
  places: readonly LocalPayment[],
  query: Readonly<Record<string, string>>,
): Promise<Asked> {
  const zip = (query.zip ?? '').trim().slice(0, 10)
  if (zip !== '') return { zip, ...(await byZip(db, zip)) }
  const chosen = places.map(keyOf).find((key) => key === query.locality) ?? ''
  return { zip, chosen, remark: null }
}

async function byZip(db: Kysely<Tables>, zip: string): Promise<Pick<Asked, 'chosen' | 'remark'>> {
  const place = await localityOfZip(db, zip)
  if (!place) {
    const remark = `The ZIP code file of today does not have ${zip}. Choose a locality instead.`
    return { chosen: '', remark }
  }
  const remark = place.spans
    ? `ZIP code ${zip} spans localities, so the right one may be another: the full nine digits decide.`
    : null
  return { chosen: keyOf(place), remark }
}
