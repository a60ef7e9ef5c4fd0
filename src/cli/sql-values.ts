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

const types = pg.types.builtins
const ofPg = (type: number): Parser => pg.types.getTypeParser(type, 'text')
const asTexts = ofPg(1009)

const valuesOf = (parsers: readonly (readonly [type: number, parser: Parser])[]) => {
  const byType = new Map(parsers)
  return {
    getTypeParser: ((type: number) => byType.get(type) ?? asText) as typeof pg.types.getTypeParser,
  }
}

export const TEXT_VALUES: pg.CustomTypesConfig = valuesOf([[types.BOOL, asBoolean]])

/** All other types, such as decimals, days and times, are text. */
export const JSON_VALUES: pg.CustomTypesConfig = valuesOf([
  [types.BOOL, asBoolean],
  ...[types.INT2, types.INT4, types.INT8, types.FLOAT4, types.FLOAT8].map(
    (type) => [type, asNumber] as const,
  ),
  ...[types.JSON, types.JSONB].map((type) => [type, asJson] as const),
  // Lists of booleans and small numbers, and of text, decimals, days and large numbers.
  ...[1000, 1005, 1007].map((type) => [type, ofPg(type)] as const),
  ...[1009, 1015, 1231, 1182, 1016].map((type) => [type, asTexts] as const),
])
