/** Two releases of each family, the second one made of the first: what a test needs to run every verb over the registry. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackFixture, zipOf } from '../../fixtures/zip.ts'
import { FIXTURES } from '../../src/paths.ts'

export interface FamilySample {
  readonly before: string
  readonly after: string
  /** A key that both have with other values, as `show` takes it, and the column that differs. */
  readonly changed: string
  readonly column: string
  /** A key that only the second one has. */
  readonly added: string
  /** A key that only the first one has. */
  readonly deleted: string
}

type Change = (lines: readonly string[]) => string[]

/** By family; a family that is registered and not here fails the test of the verbs. */
export const SAMPLES: Readonly<Record<string, FamilySample>> = {
  pfs: {
    before: 'RVU24B',
    after: 'RVU25A',
    changed: 'G0518',
    column: 'non_facility_pe_rvu',
    added: 'G0558',
    deleted: 'G0106',
  },
  zip: {
    before: 'ZIP5_OCT2025',
    after: 'ZIP5_JAN2026',
    changed: '99501',
    column: 'locality',
    added: '00001',
    deleted: '99571',
  },
  hcpcs: {
    before: 'HCPC2019_ANWEB',
    after: 'HCPC2020_ANWEB',
    changed: 'A4306',
    column: 'short_description',
    added: 'A4307',
    deleted: 'A4300',
  },
}

/** Writes both zips of a family below a folder, named as nobody would find them but by their names or files. */
export async function writeSamples(family: string, folder: string): Promise<void> {
  const copy = async (fixture: string, name = fixture) =>
    writeFile(join(folder, name), await readFile(join(FIXTURES, fixture)))
  if (family === 'pfs') {
    await copy('rvu24b.zip')
    await copy('rvu25a.zip')
  }
  if (family === 'zip') {
    await copy('zip5_oct2025.zip')
    await derive(
      'zip5_oct2025.zip',
      ['ZIP5_OCT2025', 'ZIP5_JAN2026'],
      nextZips,
      folder,
      'zip-codes.zip',
    )
  }
  if (family === 'hcpcs') {
    await copy('hcpc2019_anweb.zip', '2019-Alpha-Numeric-HCPCS-File.zip')
    const names: [string, string] = ['HCPC2019', 'HCPC2020']
    await derive(
      'hcpc2019_anweb.zip',
      names,
      nextCodes,
      folder,
      '2020-Alpha-Numeric-HCPCS-File.zip',
    )
  }
}

async function derive(
  fixture: string,
  [from, to]: readonly [string, string],
  change: Change,
  folder: string,
  name: string,
): Promise<void> {
  const members = [...(await unpackFixture(fixture))].map(([member, bytes]): [string, Buffer] => {
    const lines = bytes.toString('latin1').split('\r\n')
    return [member.replace(from, to), Buffer.from(change(lines).join('\r\n'), 'latin1')]
  })
  await writeFile(join(folder, name), await zipOf(new Map(members)))
}

const nextZips: Change = (lines) => {
  const kept = lines
    .filter((line) => !line.startsWith('AK99571'))
    .map((line) => line.replace(/20254$/, '20261'))
    .map((line) => line.replace(/^AK995010210201/, 'AK995010210299'))
  const [first = ''] = kept
  return [first.replace('AK99501', 'AK00001'), ...kept]
}

const nextCodes: Change = (lines) => {
  const kept = lines
    .filter((line) => !line.startsWith('A4300'))
    .map((line) => line.replace('Drug delivery system <=50 ml', 'Drug delivery system 50ml/hr'))
  const one = kept.find((line) => line.startsWith('A4306')) ?? ''
  return [...kept.filter(Boolean), one.replace('A4306', 'A4307'), '']
}
