/** What becomes of PostgreSQL's text: nothing, where a table or CSV shows it; for JSON, values that lose no digit. */
import pg from 'pg'

type Parser = (value: string) => unknown

const asText: Parser = (value) => value
const asBoolean: Parser = (value) => value === 't'

/** What JavaScript's numbers do not hold stays text: large integers, and NaN. */
const asNumber: Parser = (value) => {
  const number = Number(value)
  const holds = /^-?\d+$/.test(value) ? Number.isSafeInteger(number) : Number.isFinite(number)
  return holds ? number : value
}

/** What Node.js 24 has of JSON, and TypeScript does not know yet. */
interface ExactJson {
  parse(
    text: string,
    revive: (key: string, value: unknown, at: { source: string }) => unknown,
  ): unknown
  rawJSON(text: string): unknown
}

/** Numbers keep the digits that they are written with. */
const asJson: Parser = (value) => {
  const { parse, rawJSON } = JSON as unknown as ExactJson
  return parse(value, (_, part, { source }) => (typeof part === 'number' ? rawJSON(source) : part))
}

const asListOf =
  (parser: Parser): Parser =>
  (value) =>
    pg.types.arrayParser(value, parser)

const types = pg.types.builtins

/** Types by their number, and that of lists of them. All others, such as decimals, days and times, are text. */
const PARSERS: readonly (readonly [type: number, list: number, parser: Parser])[] = [
  [types.BOOL, 1000, asBoolean],
  [types.INT2, 1005, asNumber],
  [types.INT4, 1007, asNumber],
  [types.INT8, 1016, asNumber],
  [types.FLOAT4, 1021, asNumber],
  [types.FLOAT8, 1022, asNumber],
  [types.JSON, 199, asJson],
  [types.JSONB, 3807, asJson],
  [types.TEXT, 1009, asText],
  [types.VARCHAR, 1015, asText],
  [types.NUMERIC, 1231, asText],
  [types.DATE, 1182, asText],
]

const valuesOf = (parsers: ReadonlyMap<number, Parser>): pg.CustomTypesConfig => ({
  getTypeParser: ((type: number) => parsers.get(type) ?? asText) as typeof pg.types.getTypeParser,
})

export const TEXT_VALUES = valuesOf(new Map([[types.BOOL, asBoolean]]))

export const JSON_VALUES = valuesOf(
  new Map(
    PARSERS.flatMap(([type, list, parser]) => [
      [type, parser],
      [list, asListOf(parser)],
    ]),
  ),
)
