/** What a reader asks of 'Payment near you', and the answer. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import {
  type Locality,
  type LocalPayment,
  localities,
  localityOfZip,
  paymentIn,
} from '../queries/local-payment.ts'
import { keyOf, type Near } from './code/near.ts'

type Place = Pick<Locality, 'mac' | 'locality'>

/** Of `zip` and `locality` in an address; a ZIP code goes first. */
export async function nearFor(
  db: Kysely<Tables>,
  code: string,
  query: Readonly<Record<string, string>>,
): Promise<Near> {
  const all = await localities(db)
  const zip = (query.zip ?? '').trim().slice(0, 10)
  const asked = zip === '' ? (query.locality ?? '') : ''
  const place = all.find((one) => keyOf(one) === asked)
  const base = { localities: all, zip, chosen: place ? asked : '', answer: null, remark: null }
  if (zip !== '') return { ...base, ...(await byZip(db, code, zip)) }
  return place ? { ...base, answer: await payment(db, code, place) } : base
}

async function byZip(
  db: Kysely<Tables>,
  code: string,
  zip: string,
): Promise<Pick<Near, 'chosen' | 'answer' | 'remark'>> {
  const place = await localityOfZip(db, zip)
  if (!place) {
    const remark = `The ZIP code file of today does not have ${zip}. Choose a locality instead.`
    return { chosen: '', answer: null, remark }
  }
  const remark = place.spans
    ? `ZIP code ${zip} spans localities, so the right one may be another: the full nine digits decide.`
    : null
  return { chosen: keyOf(place), answer: await payment(db, code, place), remark }
}

const payment = async (
  db: Kysely<Tables>,
  code: string,
  place: Place,
): Promise<LocalPayment | null> => (await paymentIn(db, code, place)) ?? null
