/** What the physician fee schedule said of a code from release to release. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A code and modifier in one release, on its first day. Decimals are text; amounts are national, in dollars. */
export interface PricePoint {
  readonly release: string
  readonly effective_from: string
  /** Which releases before it are not loaded, in whose time its changes may have begun, as a sentence without its period. */
  readonly gap: string | null
  /** Null where the release does not list the code. */
  readonly hcpcs: string | null
  readonly modifier: string | null
  readonly status_indicator: string | null
  readonly work_rvu: string | null
  readonly non_facility_pe_rvu: string | null
  readonly facility_pe_rvu: string | null
  readonly mp_rvu: string | null
  readonly conversion_factor: string | null
  /** Null where Medicare does not pay by RVUs. */
  readonly non_facility_amount: string | null
  readonly facility_amount: string | null
}

/**
 * Of each code that any loaded release lists, in the order of the releases' days, then of modifiers. A release without
 * the code has one point, of nulls.
 */
export async function priceHistory(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly PricePoint[]>> {
  const { rows } = await sql<PricePoint>`
    select p.release, p.valid_from as effective_from, p.gap, f.hcpcs, f.modifier, f.status_indicator,
           f.work_rvu, f.non_facility_pe_rvu, f.facility_pe_rvu, f.mp_rvu, f.conversion_factor,
           f.non_facility_amount, f.facility_amount
      from (
        -- Once a release, not once a code.
        select release, valid_from, api.gap_before('rvu', valid_from) as gap
          from api.release_period where table_name = 'rvu' offset 0
      ) p
     cross join (select array_agg(valid_from) as days from api.release_period where table_name = 'rvu') all_of_them
      left join lateral api.known_payments(${codes}::text[], all_of_them.days) f on f.on_date = p.valid_from and f.mac = '00000'
     order by p.valid_from, f.modifier
  `.execute(db)
  const releases = Map.groupBy(rows, ({ release }) => release)
  const listed = Map.groupBy(rows, ({ hcpcs }) => hcpcs)
  const histories = codes.flatMap((code) => {
    const own = Map.groupBy(listed.get(code) ?? [], ({ release }) => release)
    const points = [...releases].flatMap(([release, [any]]) => own.get(release) ?? absent(any))
    return own.size === 0 ? [] : [[code, points] as const]
  })
  return new Map(histories)
}

const absent = (point: PricePoint | undefined): readonly PricePoint[] =>
  point
    ? [{ ...ABSENT, release: point.release, effective_from: point.effective_from, gap: point.gap }]
    : []

const ABSENT = {
  hcpcs: null,
  modifier: null,
  status_indicator: null,
  work_rvu: null,
  non_facility_pe_rvu: null,
  facility_pe_rvu: null,
  mp_rvu: null,
  conversion_factor: null,
  non_facility_amount: null,
  facility_amount: null,
}

/** National payment of a code before the release in force, and by it: outside a facility, or in one where there is no other. */
export interface PriceMove {
  readonly hcpcs: string
  readonly modifier: string
  readonly name: string
  readonly before: string
  readonly after: string
}

export interface PriceMoves {
  /** Those that rose most, in dollars, the largest first; and those that fell most. */
  readonly up: readonly PriceMove[]
  readonly down: readonly PriceMove[]
  /** The codes as a whole that were asked for, in their order. */
  readonly asked: readonly PriceMove[]
}

/**
 * What the release in force did to the national payment of codes: at most `most` that rose and as many that fell, and
 * `codes`. One that the release or the one before does not pay is absent.
 */
export async function priceMoves(
  db: Kysely<Tables>,
  most: number,
  codes: readonly string[],
): Promise<PriceMoves> {
  type Row = PriceMove & { readonly rose: boolean; readonly is_largest: boolean | null }
  const { rows } = await sql<Row>`
    with release as materialized (
      select lower(period) as first from api.release_period where table_name = 'rvu' and period @> current_date
    ), after as materialized (
      -- Each day by itself: joined before they are made, one schedule is made for each code of the other.
      select f.hcpcs, f.modifier, f.non_facility_amount as amount
        from release cross join lateral api.fee_schedule('00000', '00', first, false, 'latest') f
    ), before as materialized (
      select f.hcpcs, f.modifier, f.non_facility_amount as amount
        from release cross join lateral api.fee_schedule('00000', '00', first - 1, false, 'latest') f
    ), moved as (
      select b.hcpcs, b.modifier, d.name, a.amount as before, b.amount as after, b.amount > a.amount as rose,
             case when b.amount <> a.amount then
               row_number() over (partition by sign(b.amount - a.amount)
                                      order by abs(b.amount - a.amount) desc, b.hcpcs, b.modifier) end as place
        from after b
        join before a using (hcpcs, modifier)
        join api.search_document d using (hcpcs)
       where a.amount is not null and b.amount is not null
    )
    select hcpcs, modifier, name, before, after, rose, place <= ${most} as is_largest
      from moved
     where place <= ${most} or modifier = '' and hcpcs = any(${codes}::text[])
     order by place
  `.execute(db)
  const largest = rows.filter(({ is_largest: isLargest }) => isLargest)
  const whole = new Map(rows.flatMap((row) => (row.modifier === '' ? [[row.hcpcs, row]] : [])))
  return {
    up: largest.filter(({ rose }) => rose),
    down: largest.filter(({ rose }) => !rose),
    asked: codes.flatMap((code) => whole.get(code) ?? []),
  }
}
