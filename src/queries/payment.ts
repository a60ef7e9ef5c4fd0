/** What Medicare pays for one code on one day, as `api.payment` and `api.payment_by_zip` give it. */
import { type QueryExecutorProvider, sql } from 'kysely'
import { isDay } from '../day.ts'
import { CmsFeesError } from '../errors.ts'
import type { PaymentByZipRow, PaymentRow } from '../fee-schedule-database.ts'

/** Arguments of the functions in SQL, by their names there. Codes, modifiers and places are taken as people have them. */
interface Service {
  readonly hcpcs: string
  /** All modifiers of a claim line, such as 26,LT. Default: none. */
  readonly modifier?: string | undefined
  /** Day of service, such as 2025-03-01. */
  readonly on_date: string
  /** Whether the conversion factor of qualifying APM participants applies, for days from 2026 on. Default: false. */
  readonly qualifying_apm?: boolean | undefined
  /** `latest` prices a day whose release is not loaded by the latest known one, which `basis` names. Default: refuse. */
  readonly on_missing?: 'refuse' | 'latest' | undefined
}

export interface ServiceInLocality extends Service {
  readonly mac: string
  readonly locality: string
}

export interface ServiceAtZip extends Service {
  /** ZIP code of the place of service, of five or nine digits. */
  readonly zip: string
}

/** Always one row: where there is no amount, `basis` says why. Throws E_USAGE for a day that is not in the calendar. */
export async function paymentInLocality(
  db: QueryExecutorProvider,
  { mac, locality, ...service }: ServiceInLocality,
): Promise<PaymentRow<string>> {
  const { hcpcs, modifier, on_date, qualifying_apm, on_missing } = complete(service)
  const { rows } = await sql<PaymentRow<string>>`
    select * from api.payment(${hcpcs}, ${modifier}, ${mac}, ${locality}, ${on_date}, ${qualifying_apm}, ${on_missing})
  `.execute(db)
  return rows[0] as PaymentRow<string>
}

/** The same, in the locality of a ZIP code. */
export async function paymentByZip(
  db: QueryExecutorProvider,
  { zip, ...service }: ServiceAtZip,
): Promise<PaymentByZipRow<string>> {
  const { hcpcs, modifier, on_date, qualifying_apm, on_missing } = complete(service)
  const { rows } = await sql<PaymentByZipRow<string>>`
    select * from api.payment_by_zip(${hcpcs}, ${modifier}, ${zip}, ${on_date}, ${qualifying_apm}, ${on_missing})
  `.execute(db)
  return rows[0] as PaymentByZipRow<string>
}

function complete(service: Service): Required<Service> {
  const { modifier = '', qualifying_apm = false, on_missing = 'refuse', on_date } = service
  if (!isDay(on_date)) {
    throw new CmsFeesError('E_USAGE', `${JSON.stringify(on_date)} is not a day of the calendar`, {
      next: 'Give the day as 2025-03-01.',
    })
  }
  return { hcpcs: service.hcpcs, modifier, qualifying_apm, on_missing, on_date }
}
