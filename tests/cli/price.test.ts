/** `cms-fees price`, as a subprocess. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const home = await makeFolder('price')
beforeAll(() => loadSamples(database, 'RVU25D', 'ZIP5_OCT2025'))

const path = join(home, 'lines.csv')
const price = (...args: string[]) => runCli(['price', ...args], database.url, home)

describe('cms-fees price', () => {
  test('finds the columns, prices what it can, and names the lines that it cannot read', async () => {
    const lines = [
      'Claim ID,CPT,Mod1,Mod2,Units,DOS,POS,ZIP Code,Charges,Note',
      'A,G0402,,,1,10/06/2025,11,35042,"$1,250.00","two\nlines"',
      'A,G0130,TC,59,2,2025-10-06,22,90072,,',
      'B,G0108,,,many,2025-10-07,11,90072,,',
      'C,G0108,,,1,2025-13-07,11,90072,,',
      'D,G0108',
      'E,A4306,,,1,20251007,11,90072,,\\',
    ]
    await writeFile(path, lines.join('\r\n'))
    const { code, stdout, stderr } = await price(path, '--columns', 'claim_id,line,amount', 'basis')
    expect(stdout.trimEnd().split('\n')).toEqual([
      'claim_id,line,amount,basis',
      'A,2,149.20,fee schedule',
      'A,4,62.24,fee schedule',
      `B,5,,"units 'many' is no number; write it as 2 or 1250.50, not below zero"`,
      "C,6,,service_date '2025-13-07' is no date; write it as 2025-10-06",
      ',7,,"2 cells, and the header has 10; quote cells that hold the separator"',
      'E,8,,bundled or excluded',
    ])
    expect(stderr).toMatch(/modifiers from Mod1 \+ Mod2.*Ignored: Note\./)
    expect(stderr).toContain('6 lines, 2 priced: 211.44 dollars allowed')
    expect(stderr).toMatch(
      /3 lines could not be read:\n {2}line 5: .*\n {2}line 6: .*\n {2}line 7: 2 cells, and the header has 10; .*\n/,
    )
    expect(code).toBe(3)
  })

  const header = 'claim,hcpcs,modifiers,units,date,pos,mac,locality'
  const good = 'x,G0402,,1,2025-10-06,11,10112,0'
  const priced = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join(' '))

  test('keeps every line, whatever the line ends, quotes and odd bytes of others', async () => {
    const file = Buffer.concat([
      Buffer.from(`\uFEFF${header}\r\n${good}\n\n${good}\r${good}\r\n`),
      Buffer.from(`open,"G0402,,1,2025-10-06,11,10112,0\n${good}\nopen,"G0402\n${good}\r\n`),
      Buffer.from(`"two\r\nlines",G0402,,1,2025-10-06,11,10112,0\n${header}\n`),
      Buffer.from([0xe9, 0x00, 0xff, 0x2c]),
      Buffer.from(`G0402,"2""6",1,2025-10-06,11,10112,0\n${good}`),
    ])
    await writeFile(path, file)
    const { code, stdout, stderr } = await price(path, '--columns', 'line,amount', 'basis')
    expect(priced(stdout)).toEqual([
      ...['2 149.20', '4 149.20', '5 149.20', '6 ', '7 149.20', '8 ', '9 149.20'],
      ...['10 149.20', '12 ', '13 ', '14 149.20'],
    ])
    expect(stderr).toMatch(
      /3 lines could not be read:\n {2}line 6: a quote \("\) is open; .*\n {2}line 8: a quote .*\n {2}line 12: the header stands here again/,
    )
    expect(code).toBe(3)
  })

  test('reads UTF-16, as a spreadsheet writes it, with tabs', async () => {
    const text = `\uFEFF${header}\n${good}\n`.replaceAll(',', '\t')
    await writeFile(path, Buffer.from(text, 'utf16le'))
    const { code, stdout } = await price(path, '--columns', 'line,amount')
    expect([code, priced(stdout)]).toEqual([0, ['2 149.20']])
  })

  test('writes a file, with every column, and leaves nothing behind', async () => {
    await writeFile(
      path,
      'claim,line,hcpcs,modifiers,units,date,pos,mac,locality\n1,1,G0402,,1,2025-10-06,11,10112,0\n',
    )
    const out = join(home, 'priced.csv')
    expect(await price(path, '--out', out)).toMatchObject({ code: 0, stdout: '' })
    expect(await readFile(out, 'utf8')).toMatch(/^claim_id,line,hcpcs,.*\n1,1,G0402,.*149\.20/)
    expect(
      await database.rows(`select from pg_class where relname in ('claim_line', 'priced_line')`),
    ).toEqual([])
  })

  test('writes Parquet with exact decimals, and names other endings', async () => {
    await writeFile(
      path,
      'claim,line,hcpcs,modifiers,units,date,pos,mac,locality\n1,1,G0402,,1,2025-10-06,11,10112,0\n1,2,G0101,,x,2025-10-06,11,10112,0\n',
    )
    const out = join(home, "priced's.parquet")
    expect(await price(path, '--out', out)).toMatchObject({ code: 3, stdout: '' })
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const read = await connection.runAndReadAll(
      `select line, amount, typeof(amount) as type, service_date, basis from read_parquet('${out.replaceAll("'", "''")}')`,
    )
    expect(read.getRowObjectsJson()).toEqual([
      {
        ...{ line: '1', amount: '149.20', type: 'DECIMAL(18,2)', service_date: '2025-10-06' },
        basis: 'fee schedule',
      },
      expect.objectContaining({
        line: '2',
        amount: null,
        basis: expect.stringMatching("units 'x' is no number"),
      }),
    ])
    instance.closeSync()
    expect(await price(path, '--out', 'priced.xls')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^E_USAGE: --out priced.xls: .* \.csv or \.parquet/),
    })
  })

  test('refuses a file whose columns it cannot find, and columns that no answer has', async () => {
    await writeFile(path, 'hcpcs,cpt,units,pos,zip\n')
    expect(await price(path)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^E_CLAIM_COLUMNS: no column is service_date; several columns could be hcpcs: hcpcs, cpt/,
      ),
    })
    expect(await price(path, '--columns', 'cost')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^E_USAGE: no such column: cost/),
    })
    expect(await price(join(home, 'none.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^E_SOURCE_NOT_FOUND/),
    })
  })
})
