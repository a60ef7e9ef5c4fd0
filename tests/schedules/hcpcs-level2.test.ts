import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { loadSamples } from '../helpers/samples.ts'

const FILE = 'hcpcs/2019-Alpha-Numeric-HCPCS-File.zip'
const EXCERPT = 'hcpcs/HCPC2026_JAN_ANWEB_01122026.excerpt.txt'

/** A record of 320 characters: the first line of a code, or of a modifier. */
const record = (code: string, text: string, id = '3') =>
  `${code.padStart(5)}00100${id}${text.padEnd(80)}${'Made up'.padEnd(28)}${'00'.padEnd(8)}9${' '.repeat(101)}C${' '.repeat(26)}D1A 9      01993010120070101        N${' '.repeat(27)}\r\n`

/** A line that continues a long description. */
const continued = (code: string, sequence: number, text: string, id = '4') =>
  `${code.padStart(5)}${String(sequence).padStart(5, '0')}${id}${text.padEnd(309)}\r\n`

/** Ingests records under a release name, as a folder with one file. */
async function load(database: ReturnType<typeof useDatabase>, release: string, records: string[]) {
  const folder = await makeFolder('hcpcs')
  await writeFile(join(folder, `${release}_v2.txt`), `*Disclaimers\r\n\r\n${records.join('')}`)
  return ingest({ release, from: folder }, database)
}

describe('HCPCS Level II', () => {
  const database = useDatabase()

  test('the sample release is loaded whole, dated by its name', async () => {
    const from = join(FIXTURES, 'hcpc2019_anweb.zip')
    const report = await ingest({ release: 'hcpc2019_anweb', from }, database)
    expect(report).toMatchObject({
      release: 'HCPC2019_ANWEB',
      files: [{ dataset: 'hcpcs', rows_accepted: 679, rows_rejected: 0, versions_written: 679 }],
    })
    expect(
      await database.rows(
        `select kind, count(*) from api.hcpcs_on('2019-01-01') group by kind order by kind`,
      ),
    ).toEqual([
      { kind: 'modifier', count: 353 },
      { kind: 'procedure', count: 326 },
    ])
  })

  test('a code has what CMS prints, its long description joined', async () => {
    expect(
      await database.rows(
        `select long_description, short_description, pricing_indicators, multiple_pricing_indicator,
                carriers_manual_references, coverage_indicator, asc_group, betos, types_of_service,
                anesthesia_base_units, added_on, action_effective_on, terminated_on, action_code, first_release
           from api.hcpcs where hcpcs in ('A4300', 'A4306') order by hcpcs`,
      ),
    ).toEqual([
      expect.objectContaining({
        long_description:
          'Implantable access catheter, (e.g., venous, arterial, epidural subarachnoid, or peritoneal, etc.) external access',
        carriers_manual_references: ['2130'],
        betos: 'Y1',
        types_of_service: ['S'],
      }),
      {
        long_description: 'Disposable drug delivery system, flow rate of less than 50 ml per hour',
        short_description: 'Drug delivery system <=50 ml',
        pricing_indicators: ['00'],
        multiple_pricing_indicator: '9',
        carriers_manual_references: null,
        coverage_indicator: 'C',
        asc_group: null,
        betos: 'D1A',
        types_of_service: ['9'],
        anesthesia_base_units: 0,
        added_on: '1993-01-01',
        action_effective_on: '2007-01-01',
        terminated_on: null,
        action_code: 'N',
        first_release: 'HCPC2019_ANWEB',
      },
    ])
  })

  test('the page of a code has the long description, and says where it stands', async () => {
    await loadSamples(database, 'RVU26B')
    expect(
      await database.rows(
        `select long_description, provenance -> 'long_description' as source from api.code_page where hcpcs in ('A4306', 'A0021') order by hcpcs`,
      ),
    ).toEqual([
      {
        long_description: expect.stringContaining('Ambulance service'),
        source: {
          source: 'CMS',
          release: 'HCPC2019_ANWEB',
          file: 'HCPC2019_CONTR_ANWEB.txt',
          effective_from: '2019-01-01',
        },
      },
      {
        long_description: 'Disposable drug delivery system, flow rate of less than 50 ml per hour',
        source: expect.objectContaining({ release: 'HCPC2019_ANWEB' }),
      },
    ])
  })

  test('a code of a letter that the schedule leaves out has a page too, which says so', async () => {
    const unlisted = `select hcpcs from hcpcs.hcpcs h
                       where kind = 'procedure' and terminated_on is null and left(hcpcs, 1) in ('B', 'C', 'E', 'K', 'L')`
    expect(await database.rows(`select hcpcs from api.unlisted_code except (${unlisted})`)).toEqual(
      [],
    )
    expect(await database.rows(`${unlisted} except select hcpcs from api.code_page`)).toEqual([])
    const [page] = await database.rows(
      `select * from api.code_page where hcpcs in (${unlisted}) and synonyms is not null limit 1`,
    )
    expect(page).toMatchObject({
      long_description: expect.any(String),
      rvu_information: {
        has_rvus: false,
        status_indicator: null,
        explanation: expect.stringMatching(/^No\. The relative value file of RVU26B does not list/),
      },
      provenance: {
        short_description: { release: 'HCPC2019_ANWEB' },
        rvu_information: { release: 'RVU26B' },
      },
    })
    const pages = `select count(*) = count(distinct hcpcs) as once,
                          count(*) = (select count(*) from api.code_coverage) as covered from api.code_page`
    expect(await database.rows(pages)).toEqual([{ once: true, covered: true }])
  })

  test('a later release changes what it changes, from its month on', async () => {
    await load(database, 'HCPC2026_JAN_ANWEB', [
      record('A1', 'Dressing for one wound', '7'),
      record('A4306', 'A text that goes on over a hyphen-'),
      continued('A4306', 200, 'break, and over'),
      continued('A4306', 300, 'a space'),
    ])
    expect(
      await database.rows(
        `select long_description, valid_from, valid_to, first_release from api.hcpcs_versions where hcpcs = 'A4306' order by valid_from`,
      ),
    ).toEqual([
      {
        long_description: 'Disposable drug delivery system, flow rate of less than 50 ml per hour',
        valid_from: '2019-01-01',
        valid_to: '2025-12-31',
        first_release: 'HCPC2019_ANWEB',
      },
      {
        long_description: 'A text that goes on over a hyphen-break, and over a space',
        valid_from: '2026-01-01',
        valid_to: null,
        first_release: 'HCPC2026_JAN_ANWEB',
      },
    ])
    expect(
      await database.rows(
        `select count(*) from api.hcpcs_as_known('2026-02-01', (select max(loaded_at) - interval '1 microsecond' from api.release))`,
      ),
    ).toEqual([{ count: 679 }])
  })

  test.each<[string, string[], string]>([
    ['a line out of order', [continued('A4306', 300, 'text')], 'E_TOO_MANY_REJECTED'],
    ['a line of another kind', [continued('A4306', 200, 'text', '8')], 'E_TOO_MANY_REJECTED'],
    ['a line of another code', [continued('A4307', 200, 'text')], 'E_TOO_MANY_REJECTED'],
    ['a code that is a modifier', [record('A4307', 'text', '7')], 'E_TOO_MANY_REJECTED'],
    ['a price in words', [record('A4307', 'text').replace('00  ', 'no  ')], 'E_TOO_MANY_REJECTED'],
  ])('%s is refused', async (_, lines, code) => {
    const records = [record('A4306', 'text'), ...lines]
    await expect(load(database, 'HCPC2026_APR_ANWEB', records)).rejects.toMatchObject({ code })
  })

  test('of a code with a broken line, nothing is taken', async () => {
    expect(
      await database.rows(
        `select line, issues -> 0 ->> 'column' as "column" from ops.rejected_row
          where run_id = (select min(run_id) from ops.run where outcome = 'refused') order by line`,
      ),
    ).toEqual([
      { line: 3, column: 'hcpcs' },
      { line: 4, column: 'kind' },
    ])
  })
})

