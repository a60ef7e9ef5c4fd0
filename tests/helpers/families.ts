/** Two releases of each family, the second one made of the first: what a test needs to run every verb over the registry. */
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackFixture, zipOf } from '../../fixtures/zip.ts'
import { listed } from '../../pipelines/index.ts'
import { FIXTURES } from '../../src/paths.ts'
import type { CmsServer } from './cms-server.ts'

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

/** Lets CMS's pages list the first release of each schedule that is listed. Two schedules may share a page. */
export function listSamples(cms: Pick<CmsServer, 'on'>): void {
  for (const [page, schedules] of Map.groupBy(listed, ({ discovery }) => discovery.listing)) {
    const releases = schedules.map(({ family }) => SAMPLES[family]?.before ?? '')
    const linkOf = (release: string) => `/files/zip/${release.toLowerCase()}.zip`
    cms.on(page, releases.map((name) => `<a href="${linkOf(name)}">${name}</a>`).join(''))
    for (const name of releases) {
      cms.on(linkOf(name), readFileSync(join(FIXTURES, `${name.toLowerCase()}.zip`)))
    }
  }
}

type Change = (lines: readonly string[]) => string[]

/** By family; a family that is registered and not here fails the test of the verbs. */
export const SAMPLES: Readonly<Record<string, FamilySample>> = {
  pfs: {
    before: 'RVU25A',
    after: 'RVU25D',
    changed: 'G0108',
    column: 'non_facility_pe_rvu',
    added: 'G0999',
    deleted: 'S2053',
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
  clfs: {
    before: 'CLFS25Q1',
    after: 'CLFS25Q2',
    changed: 'G0103',
    column: 'rate',
    added: 'G0999',
    deleted: 'G0144',
  },
  asp: {
    before: 'ASP25Q1',
    after: 'ASP25Q2',
    changed: 'J1885',
    column: 'payment_limit',
    added: 'J0999',
    deleted: 'A9573',
  },
  ndc: {
    before: 'NDC25Q1',
    after: 'NDC25Q2',
    changed: 'J0131',
    column: 'package_quantity',
    added: 'J0999',
    deleted: 'J0349',
  },
  dmepos: {
    before: 'DME25A',
    after: 'DME25B',
    changed: 'A4351',
    column: 'non_rural_fee',
    added: 'A4399',
    deleted: 'V2121',
  },
  asc: {
    before: 'ASC25Q1',
    after: 'ASC25Q2',
    changed: 'C7500',
    column: 'payment_rate',
    added: 'C7599',
    deleted: 'C7524',
  },
  mup_phy: {
    before: 'MUP_PHY_D23',
    after: 'MUP_PHY_D24',
    changed: 'G0106',
    column: 'services',
    added: 'G0999',
    deleted: 'G0120',
  },
}

/** Writes both zips of a family below a folder, named as nobody would find them but by their names or files. */
export async function writeSamples(family: string, folder: string): Promise<void> {
  const copy = async (fixture: string, name = fixture) =>
    writeFile(join(folder, name), await readFile(join(FIXTURES, fixture)))
  if (family === 'pfs') {
    await copy('rvu25a.zip')
    await derive('rvu25a.zip', ['_JAN', '_OCT'], nextRvus, folder, 'rvu25d.zip')
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
  if (family === 'clfs') {
    await copy('clfs25q1.zip')
    await derive('clfs25q1.zip', ['Q1V1', 'Q2V1'], nextTests, folder, 'second.zip')
  }
  if (family === 'asp') {
    await copy('asp25q1.zip')
    await derive('asp25q1.zip', ['Jan 2025', 'Apr 2025'], nextLimits, folder, 'second.zip')
  }
  if (family === 'ndc') {
    await copy('ndc25q1.zip')
    await derive('ndc25q1.zip', ['January 2025', 'April 2025'], nextPackages, folder, 'second.zip')
  }
  if (family === 'dmepos') {
    await copy('dme25a.zip')
    await derive('dme25a.zip', ['JAN', 'APR'], nextFees, folder, 'dme25-b.zip')
  }
  if (family === 'asc') {
    await copy('asc25q1.zip')
    await derive('asc25q1.zip', ['Jan-2025', 'Apr-2025'], nextRates, folder, 'second.zip')
  }
  if (family === 'mup_phy') {
    await copy('mup_phy_d23-synthetic.zip')
    const names: [string, string] = ['_D23', '_D24']
    await derive('mup_phy_d23-synthetic.zip', names, nextYear, folder, 'mup_phy_d24.zip')
  }
}

async function derive(
  fixture: string,
  [from, to]: readonly [string, string],
  change: Change,
  folder: string,
  name: string,
): Promise<void> {
  const text = [...(await unpackFixture(fixture))].filter(([member]) => isRead(member))
  const members = text.map(([member, bytes]): [string, Buffer] => {
    const content = bytes.toString('latin1')
    const end = content.includes('\r\n') ? '\r\n' : '\n'
    const lines = change(content.split(end))
    return [member.replace(from, to), Buffer.from(lines.join(end), 'latin1')]
  })
  await writeFile(join(folder, name), await zipOf(new Map(members)))
}

/** A code goes, a code comes, and one is paid more: less than any gate asks about. */
const nextRvus: Change = (lines) => {
  const one = lines.find((line) => line.startsWith('G0108')) ?? ''
  const added = one.replace('G0108', 'G0999')
  return lines
    .filter((line) => !line.startsWith('S2053'))
    .flatMap((line) =>
      line === one ? [one.replace('0.70,', '0.71,').replace('1.64,', '1.65,'), added] : line,
    )
    .map((line) => line.replace('January Release', 'October Release'))
}

/** The first format of each file, so that no other one contradicts what is changed in it. */
const isRead = (member: string): boolean => /\.csv$|^(ZIP5|HCPC).*\.txt$/.test(member)

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

/** The code that comes begins within its quarter. */
const nextTests: Change = (lines) =>
  changed(lines, 'G0144', 'G0103', (line) => line.replace('19.31', '19.32'), 'G0999').map((line) =>
    line.replace('G0999,,20250101', 'G0999,,20250415'),
  )

const nextQuarter = (line: string): string =>
  line.replace('January 1, 2025 through March 31, 2025', 'April 1, 2025 through June 30, 2025')

const nextLimits: Change = (lines) =>
  changed(lines, 'A9573', 'J1885', (line) => line.replace('0.751', '0.501'), 'J0999').map(
    nextQuarter,
  )

const nextPackages: Change = (lines) =>
  changed(
    lines,
    'J0349',
    'J0131',
    (line) => line.replace(',10 MG,100,10,', ',10 MG,100,9,'),
    'J0999',
  ).map(nextQuarter)

/** The fee of Alabama changes. */
const nextFees: Change = (lines) =>
  changed(lines, 'V2121', 'A4351', (line) => line.replace('2.15,2.53', '2.15,2.54'), 'A4399').map(
    (line) => line.replace('January 2025', 'April 2025').replace(/,202501$/, ',202502'),
  )

const nextRates: Change = (lines) =>
  changed(lines, 'C7524', 'C7500', (line) => line.replace('$1,201.90', '$1,202.90'), 'C7599').map(
    (line) => line.replaceAll('January 2025', 'April 2025'),
  )

/** A code goes, one has another value in its first row, and one comes that is like it. */
function changed(
  lines: readonly string[],
  deleted: string,
  code: string,
  change: (line: string) => string,
  added: string,
): string[] {
  const one = lines.find((line) => line.split(',').includes(code)) ?? ''
  return lines
    .filter((line) => !line.split(',').includes(deleted))
    .flatMap((line) => (line === one ? [change(one), one.replace(code, added)] : line))
}

const nextYear: Change = (lines) => {
  const kept = lines
    .filter((line) => !line.includes(',G0120,'))
    .map((line) => line.replace('G0106,Made up,N,O,40,611,633', 'G0106,Made up,N,O,40,611,640'))
  const one = kept.find((line) => line.includes(',G0106,')) ?? ''
  return [...kept.filter(Boolean), one.replace('G0106', 'G0999'), '']
}
