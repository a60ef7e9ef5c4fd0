/** Files of claim lines that people and programs have broken: what is whole in them is read. */
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type ClaimFile, copyLines } from '../../src/claims/read.ts'

const HEADER = 'claim,hcpcs,modifiers,units,date,pos,mac,locality'
const whole = (claim: string) => `${claim},G0402,,1,2025-10-06,11,10112,0`
const COPIED = /^(\w+)\t\d+\tG0402\t\\N\t1\t2025-10-06\t11\t/

async function read(text: string, chunk = 64): Promise<{ rows: string[]; file: ClaimFile }> {
  const bytes = Buffer.from(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  )
  const file: ClaimFile = { header: [], columns: {}, lines: [], unread: [] }
  const rows: string[] = []
  for await (const row of copyLines(Readable.from(chunks), file)) rows.push(row)
  return { rows, file }
}

test('a line that nothing is wrong with is read, whatever stands before and after it', async () => {
  let state = 7
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
  const odd = [
    '"',
    ',',
    '\n',
    '\r\n',
    '\r',
    '\\',
    '\0',
    'é',
    '😀',
    '""',
    '\t',
    ';',
    '"\n"',
    '\\.',
    '\u2028',
  ]
  for (let run = 0; run < 200; run += 1) {
    const claims: string[] = []
    const lines = Array.from({ length: 30 }, (_, at) => {
      const line = whole(`c${at}`)
      const place = random(line.length + 1)
      if (random(4) === 0)
        return line.slice(0, place) + (odd[random(odd.length)] ?? '') + line.slice(place)
      claims.push(`c${at}`)
      return line
    })
    const end = ['\n', '\r\n', '\r'][random(3)] ?? '\n'
    const text = [HEADER, ...lines].join(end)
    const { rows } = await read(text, 1 + random(700))
    const found = rows.flatMap((row) => COPIED.exec(row)?.[1] ?? [])
    expect(found, text).toEqual(expect.arrayContaining(claims))
    // One line of COPY for each.
    for (const row of rows) expect(row.split('\n')).toHaveLength(2)
  }
})

test('each unread line has its number, its place and its reason', async () => {
  const text = [
    HEADER,
    whole('a'),
    'b,"G0402,,1,2025-10-06',
    whole('c'),
    HEADER,
    'd,G0402',
    whole('e'),
  ]
  const { rows, file } = await read(text.join('\n'))
  expect(rows).toHaveLength(6)
  expect(file.unread.map(({ row, why }) => [file.lines[row - 1], why])).toEqual([
    [3, 'a quote (") is open; close it, or double it'],
    [5, 'the header stands here again; leave it out'],
    [6, '2 cells, and the header has 8; quote cells that hold the separator'],
  ])
})

test('the header says what separates cells, and blank lines before it say nothing', async () => {
  for (const separator of ['\t', ';', '|']) {
    const text = ['', ' ', HEADER, whole('a'), '', whole('b')].join('\n').replaceAll(',', separator)
    const { rows, file } = await read(text)
    expect(rows.map((row) => COPIED.exec(row)?.[1])).toEqual(['a', 'b'])
    expect(file.lines).toEqual([4, 6])
  }
})