describe.skipIf(!hasReal)('the HCPCS files from ../shared/cms', () => {
  const database = useDatabase()

  test('HCPC2019_ANWEB: every code, every modifier and every word', async () => {
    const report = await ingest({ release: 'HCPC2019_ANWEB', from: join(REAL, FILE) }, database)
    expect(report.files).toMatchObject([{ rows_read: 6800, rows_accepted: 6800, rows_rejected: 0 }])
    expect(
      await database.rows(`select kind, count(*) from api.hcpcs group by kind order by kind`),
    ).toEqual([
      { kind: 'modifier', count: 360 },
      { kind: 'procedure', count: 6440 },
    ])

    const text = execFileSync('unzip', ['-p', join(REAL, FILE), 'HCPC2019_CONTR_ANWEB.txt'], {
      encoding: 'latin1',
      maxBuffer: 1e8,
    })
    const letters = text
      .split('\r\n')
      .filter((line) => /^.{10}[3478]/.test(line) && line.length > 300)
      .map((line) => line.slice(11, 91).replaceAll(' ', ''))
    expect(
      await database.rows(
        `select sum(length(replace(long_description, ' ', ''))) as letters from api.hcpcs`,
      ),
    ).toEqual([{ letters: letters.join('').length }])
  })

  test('the excerpt of January 2026 has the same records', async () => {
    const folder = await makeFolder('hcpcs')
    execFileSync('cp', [join(REAL, EXCERPT), folder])
    const report = await ingest({ release: 'HCPC2026_JAN_ANWEB', from: folder }, database)
    expect(report.files).toMatchObject([{ rows_accepted: 5, rows_rejected: 0 }])
    expect(
      await database.rows(
        `select valid_from, valid_to from api.hcpcs_versions where hcpcs = 'A4306' order by 1`,
      ),
    ).toEqual([{ valid_from: '2019-01-01', valid_to: null }])
  })
})
